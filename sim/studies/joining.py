"""Pieces of a replication made into the whole: their sums added, and all measures made again from these (see measures/tape.py)."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.agents.codebook import COMMUNE_COLUMNS, HOUSEHOLD_COLUMNS, commune_lever_columns, lever_columns
from sim.kit.columns import Table
from sim.measures.levels import Levels
from sim.measures.tape import Tape
from sim.studies import seam
from sim.studies.recorder import Recorder
from sim.studies.results import Cube, LedgerTable, Part, Parts


def as_part(sums: Sequence[np.ndarray], incomes: Sequence[np.ndarray], flows: np.ndarray, ledger: LedgerTable) -> Part:
    """What a piece gives under one mix: ``sums`` of each year (1, places, sums, groups), in place of measures."""
    return Part(Cube((), (), np.stack(sums, axis=1)), flows, ledger, tuple(incomes))


def join(work: Any, places: Sequence[range], parts: Sequence[Parts], first: int) -> Parts:
    """The parts by mix of replication ``first``, from those of its pieces, which are of these ``places``; ``work`` is the BatchWork
    that gave them."""
    return {mix: _join(work, places, [part[mix] for part in parts], first, _empty(work, mix)) for mix in parts[0]}


def _join(work: Any, places: Sequence[range], parts: Sequence[Part], first: int, empty: Any) -> Part:
    frame, levels = work.frame, work.levels
    sums = np.concatenate([part.cube.values for part in parts], axis=2)
    a_year = len(parts[0].incomes) // len(frame.years)
    recorder = Recorder(1, levels)
    nobody = np.zeros(0, dtype=np.uint64)
    for at, year in enumerate(frame.years):
        of_year = [np.ascontiguousarray(sums[:, at, :, number]) for number in range(sums.shape[3] - 1)]
        pieces = [part.incomes[at * a_year : (at + 1) * a_year] for part in parts]
        tape = Tape(of_year, _incomes(places, pieces, levels), written=True)
        recorder.record(empty.households, seam.facts_of(empty, year, 1, levels, nobody, tape))
    ledger = _in_order([part.ledger for part in parts])
    task = range(first, first + 1)
    recorder.add_spending(seam.spending_of(ledger, frame, tuple(lever.key for lever in empty.levers), task))
    recorder.add_jobs([sums[:, at, :, -1, 0] for at in range(len(frame.years))])
    return Part(recorder.cube(), np.concatenate([part.flows for part in parts], axis=2), ledger)


def _incomes(places: Sequence[range], pieces: Sequence[Sequence[np.ndarray]], levels: Levels) -> list[np.ndarray]:
    """What is needed of a year's incomes: rows one after the other, or people by class of income added up by kin of places."""
    if not levels.in_classes:
        return [np.concatenate(arrays, axis=1) for arrays in zip(*pieces, strict=True)]
    counts = np.zeros((1, levels.kins, *pieces[0][0].shape[2:]), dtype=np.int64)
    for some, (mine,) in zip(places, pieces, strict=True):
        counts[:, np.unique(levels.kin[some.start : some.stop])] += mine
    return [counts]


def _in_order(ledgers: Sequence[LedgerTable]) -> LedgerTable:
    """Entries by quarter, then in the order of the places."""
    columns = {name: np.concatenate([ledger.columns[name] for ledger in ledgers]) for name in ledgers[0].columns}
    order = np.lexsort((columns["quarter"], columns["year"], columns["replication"]))
    return LedgerTable({name: column[order] for name, column in columns.items()})


def _empty(work: Any, mix: str) -> Any:
    """A simulation without a household, whose measures are then the sums' alone."""
    levers = work.engine.levers_of(work.scenario, mix)
    households = Table.zeros((*HOUSEHOLD_COLUMNS, *lever_columns(len(levers))), 0)
    communes = Table.zeros((*COMMUNE_COLUMNS, *commune_lever_columns(len(levers))), work.levels.communes)
    return SimpleNamespace(households=households, communes=communes, scenario=work.scenario, levers=levers)
