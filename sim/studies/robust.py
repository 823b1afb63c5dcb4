"""How mixes fare over futures that the plan may meet: regret, targets met, and what makes them be missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from sim.kit.complaints import Complaint, InputError, nearest
from sim.measures import catalogue
from sim.scenario.future import Future
from sim.studies import run as running
from sim.studies import study_files
from sim.studies.circumstances import envelopes_of
from sim.studies.drivers import Weather, at_start, payments
from sim.studies.executors import threads_to_use
from sim.studies.frame import NO_POLICY
from sim.studies.futures import futures_of, scenario_in, society_in
from sim.studies.judging import ALL_TARGETS, is_followed, outcome_of, together
from sim.studies.results import Results
from sim.studies.robust_rows import Lived, tables_of
from sim.studies.robustness import Robust
from sim.studies.run import Progress
from sim.studies.starts import Starts

MEASURE = "official_poor_households"
MOST_ROWS = 1_000_000  # households times replications whose starts are kept in memory
MOST_REPLICATIONS = 100  # unless more are asked for; there are as many runs of each future


@dataclass(frozen=True)
class _Question:
    """What is asked of every future."""

    scenario: Any
    mixes: tuple[str, ...]
    mix: str  # whose failures are explained
    measure: str
    year: int


def robust(
    scenario: Any,
    mixes: Sequence[str] | None = None,
    *,
    mix: str = "",
    futures: Sequence[str] | None = None,
    measure: str = MEASURE,
    year: int | None = None,
    seed: int | None = None,
    replications: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    engine: Any = None,
) -> Robust:
    """Try ``mixes`` (all of the scenario, and no policy) in ``futures`` (all that are known, and the usual one always).

    ``measure`` is a number of households of which fewer are better, at the end of ``year`` (the plan's last); ``mix`` (the
    scenario's first) the one whose failures are explained. The runs end with the plan's last target, or with ``year``. An
    interruption ends the study with the futures done by then. Raises InputError for unknown mixes, futures and measures.
    """
    started, seed = datetime.now(UTC), scenario.runs.seed if seed is None else seed
    rows = max(scenario.households // scenario.one_for, 1)
    count = min(scenario.runs.replications, MOST_REPLICATIONS, max(MOST_ROWS // rows, 1)) if replications is None else replications
    asked = _question(scenario, tuple(mixes or ()), mix, (measure, year))
    wanted = futures_of(scenario, futures)
    lived: list[Lived] = []
    starts = Starts(engine or running.simulation_class())
    try:
        for number, future in enumerate(wanted.values()):
            told = _part_of(progress, number, len(wanted))
            lived.append(_live(asked, future, starts, {"seed": seed, "replications": count, "threads": threads, "progress": told}))
    except KeyboardInterrupt:
        if not lived:
            raise
    frame = lived[0].frame
    names = {one.future.key: _told(one.future) for one in lived}
    choices = {"mixes": asked.mixes, "mix": asked.mix, "futures": list(wanted), "measure": measure, "year": asked.year}
    made_of = study_files.describe("robust", [scenario], frame, choices, (started, threads_to_use(threads)))
    about: dict[str, Any] = {"mix": asked.mix, "measure": measure, "year": asked.year, "futures": names, "asked": len(wanted)}
    tables, stopped = tables_of(lived, asked.mixes, asked.mix), len(names) < len(wanted)
    return Robust(frame, **tables, **about, manifest={**made_of, **about}, is_stopped=stopped)


def _live(asked: _Question, future: Future, starts: Starts, options: dict[str, Any]) -> Lived:
    """All mixes in one future."""
    weather = Weather(asked.mix, asked.year)
    scenario = scenario_in(asked.scenario, future)
    engine = starts.turned(lambda society: society_in(society, scenario, future), weather.watch)
    results = running.run(scenario, list(asked.mixes), engine=engine, **options)
    drivers = weather.drivers()
    drivers |= payments(results, asked.mix, asked.year, _planned(asked)) | at_start(results, asked.mix)
    households = {mix: results.at(mix, asked.measure, asked.year).astype(np.float64) for mix in asked.mixes}
    return Lived(future, results.frame, households, {mix: _met(results, mix) for mix in asked.mixes}, drivers)


def _met(results: Results, mix: str) -> dict[str, np.ndarray]:
    """In which runs each target is met, and all together where there are several."""
    targets = [target for target in results.frame.targets if target.is_judged and is_followed(results, target)]
    met = {target.name: outcome_of(results, target, mix).met for target in targets}
    joint = together(results)
    return met | ({ALL_TARGETS: np.logical_and.reduce([met[target.name] for target in joint])} if len(joint) > 1 else {})


def _planned(asked: _Question) -> float:
    """Grants of the explained mix to the year asked for, as the plan has them."""
    envelopes = envelopes_of(asked.scenario, asked.mix)
    return float(sum(one.amount_dong for one in envelopes if one.kind != "credit" and one.year <= asked.year))


def _question(scenario: Any, mixes: tuple[str, ...], mix: str, aim: tuple[str, int | None]) -> _Question:
    """What is asked, if it can be; the runs go no further than they must."""
    known, (measure, year) = [*[name for name in scenario.mixes if name != NO_POLICY], NO_POLICY], aim
    for name in (*mixes, *([mix] if mix else ())):
        if name not in known:
            raise _wrong("unknown_mix", scenario, name, known)
    counted = [name for name, unit in catalogue.measures().items() if unit == "households" and not catalogue.describe(name).more_is_better]
    if measure not in counted:
        raise _wrong("not_fewer_households", scenario, measure, counted)
    last = scenario.last_year if year is None else year
    if not scenario.first_year <= last <= scenario.end_year:
        raise _wrong("year_not_run", scenario, str(last), [str(one) for one in range(scenario.first_year, scenario.end_year + 1)])
    judged = [target.by_year for target in scenario.targets if target.form != "outside" and target.by_year <= scenario.end_year]
    follow = max(0, *[one - scenario.last_year for one in (last, *judged)])
    explained = mix or (mixes or tuple(known))[0]
    every = dict.fromkeys((*(mixes or known), explained, NO_POLICY))
    ordered = (*[name for name in every if name != NO_POLICY], NO_POLICY)
    return _Question(replace(scenario, follow_years=follow), ordered, explained, measure, last)


def _told(future: Future) -> dict[str, str]:
    """A future's names and where it comes from."""
    return {**future.name, "reference": future.reference, "assumption": future.assumption}


def _part_of(progress: Progress | None, number: int, parts: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, total: progress(number * total + done, parts * total)


def _wrong(code: str, scenario: Any, value: str, known: Sequence[str]) -> InputError:
    facts = {"known": list(known), "nearest": nearest(value, known)}
    return InputError([Complaint(code, str(scenario.path), value=value, facts=facts)])
