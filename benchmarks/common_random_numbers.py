"""What it pays that all mixes meet the same luck: the variance of a difference between mixes, against independent seeds.

Run from the project's folder: ``python benchmarks/common_random_numbers.py`` (about three minutes of one core). Writes
``benchmarks/results/common_random_numbers.csv`` and its table in ``docs/long_runs.md``. Each plan is run under two seeds. A difference
between a mix and no_policy is taken run by run, once within a seed, where both meet the same households, parameters and luck, and once
across seeds, where they meet none of each other's. The ratio of the two variances is how many times as many replications independent
seeds need for the same accuracy; its interval of 90 % is a bootstrap over replications.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np

from sim.scenario.read import read_scenario
from sim.studies.framing import mixes_of
from sim.studies.results import Results
from sim.studies.run import run

HERE = Path(__file__).parent
FILE = HERE / "results" / "common_random_numbers.csv"
PAGE = HERE.parent / "docs" / "long_runs.md"
TABLE = re.compile(r"(?<=<!-- common random numbers -->\n).*?(?=<!-- end -->)", re.DOTALL)
HEAD = (
    "kịch bản / scenario", "phương án / mix", "năm / year", "hiệu / difference", "cùng vận may / same luck", "độc lập / independent",
    "tỷ số / ratio",
)  # fmt: skip
REPLICATIONS = {"hoang_kim_2024": 200, "son_la_2020": 40}
SEEDS = (2024, 2025)
MEASURE = "official_poor_households"
RESAMPLES = 4000
COLUMNS = (
    "scenario", "replications", "mix", "year", "mean_difference", "sd_same_luck", "sd_independent", "ratio", "ratio_p05", "ratio_p95",
)  # fmt: skip


def variances(mix: np.ndarray, reference: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Variance of the difference within and across seeds, over the second axis of arrays of shape (2, replications, ...)."""
    within = (mix - reference).var(axis=1, ddof=1).mean(axis=0)
    across = (mix - reference[::-1]).var(axis=1, ddof=1).mean(axis=0)
    return within, across


def row(name: str, results: tuple[Results, Results], mix: str, year: int) -> tuple[object, ...]:
    """One line of the file."""
    a, b = (np.array([one.at(label, MEASURE, year) for one in results]) for label in (mix, "no_policy"))
    within, across = variances(a, b)
    picked = np.random.default_rng(1).integers(0, a.shape[1], (a.shape[1], RESAMPLES))
    some_within, some_across = variances(a[:, picked], b[:, picked])
    low, high = np.quantile(some_across / some_within, (0.05, 0.95))
    figures = ((a - b).mean(), within**0.5, across**0.5, across / within, low, high)
    return name, a.shape[1], mix, year, *(f"{figure:.4g}" for figure in figures)


def rows_of(name: str, replications: int) -> list[tuple[object, ...]]:
    """The lines of one scenario: every mix that changes anything, in the last year of the plan and the last that it is followed."""
    scenario = read_scenario(HERE.parent / "scenarios" / f"{name}.yaml")
    mixes = mixes_of(scenario, None)  # those too that the scenario's own `runs: only` leaves to other commands
    results = tuple(run(scenario, mixes, seed=seed, replications=replications) for seed in SEEDS)
    frame, first = results[0].frame, results[0]
    years = sorted({frame.last_planned_year, frame.years[-1]})
    pairs = [(mix, year) for mix in frame.mixes for year in years if mix != "no_policy"]
    changing = [(mix, year) for mix, year in pairs if np.any(first.at(mix, MEASURE, year) != first.at("no_policy", MEASURE, year))]
    return [row(name, results, mix, year) for mix, year in changing]


def table() -> str:
    """The stored rows as the page shows them."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return f"| {' | '.join(HEAD)} |\n{'|---' * len(HEAD)}|\n" + "".join(_line(row) for row in csv.DictReader(file))


def _line(row: dict[str, str]) -> str:
    gap, same, apart = (float(row[name]) for name in ("mean_difference", "sd_same_luck", "sd_independent"))
    decimals = 2 if apart < 100 else 0
    sds = " | ".join(f"{figure:,.{decimals}f}" for figure in (gap, same, apart))
    ratio, low, high = (f"{float(row[name]):.0f}" for name in ("ratio", "ratio_p05", "ratio_p95"))
    return f"| `{row['scenario']}` ({row['replications']}) | `{row['mix']}` | {row['year']} | {sds} | **{ratio}** ({low}–{high}) |\n"


def main() -> None:
    """Do it and write it down."""
    rows = [row for name, replications in REPLICATIONS.items() for row in rows_of(name, replications)]
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    PAGE.write_text(TABLE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(table())


if __name__ == "__main__":
    main()
