"""The back-test: years that the model was not shown, forecast from what was known before them, and scored beside simple rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

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
from sim.studies.store import MANIFEST, put_whole
from sim.studies.study_files import DIGITS
from sim.studies.survey_backtest import SurveyRecord, survey_cases

TABLES = ("forecasts", "rules", "scores", "against_rules", "chances")
AGENTS, REPLICATIONS, SEED = 600, 100, 2010


@dataclass(frozen=True)
class Backtest:
    """Every forecast and what came (``forecasts``), every rule's (``rules``), and their scores; rates in percent, scores in points."""

    forecasts: pd.DataFrame
    rules: pd.DataFrame
    scores: pd.DataFrame
    against_rules: pd.DataFrame
    chances: pd.DataFrame
    manifest: dict[str, Any]
    folder: Path | None = None
    is_stopped: bool = False

    @property
    def run_id(self) -> str:
        """Ten hex digits of all that the figures depend on."""
        return str(self.manifest["run"])


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
    return Backtest(forecasts, rules, score_table(forecasts), rule_table(forecasts, rules), chance_table(forecasts), made_of)


def rows_of(cases: Iterable[Case]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All forecasts and all rules' figures of some cases."""
    forecasts, rules = [], []
    for case in cases:
        forecasts.append(forecast_rows(case, number("poor_above")))
        rules.append(rule_rows(case, number("poor_above"), number("survey_households")))
    return pd.concat(forecasts, ignore_index=True), pd.concat(rules, ignore_index=True)


def save(study: Backtest, out: Path, draw: Callable[[Backtest, Path], None] | None = None) -> Backtest:
    """Write tables and manifest under ``out/backtest/<run>/``, with charts by ``draw(study, folder)``; return the study placed.

    A repeat must give the same tables: RepeatDiffersError otherwise; StoreError where nothing can be written.
    """
    final = Path(out) / "backtest" / study.run_id
    placed, files = replace(study, folder=final), [f"{name}.csv" for name in TABLES]

    def write(folder: Path) -> None:
        for name, file in zip(TABLES, files, strict=True):
            getattr(placed, name).to_csv(folder / file, index=False, float_format=DIGITS, lineterminator="\n", encoding="utf-8")
        text = json.dumps(placed.manifest, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
        if draw is not None:
            draw(placed, folder)

    put_whole(final, write, files)
    return placed


def load(folder: Path) -> Backtest:
    """A stored back-test; its tables are those of its folder."""
    told = {name: pd.read_csv(folder / f"{name}.csv", dtype={"code": str}) for name in TABLES if (folder / f"{name}.csv").is_file()}
    made = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Backtest(**{name: told.get(name, pd.DataFrame()) for name in TABLES}, manifest=made, folder=folder)


class _Counter:
    """Counts finished batches for ``progress``."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def advance(self) -> None:
        """One more batch is done."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)
