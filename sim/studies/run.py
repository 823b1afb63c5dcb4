"""One run: every mix of a scenario on the same starts and the same luck, measured at each year's end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from sim.kit.complaints import Complaint, InputError
from sim.studies import framing, manifest
from sim.studies.batch import BatchWork
from sim.studies.blocks import Blocks, tasks_around
from sim.studies.crew import Crew
from sim.studies.executors import Step, threads_to_use
from sim.studies.frame import Frame
from sim.studies.joining import join
from sim.studies.pieces import Piece, Task, cut, in_pieces, put_together
from sim.studies.recorder import join_cubes
from sim.studies.results import LedgerTable, Parts, Results

ROWS_AT_A_TIME = 100_000  # rows of one batch: what keeps a core busy and its memory small
ROWS_SENT = 25_000  # of a batch for a cluster, whose size is not known here: a second's work, a hundred times what sending it takes
Progress = Callable[[int, int], None]


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
    processes: bool = False,
    scheduler: str | None = None,
    blocks: Blocks | None = None,
) -> Results:
    """Run the mixes of a scenario (or those named, and no_policy) and return the results, which are not written (see run_into).

    Where the scenario says under ``runs: only`` which mixes a run is of, the others are left to studies.

    ``seed`` and ``replications`` default to the scenario's. Replication r is the same however many there are and
    however many ``threads`` work, or machines of the cluster whose ``scheduler`` is at that address. ``progress(done, total)`` is
    called after each batch and mix. ``engine`` stands in for the simulation class in tests. With ``keep_when_stopped`` an
    interruption ends the run early, with the replications that are whole by then, if there are any; without
    ``beside_no_policy`` only the mixes named are run. With ``processes`` batches are worked on in forked processes, once an engine that
    keeps starts has them: what it notes there is lost. ``meanwhile`` is called while others work. Batches go to
    ``blocks`` as they are done, and those that lie there are not done again. Raises KeyError for an unknown mix, InputError
    for a number of replications that is none.
    """
    started, seed = datetime.now(UTC), scenario.runs.seed if seed is None else seed
    count, engine = _count(scenario, replications), engine or simulation_class()
    frame = framing.frame_of(scenario, _names(scenario, mixes, beside_no_policy), count, seed)
    workers = threads_to_use(threads)
    found = blocks.open(frame.key, _identity(scenario, frame)) if blocks is not None else {}
    size = _size(scenario, count, workers, scheduler is not None)
    places, ranges = _pieces(scenario, engine), tasks_around([task for task in found if isinstance(task, range)], count, size)
    tasks = in_pieces(ranges, found.__contains__, places)
    to_do = [task for task in tasks if task not in found]
    counter = _Counter(progress, len(tasks) * len(frame.mixes), (len(tasks) - len(to_do)) * len(frame.mixes))
    work = _work(engine, scenario, frame, to_do)
    apart = processes and getattr(engine, "holds", _everything)(to_do)
    done = Crew(workers, meanwhile, apart, scheduler, blocks).do(work, to_do, counter.advance)
    whole = put_together(tasks, _in_turn(tasks, found, done), lambda task, parts: join(work, places, parts, task.start), places[-1].stop)
    parts = _gather(whole, keep_when_stopped)
    frame = replace(frame, replications=sum(len(task) for task in ranges[: len(parts)]))
    name = _identity(scenario, frame)[: manifest.NAME_DIGITS]
    made_of = manifest.describe_run(scenario.resolved, frame.to_dict(), name, started, workers)
    return _results(frame, parts, made_of if blocks is None or not blocks.used else {**made_of, "resumed": blocks.used})


def _count(scenario: Any, replications: int | None) -> int:
    """How many replications: the scenario's unless others are asked for."""
    count = scenario.runs.replications if replications is None else replications
    if not isinstance(count, (int, np.integer)) or count < 1:
        raise InputError([Complaint("no_replications", str(scenario.path), key="replications", value=str(count))])
    return int(count)


def _pieces(scenario: Any, engine: Any) -> tuple[range, ...]:
    """Places that may be run apart; all together where an engine stands between that knows whole replications only."""
    return cut(scenario) if hasattr(engine, "own_growth") else (range(len(scenario.places)),)


def _everything(tasks: Sequence[Task]) -> bool:
    """An engine that keeps nothing lacks nothing."""
    return True


def _names(scenario: Any, mixes: Sequence[str] | None, beside_no_policy: bool) -> tuple[str, ...]:
    """The mixes to run, in order."""
    asked = tuple(mixes or ())
    if not beside_no_policy:
        return asked
    return framing.mixes_of(scenario, asked) if asked else framing.mixes_to_run(scenario)


def _results(frame: Frame, parts: Sequence[Parts], made_of: dict[str, Any]) -> Results:
    """The parts of all batches as one."""
    return Results(
        frame=frame,
        measures={mix: join_cubes([part[mix].cube for part in parts]) for mix in frame.mixes},
        flows={mix: np.concatenate([part[mix].flows for part in parts]) for mix in frame.mixes},
        ledger={mix: _join_ledgers([part[mix].ledger for part in parts]) for mix in frame.mixes},
        manifest=made_of,
    )


def _work(engine: Any, scenario: Any, frame: Frame, tasks: Sequence[Task]) -> BatchWork:
    """The work on these tasks; what pieces must know of the whole is found out before."""
    of_pieces = dict.fromkeys(task.start for task in tasks if isinstance(task, Piece))
    growth = {first: engine.own_growth(scenario, range(first, first + 1), frame.seed) for first in of_pieces}
    return BatchWork(engine, scenario, frame, framing.levels_of(scenario, frame), growth)


def _in_turn(tasks: Sequence[Task], found: Mapping[Task, Parts], done: Iterator[Parts]) -> Iterator[Parts]:
    """The parts of all tasks, those found and those done now, in order."""
    for task in tasks:
        yield found[task] if task in found else next(done)
    yield from done  # nothing more, but it ends what it began


def _gather(parts: Iterator[Parts], keep_when_stopped: bool) -> list[Parts]:
    """All parts; of an interrupted run the first ones, if they are wanted."""
    done: list[Parts] = []
    try:
        for part in parts:
            done.append(part)
    except KeyboardInterrupt:
        if not (keep_when_stopped and done):
            raise
    return done


def simulation_class() -> Any:
    """The simulation class; imported late, since it compiles."""
    from sim.engine import Simulation

    return Simulation


def batch_size(households: int, count: int, workers: int) -> int:
    """Replications of a batch: rows enough to be quick, and two batches a worker, so that none waits long and a stop leaves some."""
    return max(1, min(ROWS_AT_A_TIME // max(households, 1), -(-count // (2 * workers))))


def _size(scenario: Any, count: int, workers: int, sent: bool) -> int:
    """Replications of a batch, here or ``sent`` to a cluster."""
    households = -(-scenario.households // scenario.one_for)
    return max(1, ROWS_SENT // households) if sent else batch_size(households, count, workers)


def _join_ledgers(parts: Sequence[LedgerTable]) -> LedgerTable:
    """The ledgers of all batches, in order."""
    return LedgerTable({name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns})


def _identity(scenario: Any, frame: Frame) -> str:
    return manifest.identity(scenario.resolved, frame.seed, frame.replications, frame.mixes, scenario.levers_folder)


class _Counter:
    """Counts finished pieces for ``progress``; pieces may finish in any thread."""

    def __init__(self, progress: Progress | None, total: int, done: int) -> None:
        self._progress, self._total, self._done = progress, total, done

    def advance(self) -> None:
        """One more piece is done."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)
