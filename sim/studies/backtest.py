"""The back-test: years that the model was not shown, forecast from what was known before them, and scored beside simple rules."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import ClassVar

import pandas as pd

from sim.law.posterior import Posterior
from sim.record.figures import read_figures
from sim.studies import manifest
from sim.studies.backtest_numbers import number, numbers
from sim.studies.executors import threads_to_use
from sim.studies.forecast_rows import Case, forecast_rows, rule_rows
from sim.studies.list_backtest import ListRecord, list_cases
from sim.studies.run import Progress
from sim.studies.score_tables import chance_table, rule_table, score_table
from sim.studies.spread_work import Size, batches_of
from sim.studies.store import MANIFEST
from sim.studies.study import Study
from sim.studies.survey_backtest import SurveyRecord, survey_cases

AGENTS, REPLICATIONS, SEED = 600, 100, 2010


@dataclass(frozen=True)
class Backtest(Study):
    """Every forecast and what came (``forecasts``), every rule's (``rules``), and their scores; rates in percent, scores in points."""

    TABLES: ClassVar[tuple[str, ...]] = ("forecasts", "rules", "scores", "against_rules", "chances")

    forecasts: pd.DataFrame
    rules: pd.DataFrame
    scores: pd.DataFrame
    against_rules: pd.DataFrame
    chances: pd.DataFrame


def backtest(
    figures: Path | None = None,
    posterior: Posterior | None = None,
    *,
    agents: int = AGENTS,
    replications: int = REPLICATIONS,
    seed: int = SEED,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Backtest:
    """Forecast and score every origin of the record, and of ``figures`` (a CSV or XLSX file) with it.

    ``agents`` households stand for each province, ``replications`` worlds are drawn; repeats are equal to the bit however many
    ``threads`` work. Raises ``InputError`` for figures that cannot be read.
    """
    started = datetime.now(UTC)
    more = read_figures(figures) if figures is not None else None
    size = Size(agents, replications, seed, threads)
    survey, lists = SurveyRecord(more), ListRecord(more)
    samples = [len(survey.known(origin).codes) for origin in survey.origins()] + [len(lists.places(*one)) for one in lists.origins()]
    counter = _Counter(progress, sum(batches_of(size, agents * count) for count in samples))
    cases = chain(survey_cases(survey, posterior, size, counter.advance), list_cases(lists, posterior, size, counter.advance))
    forecasts, rules = rows_of(cases)
    choices = {
        "agents": agents, "replications": replications, "seed": seed, "posterior": posterior.plain() if posterior else "none",
        "figures": manifest.digest_of(more.to_dict("list")) if more is not None else "",
        "numbers": {name: number(name) for name in numbers()},
    }  # fmt: skip
    name = manifest.digest_of({"study": "backtest", **choices, "versions": manifest.versions()})[:10]
    made_of = {
        "study": "backtest", "run": name, "choices": manifest.plain(choices), "versions": manifest.versions(),
        "started": started.isoformat(timespec="seconds"), "seconds": round((datetime.now(UTC) - started).total_seconds()),
        "threads": threads_to_use(threads),
    }  # fmt: skip
    return Backtest(forecasts, rules, score_table(forecasts), rule_table(forecasts, rules), chance_table(forecasts), manifest=made_of)


def rows_of(cases: Iterable[Case]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All forecasts and all rules' figures of some cases."""
    forecasts, rules = [], []
    for case in cases:
        forecasts.append(forecast_rows(case, number("poor_above")))
        rules.append(rule_rows(case, number("poor_above"), number("survey_households")))
    return pd.concat(forecasts, ignore_index=True), pd.concat(rules, ignore_index=True)


def load(folder: Path) -> Backtest:
    """A stored back-test; its tables are those of its folder."""
    files = {name: folder / f"{name}.csv" for name in Backtest.TABLES}
    told = {name: pd.read_csv(file, dtype={"code": str}) if file.is_file() else pd.DataFrame() for name, file in files.items()}
    made = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Backtest(**told, manifest=made, folder=folder)


class _Counter:
    """Counts finished batches for ``progress``."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def advance(self) -> None:
        """One more batch is done."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)
