"""One batch of replications under every mix: what a worker, here or on another machine, is given to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.measures.levels import Levels
from sim.studies import seam
from sim.studies.executors import Step
from sim.studies.frame import Frame
from sim.studies.jobs import Jobs
from sim.studies.recorder import Recorder
from sim.studies.results import Cube, LedgerTable


@dataclass(frozen=True)
class Part:
    """What one batch of replications gives under one mix."""

    cube: Cube
    flows: np.ndarray
    ledger: LedgerTable


Parts = dict[str, Part]  # by mix


@dataclass(frozen=True)
class BatchWork:
    """The work on any batch of a run; plain data, so that it can be sent to another machine."""

    engine: Any
    scenario: Any
    frame: Frame
    levels: Levels

    def __call__(self, task: range, step: Step) -> Parts:
        """All mixes on the replications of ``task``, from one start; ``step`` is called after each mix."""
        records: dict[str, _Records] = {}

        def open_records(simulation: Any) -> None:
            records[simulation.mix] = _Records(simulation, self.frame, self.levels, task)

        parts = {}
        begun = self.engine.start(self.scenario, task, self.frame.seed)
        for simulation in self.engine.side_by_side(begun, self.frame.mixes, open_records):
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
