"""Raking: the lists at the start hold exactly as many poor and near-poor households as the plan says, in every replication.

The fewest and most marginal households are moved, and their score or services with them, so that the next review does
not simply move them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.agents.codebook import Standing
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.population.burn_in import listed_counts, zones_of
from sim.population.cards import settle_cards
from sim.population.cells import first_in_cells
from sim.population.dwelling import gain_services, lose_services

NEVER_MOVED = 1e5  # a key that is taken last
CLEAR = 2.0  # points by which a household moved across a threshold stands beyond it
POOR_FIRST = 500.0  # points by which the poor are kept on a list that must be cut


def rake(society: Any, places: Sequence[Any], begin: Quarter) -> None:
    """Make ``reviewed`` hold the plan's counts in each zone; the lists must then be turned by the caller."""
    h, standard = society.households, society.standard
    poor, listed = listed_counts(places, len(society.parameters))
    zone = zones_of(society, places)[h.cell]
    score = society.score(begin)
    first, second = (standard.threshold_of(h.urban, begin, which) for which in ("poor", "second"))
    added = _fit_length(h, score - second, zone, listed)
    on_list = np.flatnonzero(h.reviewed != Standing.NOT_LISTED)
    chance = np.where(h.reviewed == Standing.POOR, society.by_row["card_reaches_poor"], society.by_row["card_reaches_near_poor"])
    settle_cards(h, on_list, chance, society.seed, float(society.world.record["old_from"][0]))
    society.take_stock()
    lacked = standard.deprivations(h)
    found = standard.decide(score <= first, np.ones(len(h), dtype=bool), lacked)
    # Cards have changed what some lack: whoever scores below the line stands where that puts it.
    below = (h.reviewed != Standing.NOT_LISTED) & (score <= second)
    h.reviewed[below] = np.maximum(found[below], Standing.NEAR_POOR)
    h.reviewed[added] = np.maximum(found[added], Standing.NEAR_POOR)
    to_poor, to_near = _fit_poor(society, score - second, lacked, zone, poor)
    _mend(society, added, to_poor, to_near, begin)
    h.deprivations[...] = standard.deprivations(h)
    h.score[...] = society.score(begin)


def _fit_length(h: Table, margin: np.ndarray, zone: np.ndarray, listed: np.ndarray) -> np.ndarray:
    """Take households onto or off the lists until each zone has its number; returns the rows taken on."""
    on = h.reviewed != Standing.NOT_LISTED
    short = listed - np.bincount(zone[on], minlength=len(listed))
    off = first_in_cells(np.where(on, -margin + POOR_FIRST * (h.reviewed == Standing.POOR), NEVER_MOVED), zone, np.maximum(-short, 0))
    added = first_in_cells(np.where(on, NEVER_MOVED, margin), zone, np.maximum(short, 0)) & ~on
    h.reviewed[off] = Standing.NOT_LISTED
    h.reviewed[added] = Standing.NEAR_POOR
    return np.flatnonzero(added)


def _fit_poor(society: Any, margin: np.ndarray, lacked: np.ndarray, zone: np.ndarray, poor: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Move listed households between poor and near-poor until each zone has its number of poor; rows moved each way."""
    h = society.households
    on, is_poor = h.reviewed != Standing.NOT_LISTED, h.reviewed == Standing.POOR
    short = poor - np.bincount(zone[is_poor], minlength=len(poor))
    things = society.standard.points_of(lacked).astype(np.float64) / 10.0
    near = on & ~is_poor
    # Up: those who lack most and score lowest. Down: those who lack least and score highest.
    key = 1000.0 * (12.0 - things) + margin + np.where(margin > 0.0, 100.0, 0.0)
    up = first_in_cells(np.where(near, key, NEVER_MOVED), zone, np.maximum(short, 0)) & near
    down = first_in_cells(np.where(is_poor, 1000.0 * things - margin, NEVER_MOVED), zone, np.maximum(-short, 0)) & is_poor
    h.reviewed[up] = Standing.POOR
    h.reviewed[down] = Standing.NEAR_POOR
    return np.flatnonzero(up), np.flatnonzero(down)


def _mend(society: Any, added: np.ndarray, to_poor: np.ndarray, to_near: np.ndarray, begin: Quarter) -> None:
    """Bring score and services of the moved households in line with the standing that they were given."""
    h, standard = society.households, society.standard
    first, second = (standard.threshold_of(h.urban, begin, which) for which in ("poor", "second"))
    by_services = "many" in standard.cutoffs
    _lower(society, np.union1d(added, to_poor), second, begin)
    if standard.rule != "income_and_deprivations":
        if not by_services:
            _lower(society, to_poor, first, begin)
        _raise(society, to_near, first, second, begin)
    if by_services:
        lose_services(h, to_poor, standard, society.seed, society.by_row)
        gain_services(h, to_near, standard, society.seed, society.by_row)
        # Devices and internet weigh in the score: what was gained must not lift a near-poor household over the line.
        society.take_stock()
        _lower(society, to_near, second, begin)
    _push_off(society, second, begin)


def _lower(society: Any, rows: np.ndarray, threshold: np.ndarray, begin: Quarter) -> None:
    """Lower the lasting error of the score where it lies above the threshold, to just below it."""
    _shift(society, rows, begin, lambda score: np.minimum(threshold[rows] - CLEAR - score, 0.0))


def _raise(society: Any, rows: np.ndarray, first: np.ndarray, second: np.ndarray, begin: Quarter) -> None:
    """Raise the score of near-poor households to just above the lower of two thresholds, never above the upper one."""
    goal = np.minimum(first[rows] + CLEAR, 0.5 * (first[rows] + second[rows]))
    _shift(society, rows, begin, lambda score: np.maximum(goal - score, 0.0))


def _push_off(society: Any, second: np.ndarray, begin: Quarter) -> None:
    """A household that stood on the lists and was taken off, though it scores below the line, is lifted just above it."""
    h = society.households
    rows = np.flatnonzero((h.reviewed == Standing.NOT_LISTED) & (h.standing != Standing.NOT_LISTED))
    _shift(society, rows, begin, lambda score: np.maximum(second[rows] + CLEAR - score, 0.0))


def _shift(society: Any, rows: np.ndarray, begin: Quarter, points: Any) -> None:
    """Move the review error of some rows by so many points of score."""
    if len(rows):
        h = society.households
        slope = society.standard.score["slope"].value
        h.review_error[rows] = h.review_error[rows] + points(society.score(begin)[rows]) / slope
