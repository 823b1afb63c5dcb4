"""Whose family a household of a review list is given: that of the most alike household of its commune."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.purposes import Purpose
from sim.kit import draws
from sim.kit.columns import Table
from sim.population.roster_file import Roster

FAMILY_LACKS = ("employment", "dependency", "nutrition", "adult_education", "child_schooling")
# What makes families alike, what matters most first: column, bits, item of the list; members' lacks come after the first three.
LIKENESS = (("members_at_home", 4, "members"), ("labourless", 1, "labourless"), ("children", 3, "children"),
            ("female_head", 1, "female_head"), ("able", 3, "able"), ("disabled", 2, "disabled"), ("minority", 1, "minority"))  # fmt: skip


class Told:
    """Items of the list by enrolled row of the table: ``over`` puts them over what was drawn."""

    def __init__(self, roster: Roster, entry: np.ndarray) -> None:
        self.roster, self.entry = roster, entry

    def item(self, name: str) -> np.ndarray:
        """An item, not-a-number where the list is silent."""
        return self.roster.item(name)[self.entry]

    def over(self, name: str, drawn: np.ndarray) -> np.ndarray:
        """The item where the list tells it, else what was drawn: float64."""
        told = self.item(name)
        return np.where(np.isnan(told), drawn.astype(np.float64), told)

    def has(self, indicator: str) -> np.ndarray:
        """1 where the household has what an indicator asks for, 0 where it lacks it, not-a-number where the list is silent."""
        return 1.0 - self.item(f"lacks_{indicator}")


def donors_of(society: Any, rows: np.ndarray, told: Told) -> np.ndarray:
    """For each enrolled row the row whose family it takes: nearest by the key of likeness within its cell, ties by luck."""
    h, standard = society.households, society.standard
    mask = standard.deprivations(h)
    lacked = {f"lacks_{key}": standard.lacks(mask, key) for key in FAMILY_LACKS if key in standard.indicators}
    likeness = [(item, bits, h[column]) for column, bits, item in LIKENESS]
    alike = [*likeness[:3], *((item, 1, lacks) for item, lacks in lacked.items()), *likeness[3:]]
    theirs, wanted = h.cell.astype(np.int64), h.cell[rows].astype(np.int64)
    for item, bits, column in alike:
        drawn = np.minimum(column.astype(np.int64), (1 << bits) - 1)
        asked = np.minimum(told.over(item, drawn[rows]), (1 << bits) - 1).astype(np.int64)
        theirs, wanted = (theirs << bits) | drawn, (wanted << bits) | asked
    order = np.argsort(theirs, kind="stable")
    return order[_nearest(theirs[order], wanted, _luck(h, rows, society.seed), h.cell[order], h.cell[rows])]


def _luck(h: Table, rows: np.ndarray, seed: int) -> np.ndarray:
    return draws.uniform(seed, h.origin[rows], h.branch[rows], h.replication[rows], 0, int(Purpose.ENROLMENT))


def _nearest(ordered: np.ndarray, wanted: np.ndarray, luck: np.ndarray, cell: np.ndarray, own_cell: np.ndarray) -> np.ndarray:
    """Position among ``ordered`` keys of one equal to each wanted key, chosen by ``luck``, or of the nearest in the same cell."""
    low, high = np.searchsorted(ordered, wanted, "left"), np.searchsorted(ordered, wanted, "right")
    equal = low + np.floor(luck * (high - low)).astype(np.int64)
    below, above = np.maximum(low - 1, 0), np.minimum(low, len(ordered) - 1)
    far = np.int64(1) << np.int64(60)
    down = np.where((cell[below] == own_cell) & (low > 0), wanted - ordered[below], far)
    up = np.where(cell[above] == own_cell, ordered[above] - wanted, far)
    return np.where(high > low, equal, np.where(np.abs(down) <= np.abs(up), below, above))
