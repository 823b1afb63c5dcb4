"""One run: every mix of a scenario on the same starts and the same luck, measured at each year's end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import numpy as np

from sim.kit.compiling import is_compiled_before
from sim.measures.levels import Levels
from sim.studies import forks, manifest, seam
from sim.studies.executors import Step, batches, in_order, threads_to_use
from sim.studies.frame import Frame
from sim.studies.jobs import Jobs
from sim.studies.recorder import Recorder, join_cubes
from sim.studies.results import Cube, LedgerTable, Results

ROWS_AT_A_TIME = 100_000  # rows of one batch: what keeps a core busy and its memory small
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Part:
    """What one batch of replications gives under one mix."""

    cube: Cube
    flows: np.ndarray
    ledger: LedgerTable


def run(
    scenario: Any,
    mixes: Sequence[str] | None = None,
    *,
    seed: int | None = None,
    replications: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    engine: Any = None,
    keep_when_stopped: bool = False,
    beside_no_policy: bool = True,
    meanwhile: Step | None = None,
) -> Results:
    """Run all mixes of a scenario (or those named, and no_policy) and return the results, nothing written.

    ``seed`` and ``replications`` default to the scenario's. Replication r is the same however many there are and
    however many ``threads`` work. ``progress(done, total)`` is called after each batch and mix. ``engine`` stands in
    for the simulation class in tests. With ``keep_when_stopped`` an interruption ends the run early, with the
    replications that are whole by then, if there are any; without ``beside_no_policy`` only the mixes named
    are run. With ``meanwhile``, which is called while others work, the workers are processes where the system can fork:
    faster than threads by a third, but not for a caller that has threads of its own. Raises KeyError for an unknown mix.
    """
    started = datetime.now(UTC)
    seed = scenario.runs.seed if seed is None else seed
    count = scenario.runs.replications if replications is None else replications
    names = seam.mixes_of(scenario, tuple(mixes) if mixes else None) if beside_no_policy else tuple(mixes or ())
    frame = seam.frame_of(scenario, names, count, seed)
    workers = threads_to_use(threads)
    levels = seam.levels_of(scenario, frame)
    tasks = batches(count, batch_size(-(-scenario.households // scenario.one_for), count, workers))
    counter = _Counter(progress, len(tasks) * len(names))
    engine = engine or simulation_class()

    def work(task: range, step: Step) -> dict[str, Part]:
        return _run_batch(engine, scenario, (frame, levels), task, step)

    parts = _gather(_executed(work, tasks, workers, counter.advance, meanwhile), keep_when_stopped)
    frame = replace(frame, replications=sum(len(task) for task in tasks[: len(parts)]))
    made_of = manifest.describe_run(scenario.resolved, frame.to_dict(), _name(scenario, frame), started, workers)
    return Results(
        frame=frame,
        measures={mix: join_cubes([part[mix].cube for part in parts]) for mix in names},
        flows={mix: np.concatenate([part[mix].flows for part in parts]) for mix in names},
        ledger={mix: _join_ledgers([part[mix].ledger for part in parts]) for mix in names},
        manifest=made_of,
    )


def _executed(work: Callable[[range, Step], Any], tasks: list[range], workers: int, step: Step, meanwhile: Step | None) -> Iterator[Any]:
    """The work of all tasks, in processes if something is to be done meanwhile, there is more than one and they can be had."""
    if meanwhile is None or workers == 1 or len(tasks) == 1 or not forks.can_fork() or not is_compiled_before():
        reading = Thread(target=meanwhile, daemon=True)
        reading.start()
        yield from in_order(work, tasks, workers, step)
        reading.join()
    else:
        yield from forks.in_order(work, tasks, workers, step, meanwhile)


def _gather(parts: Iterator[dict[str, Part]], keep_when_stopped: bool) -> list[dict[str, Part]]:
    """All parts; of an interrupted run the first ones, if they are wanted."""
    done: list[dict[str, Part]] = []
    try:
        for part in parts:
            done.append(part)
    except KeyboardInterrupt:
        if not (keep_when_stopped and done):
            raise
    return done


def _run_batch(engine: Any, scenario: Any, about: tuple[Frame, Levels], task: range, step: Step) -> dict[str, Part]:
    """All mixes on one batch, from one start."""
    frame, levels = about
    records: dict[str, _Records] = {}

    def open_records(simulation: Any) -> None:
        records[simulation.mix] = _Records(simulation, frame, levels, task)

    parts = {}
    for simulation in engine.side_by_side(engine.start(scenario, task, frame.seed), frame.mixes, open_records):
        parts[simulation.mix] = records.pop(simulation.mix).of(simulation)
        step()
    return parts


class _Records:
    """What one mix on one batch gives, from its start, where ``simulation`` stands, to its end."""

    def __init__(self, simulation: Any, frame: Frame, levels: Levels, task: range) -> None:
        self._frame, self._levels, self._task = frame, levels, task
        self._recorder, self._jobs = Recorder(len(task), levels), Jobs(simulation)
        self._start_poor = seam.poor_at_start(simulation.households, levels.communes)
        self._record(simulation, frame.start_year)

    def of(self, simulation: Any) -> Part:
        """Follow the simulation to its end."""
        seam.follow(simulation, lambda at_end: self._record(at_end, at_end.now.year))
        ledger = seam.ledger_of(simulation, self._task, self._frame.places)
        levers = tuple(lever.key for lever in simulation.levers)
        self._recorder.add_spending(seam.spending_of(ledger, self._frame, levers, self._task))
        rows = len(self._task) * self._levels.communes
        self._recorder.add_jobs([self._jobs.of(year, rows) for year in self._frame.years])
        return Part(self._recorder.cube(), self._recorder.flow_table(), ledger)

    def _record(self, simulation: Any, year: int) -> None:
        facts = seam.facts_of(simulation, year, len(self._task), self._levels, self._start_poor)
        self._recorder.record(simulation.households, facts)


def simulation_class() -> Any:
    """The simulation class; imported late, since it compiles."""
    from sim.engine import Simulation

    return Simulation


def batch_size(households: int, count: int, workers: int) -> int:
    """Replications of a batch: enough rows to be quick, and at least two batches a worker so that none waits long."""
    return max(1, min(ROWS_AT_A_TIME // max(households, 1), -(-count // (2 * workers))))


def _join_ledgers(parts: Sequence[LedgerTable]) -> LedgerTable:
    """The ledgers of all batches, in order."""
    return LedgerTable({name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns})


def _name(scenario: Any, frame: Frame) -> str:
    return manifest.run_id(scenario.resolved, frame.seed, frame.replications, frame.mixes)


class _Counter:
    """Counts finished pieces for ``progress``; pieces may finish in any thread."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def advance(self) -> None:
        """One more piece is done."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)
