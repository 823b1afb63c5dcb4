"""Writes ``docs/fit.md`` from stored results: ``python docs/fit.py [--fit FOLDER] [--trials FOLDER]``.

A folder is one that ``thoatngheo fit`` or ``thoatngheo trials`` wrote; its tables go to ``docs/validation/`` first, and the posteriors of a
fit to ``sim/posterior/``, from where scenarios take them by name. A test compares the page with what this script would write.
"""

# ruff: noqa: E501 - prose
from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import pandas as pd

from sim.law.open import read_yaml
from sim.law.posterior import SHIPPED, USUAL, read_posterior
from sim.report.document import Document
from sim.report.fit_text import fit_text
from sim.report.trials_text import trials_text
from sim.studies.fitting import free, statistics
from sim.studies.fitting.fitted import Fitted
from sim.studies.fitting.trials import Tried

DOCS = Path(__file__).parent
STORED = DOCS / "validation"
CHECK = DOCS.parent / "benchmarks" / "results" / "pyabc_check.csv"
KEPT = {"fit": ["*.csv", "manifest.json", "*_en.png"], "trials": ["*.csv", "manifest.json", "*_en.png"]}
HEAD = "<!-- Written by docs/fit.py; do not edit. -->\n\n"
HOW = """The free numbers of the model are fitted to the record by approximate Bayesian computation. Particles are drawn from the priors of
`sim/studies/fitting/free.yaml`, each is run as one replication on two populations, and its statistics are set beside those of the record
(`sim/studies/fitting/statistics.yaml`):

- a population like Ninh Thuận's of 2022 (`ninh_thuan_2022.yaml`), whose flows between the lists the review of that year counted;
- provinces of the living standards surveys of 2010, 2012 and 2014 (`provinces.yaml`, `survey.py`): eight groups of them, each with somewhat
  more and less growth than the particle's, from which the change of every province's rate follows.

Figures held out (`sim/record/split.py`) are not used: one province in three, surveys from 2015 on, reviews of other places than Ninh Thuận.
Statistics are turned into what they tell of each number by regression, the nearest fifth of the particles are kept, weighted by
nearness, and moved by a local linear regression (`sim/studies/fitting/abc.py`). The spread between places that the model does not explain is added to
every simulated statistic, so that one province's year is not fitted closer than it deserves. Past programmes are part of
the growth on record: growth without programmes is the rest, with the uncertainty of `programme_growth`.

Not fitted, and left to priors: effects of levers and how they add up, who is wrongly listed or left out, the share of households without
labour, the spread of the score, how prices enter it, the commune's share of shocks, traps, delivery, coping. Two readings of the flow
from poor to near-poor fit alike, and the program ships both: `vietnam_drift`, which its own plans use, and `vietnam_step`. Show results under both.

"""


def main() -> None:
    """Copy what is given and write the page."""
    options = argparse.ArgumentParser(description=__doc__)
    for kind in KEPT:
        options.add_argument(f"--{kind}", type=Path)
    given = vars(options.parse_args())
    for kind, patterns in KEPT.items():
        if given[kind]:
            store(given[kind], STORED / kind, patterns)
    if given["fit"]:
        store(given["fit"], SHIPPED, ["vietnam_*.yaml"])
    (DOCS / "fit.md").write_text(page(), encoding="utf-8")


def store(folder: Path, to: Path, patterns: list[str]) -> None:
    """Copy files of a results folder."""
    to.mkdir(parents=True, exist_ok=True)
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            shutil.copy(path, to / path.name)


def page() -> str:
    """The page as it should be."""
    text = HEAD + "# The fit, and trials of the mechanisms\n\n" + HOW
    if (STORED / "fit" / "manifest.json").is_file():
        fitted = stored_fit()
        text += f"Made by `{next(iter(fitted.posteriors.values())).made['command']}`; the same command gives the same files again. The plans name "
        text += f"`posterior: {USUAL}`; `posterior: none` means priors alone.\n\n"
        text += _lower(fit_text(fitted, "en"))
        text += "".join(f"\n![{name}](validation/fit/fit_{name}_en.png)\n" for name in ("numbers", "statistics", "calibration"))
        text += _cross_check()
    if (STORED / "trials" / "manifest.json").is_file():
        text += "\n" + _lower(trials_text(stored_trials(), "en")) + "\n![trials](validation/trials/trials_en.png)\n"
    return text + _priors() + _statistics()


def _cross_check() -> str:
    """The middles of the fit beside those of pyabc, where they are stored."""
    if not CHECK.is_file():
        return ""
    check = pd.read_csv(CHECK)
    spent, particles = check["simulations"].iloc[0], check["particles"].iloc[0]
    text = "\n## The same by another program\n\n`python benchmarks/pyabc_check.py` fits the reading `drift` by the sequential sampler of pyabc 0.13 "
    text += f"(four populations of {particles} particles, {spent:,} simulations, one core). Normal scores under the prior, of which 0 and 1 are the "
    text += "prior's own middle and spread. Middles are apart by less than the fit's spread; a last population of so few weighted particles tells "
    text += "little of spreads. Both were made before places could state their share of wages; the fit above came after.\n\n| number | fit | pyabc |\n|---|---:|---:|\n"
    for row in check.itertuples():
        text += f"| `{row.number}` | {row.fit_middle:.2f} ± {row.fit_sd:.2f} | {row.pyabc_middle:.2f} ± {row.pyabc_sd:.2f} |\n"
    return text


def stored_fit() -> Fitted:
    """The fit as it is stored."""
    made = json.loads((STORED / "fit" / "manifest.json").read_text(encoding="utf-8"))
    posteriors = {key: read_posterior(SHIPPED / f"vietnam_{key}.yaml") for key in made["scenario"]["readings"]}
    return Fitted(posteriors, *(pd.read_csv(STORED / "fit" / f"{name}.csv") for name in Fitted.TABLES), manifest=made)


def stored_trials() -> Tried:
    """The trials as they are stored."""
    made = json.loads((STORED / "trials" / "manifest.json").read_text(encoding="utf-8"))
    return Tried(pd.read_csv(STORED / "trials" / "trials.csv"), manifest=made)


def _lower(document: Document) -> str:
    """A report as part of a page: its headings one level down."""
    return "".join("#" + line if line.startswith("#") else line for line in document.markdown().splitlines(keepends=True))


def _priors() -> str:
    """Priors of the fit, each with why."""
    data = read_yaml(free.HERE / "free.yaml")
    text = "\n## Priors of the fit\n\n| number | prior | why |\n|---|---|---|\n"
    for part in ("free", "beside"):
        for name, entry in data[part].items():
            why = entry.get("reference") or f"*assumed:* {entry['assumption']}"
            text += f"| `{name}` | {free.Prior.read(entry['prior'])} | {' '.join(str(why).split())} |\n"
    return text


def _statistics() -> str:
    """Statistics with their sources."""
    text = "\n## Sources of the statistics\n\n| statistic | record | spread between places | source |\n|---|---|---|---|\n"
    for one in statistics.statistics():
        source = "; ".join(part for part in (one.reference, f"*assumed:* {one.assumption}" if one.assumption else "") if part)
        used = "" if one.fitted else " (not fitted)"
        text += f"| {one.en}{used} | {one.observed:.4g} {one.unit} | {one.spread:g} ({one.scale}) | {source} |\n"
    return text


if __name__ == "__main__":
    main()
