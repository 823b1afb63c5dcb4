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


def zones_of(society: Any, places: Sequence[Any]) -> np.ndarray:
    """Zone of each cell: the one of these places that its commune is or is a part of, in its replication; int64."""
    communes = society.communes
    return (communes.replication.astype(np.int64) - society.first) * len(places) + communes.home - communes.home[0]


def listed_counts(places: Sequence[Any], replications: int) -> tuple[np.ndarray, np.ndarray]:
    """Poor households, and poor with near-poor, that the plan counts in each zone: int64 arrays of shape (zones,)."""
    poor = np.array([place.poor for place in places], dtype=np.int64)
    near = np.array([place.near_poor for place in places], dtype=np.int64)
    return np.tile(poor, replications), np.tile(poor + near, replications)


def burn_in(society: Any, zone_of_cell: np.ndarray, wanted: np.ndarray, now: Quarter) -> None:
    """One review before the start: sets ``society.intercept`` so that each zone lists as many as ``wanted``, then reviews.

    Who applies must have been decided. Poor households that wait a year as near-poor count among the listed.
    """
    h, standard = society.households, society.standard
    zone = zone_of_cell[h.cell]
    slope = standard.score["slope"].value
    line = standard.threshold_of(h.urban, now, "second")
    # The intercept up to which a household is at or below the line.
    critical = (line - society.score(now)) / slope + society.intercept[h.cell]
    stays = _waits(society, now)
    examined = ((h.standing != Standing.NOT_LISTED) | (h.applies == 1)) & ~stays
    need = np.maximum(wanted - np.bincount(zone[stays], minlength=len(wanted)), 0)
    society.intercept[...] = _cut(np.where(examined, critical, -FAR), critical, zone, need, wanted)[zone_of_cell]
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


def _cut(candidates: np.ndarray, critical: np.ndarray, zone: np.ndarray, need: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The intercept of each zone that lists ``need`` of the candidates, without lifting the line out of all reach."""
    after, last = _neighbours(candidates, zone, need)
    sizes = np.bincount(zone, minlength=len(need))
    _, reach_high = _neighbours(critical, zone, np.minimum(REACH * wanted + 10, sizes))
    return np.clip(np.maximum(0.5 * (after + last), reach_high), -FAR, FAR)


def _neighbours(critical: np.ndarray, zone: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The critical values of the first household left out and of the last taken in, when ``count`` of each zone are taken."""
    order = order_in_cells(-critical, zone)
    ordered = np.concatenate([critical[order], [0.0]])
    sizes = np.bincount(zone, minlength=len(count))
    starts = np.cumsum(sizes) - sizes
    last = np.where(count > 0, ordered[starts + np.maximum(np.minimum(count, sizes), 1) - 1], ordered[starts] + 1.0)
    after = np.where(count < sizes, ordered[np.minimum(starts + count, len(ordered) - 1)], last - 1.0)
    return np.maximum(after, last - 1.0), last


