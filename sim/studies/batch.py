"""One batch of replications under every mix: what a worker, here or on another machine, is given to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.measures.levels import Levels
from sim.measures.tape import Tape
from sim.measures.year import Facts
from sim.studies import seam
from sim.studies.executors import Step
from sim.studies.frame import Frame
from sim.studies.jobs import Jobs
from sim.studies.joining import as_part
from sim.studies.pieces import Piece, Task
from sim.studies.recorder import Recorder
from sim.studies.results import Part, Parts


@dataclass(frozen=True)
class BatchWork:
    """The work on any batch of a run; plain data, so that it can be sent to another machine."""

    engine: Any
    scenario: Any
    frame: Frame
    levels: Levels
    own_growth: Mapping[int, np.ndarray] = field(default_factory=dict)  # by replication, where pieces are worked on

    def __call__(self, task: Task, step: Step) -> Parts:
        """All mixes on the replications of ``task``, from one start; ``step`` is called after each mix."""
        records: dict[str, _Records] = {}

        def open_records(simulation: Any) -> None:
            records[simulation.mix] = self._records(simulation, task)

        parts = {}
        for simulation in self.engine.side_by_side(self._begin(task), self.frame.mixes, open_records):
            parts[simulation.mix] = records.pop(simulation.mix).of(simulation)
            step()
        return parts

    def _begin(self, task: Task) -> Any:
        if isinstance(task, Piece):
            growth = self.own_growth[task.start]
            return self.engine.start(self.scenario, task.replications, self.frame.seed, only=task.places, growth=growth)
        return self.engine.start(self.scenario, task, self.frame.seed)

    def _records(self, simulation: Any, task: Task) -> _Records:
        if isinstance(task, Piece):
            return _RecordsOfPiece(simulation, self.frame, self.levels.part(task.places), task.replications)
        return _Records(simulation, self.frame, self.levels, task)


class _Records:
    """What one mix on one batch gives, from its start, where ``simulation`` stands, to its end."""

    def __init__(self, simulation: Any, frame: Frame, levels: Levels, task: range) -> None:
        self.frame, self.levels, self.task = frame, levels, task
        self.recorder, self._jobs = Recorder(len(task), levels), Jobs(simulation)
        self._start_poor = seam.poor_at_start(simulation.households, levels.communes)
        self.record(simulation, frame.start_year)

    def of(self, simulation: Any) -> Part:
        """Follow the simulation to its end."""
        seam.follow(simulation, lambda at_end: self.record(at_end, at_end.now.year))
        ledger = seam.ledger_of(simulation, self.task, self.frame.places)
        levers = tuple(lever.key for lever in simulation.levers)
        self.recorder.add_spending(seam.spending_of(ledger, self.frame, levers, self.task))
        self.recorder.add_jobs(self.jobs())
        return Part(self.recorder.cube(), self.recorder.flow_table(), ledger)

    def jobs(self) -> list[np.ndarray]:
        """People who found work in each year, (replications, places)."""
        shape = (len(self.task), self.levels.communes)
        return [self.levels.by_place(self._jobs.of(year, shape[0] * shape[1]).reshape(shape)) for year in self.frame.years]

    def record(self, simulation: Any, year: int) -> None:
        """Measure the year that ends."""
        self.recorder.record(simulation.households, self.facts(simulation, year))

    def facts(self, simulation: Any, year: int, tape: Tape | None = None) -> Facts:
        """What its measures need."""
        return seam.facts_of(simulation, year, len(self.task), self.levels, self._start_poor, tape)


class _RecordsOfPiece(_Records):
    """The same of some places: the sums that measures are made of, until all places are together."""

    def __init__(self, simulation: Any, frame: Frame, levels: Levels, task: range) -> None:
        self._tapes: list[Tape] = []
        super().__init__(simulation, frame, levels, task)

    def of(self, simulation: Any) -> Part:
        seam.follow(simulation, lambda at_end: self.record(at_end, at_end.now.year))
        sums = [_with_jobs(tape.stacked, jobs) for tape, jobs in zip(self._tapes, self.jobs(), strict=True)]
        incomes = [array for tape in self._tapes for array in tape.incomes]
        return as_part(sums, incomes, self.recorder.flow_table(), seam.ledger_of(simulation, self.task, self.frame.places))

    def record(self, simulation: Any, year: int) -> None:
        self._tapes.append(Tape())
        self.recorder.record(simulation.households, self.facts(simulation, year, self._tapes[-1]))


def _with_jobs(sums: np.ndarray, jobs: np.ndarray) -> np.ndarray:
    """Jobs found as one more sum, of all households."""
    more = np.full_like(sums[:, :, :1], np.nan)
    more[:, :, 0, 0] = jobs
    return np.concatenate([sums, more], axis=2)
