"""Reviews of the years before the start: the list keeps the plan's length, so it comes to hold whom such reviews hold.

A list drawn from one noisy cross-section would empty itself by regression to the mean in its first year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.agents.codebook import Standing
from sim.agents.purposes import Purpose
from sim.kit import draws
from sim.kit.calendar import Quarter
from sim.population.cells import order_in_cells
from sim.standards.review import review

FAR = 1e3  # log points: beyond any household
REACH = 3  # the line never rises past so many times as many households as are listed


def listed_counts(places: Sequence[Any], cells: int) -> tuple[np.ndarray, np.ndarray]:
    """Poor households, and poor with near-poor, that the plan counts in each cell: int64 arrays of shape (cells,)."""
    poor = np.array([place.poor for place in places], dtype=np.int64)
    near = np.array([place.near_poor for place in places], dtype=np.int64)
    return np.tile(poor, cells // len(places)), np.tile(poor + near, cells // len(places))


def burn_in(society: Any, places: Sequence[Any], now: Quarter) -> None:
    """One review before the start: sets ``society.intercept`` so that each cell lists as many as the plan, then reviews.

    Who applies must have been decided. Poor households that wait a year as near-poor count among the listed.
    """
    h, standard, cells = society.households, society.standard, len(society.communes)
    _, wanted = listed_counts(places, cells)
    slope = standard.score["slope"].value
    line = standard.threshold_of(h.urban, now, "second")
    # The intercept up to which a household is at or below the line.
    critical = (line - society.score(now)) / slope + society.intercept[h.cell]
    stays = _waits(society, now)
    examined = ((h.standing != Standing.NOT_LISTED) | (h.applies == 1)) & ~stays
    need = np.maximum(wanted - np.bincount(h.cell[stays], minlength=cells), 0)
    society.intercept[...] = _cut(np.where(examined, critical, -FAR), critical, h.cell, need, wanted)
    review(h, society.by_row, standard, now, society.seed, society.score(now))


def _waits(society: Any, now: Quarter) -> np.ndarray:
    """Poor households that would stay a year as near-poor, should they score above the line: the review's own draw."""
    h = society.households
    poor = h.standing == Standing.POOR
    rows = np.flatnonzero(poor)
    luck = draws.uniform(society.seed, h.origin[rows], h.branch[rows], h.replication[rows], now.number, int(Purpose.REVIEW_STEP))
    waits = np.zeros(len(h), dtype=bool)
    waits[rows] = luck >= society.by_row["leave_at_once"][rows]
    return waits


def _cut(candidates: np.ndarray, critical: np.ndarray, cell: np.ndarray, need: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The intercept of each cell that lists ``need`` of the candidates, without lifting the line out of all reach."""
    after, last = _neighbours(candidates, cell, need)
    sizes = np.bincount(cell, minlength=len(need))
    _, reach_high = _neighbours(critical, cell, np.minimum(REACH * wanted + 10, sizes))
    return np.clip(np.maximum(0.5 * (after + last), reach_high), -FAR, FAR)


def _neighbours(critical: np.ndarray, cell: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The critical values of the first household left out and of the last taken in, when ``count`` of each cell are taken."""
    order = order_in_cells(-critical, cell)
    ordered = np.concatenate([critical[order], [0.0]])
    sizes = np.bincount(cell, minlength=len(count))
    starts = np.cumsum(sizes) - sizes
    last = np.where(count > 0, ordered[starts + np.maximum(np.minimum(count, sizes), 1) - 1], ordered[starts] + 1.0)
    after = np.where(count < sizes, ordered[np.minimum(starts + count, len(ordered) - 1)], last - 1.0)
    return np.maximum(after, last - 1.0), last


