"""What happened to one household in one simulation: a page a quarter, written down while the simulation runs.

Nothing is computed anew: columns, lists, queues and deliveries are read where and when the engine has just made them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.agents.codebook import LEVER_COLUMNS, Standing
from sim.agents.identity import HouseholdGoneError, find_row
from sim.agents.members import SLOTS, name_fields
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.policies.lever import Outcome
from sim.standards.standard import Standard
from sim.studies.pages import Delivery, Lacked, Offer, Page, Review, State


class Diary:
    """Keeps the pages of the household ``origin.branch`` in one replication of a simulation that has not begun.

    It stands between the simulation and its programme, so that it sees each choice and each delivery. A household that
    splits off later has pages from then on; one that dissolves or moves away has none after.
    """

    def __init__(self, simulation: Any, origin: int, branch: int, cell: int):
        self.pages: list[Page] = []
        self._key = (cell, origin, branch)
        self._programme, self._simulation = simulation.programme, simulation
        self._offers: tuple[Offer, ...] = ()
        self._deliveries: tuple[Delivery, ...] = ()
        self._brought: Mapping[str, tuple[Any, Any]] = {}
        simulation.programme = self
        simulation.quarterly.append(self._write)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._programme, name)

    def row(self, h: Table) -> int | None:
        """Where the household stands; None if there is none."""
        try:
            return find_row(h, *self._key)
        except HouseholdGoneError:
            return None

    def choose(self, now: Quarter, h: Table, communes: Table) -> None:
        """As the programme does; then what came of it for the household."""
        self._programme.choose(now, h, communes)
        row = self.row(h)
        if row is not None:
            of_households = [slot for slot, lever in enumerate(self._programme.levers) if lever.level == "household"]
            self._offers = tuple(self._offer(h, row, slot) for slot in of_households)

    def arrive(self, now: Quarter, h: Table, communes: Table) -> np.ndarray:
        """As the programme does; then what changed for the household."""
        row = self.row(h)
        if row is None or not self._programme.levers:
            return self._programme.arrive(now, h, communes)
        before, due, owed = state_of(h, row), h.due[:, row].copy(), h.owed[:, row].copy()
        reached = self._programme.arrive(now, h, communes)
        arrived = np.flatnonzero((due > 0) & (h.due[:, row] == 0))
        self._brought = changes_between(before, state_of(h, row))
        levers = [self._programme.levers[slot] for slot in arrived]
        self._deliveries = tuple(Delivery(lever.key, names_of(lever), int(owed[slot])) for slot, lever in zip(arrived, levers, strict=True))
        return reached

    def _offer(self, h: Table, row: int, slot: int) -> Offer:
        lever, outcome = self._programme.levers[slot], int(h.outcome[slot, row])
        queue = self._programme.queue_of(lever)
        mine = queue.cell == h.cell[row]
        rank = int(queue.rank_of_rows()[row])
        due, served = int(h.due[slot, row]), int(np.count_nonzero(queue.served & mine))
        return Offer(
            lever=lever.key,
            names=names_of(lever),
            outcome=outcome,
            words={lang: lever.name_outcome(outcome, lang) for lang in ("vi", "en")},
            rank=rank,
            line=int(np.count_nonzero(mine)),
            served=served,
            due=Quarter.from_number(due) if outcome == Outcome.SERVED and due > 0 else None,
            public=int(h.owed[slot, row]),
        )

    def _write(self, simulation: Any) -> None:
        h, standard, now = simulation.households, simulation.society.standard, simulation.now
        row = self.row(h)
        if row is not None:
            alone = h.take(np.array([row]))
            self.pages.append(
                Page(
                    quarter=now,
                    state=state_of(h, row),
                    members=tuple(name_fields(word) for word in h.members[:SLOTS, row].tolist() if word & 1),
                    line=float(standard.line_of(alone.urban, now)[0]),
                    lacked=lacked_of(alone, standard),
                    offers=self._offers,
                    deliveries=self._deliveries,
                    brought=self._brought,
                    review=review_of(alone, standard, now, simulation.society.perfect_list) if now.quarter == 3 else None,
                )
            )
        self._offers, self._deliveries, self._brought = (), (), {}


def names_of(thing: Any) -> dict[str, str]:
    """The name of a lever in both languages."""
    return {"vi": thing.file.vi, "en": thing.file.en}


def state_of(h: Table, row: int) -> dict[str, Any]:
    """A household's columns but for its dealings with levers; those of several slots as tuples."""
    values = {name: column[..., row].tolist() for name, column in h.arrays().items() if name not in LEVER_COLUMNS}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def changes_between(before: State, after: State) -> dict[str, tuple[Any, Any]]:
    """Columns that differ."""
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def lacked_of(alone: Table, standard: Standard) -> tuple[Lacked, ...]:
    """What the one household of a table lacks now, indicator by indicator."""
    lacked = []
    for item in standard.items:
        if item.deprived(alone)[0]:
            indicator, given = item.indicator, item.thresholds
            columns = {name: float(alone[name][0]) for name in indicator.needs if name not in given and alone[name].ndim == 1}
            lacked.append(Lacked(indicator.key, {"vi": indicator.vi, "en": indicator.en}, columns, dict(given)))
    return tuple(lacked)


def review_of(alone: Table, standard: Standard, now: Quarter, perfect: bool) -> Review:
    """What the review of this quarter found of the one household of a table, and by which of its rules."""
    first, second = (float(standard.threshold_of(alone.urban, now, which)[0]) for which in ("poor", "second"))
    score, found, was = float(alone.score[0]), Standing(int(alone.reviewed[0])), Standing(int(alone.standing[0]))
    by_rule = Standing(int(standard.decide(np.array([score <= first]), np.array([score <= second]), alone.deprivations)[0]))
    applied = bool(alone.applies[0])
    why = "rule"
    if perfect:
        why = "perfect"
    elif was == Standing.NOT_LISTED and not applied:
        why = "not_examined"
    elif found != by_rule:
        why = "pressure" if by_rule != Standing.NOT_LISTED else "step"
    many = standard.cutoffs.get("many")
    needed = float(many.value) if many else float("nan")
    return Review(applied, score, first, int(standard.points_of(alone.deprivations)[0]), needed, found, why)
