"""Lists with a memory without living the past: each household's past is drawn given its present.

What moves a score from year to year (the persistent shock, the lasting error, slow change of means) is a stationary
process that reads the same backwards. So the years before the start are drawn backwards from the present state, and
the reviews of those years are then held forwards, by the very rules of the review. The present state is not touched,
so it keeps every figure of the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.agents.codebook import Standing
from sim.agents.purposes import Purpose
from sim.dynamics.rates import persistent_quarter_sd, quarterly_persistence
from sim.kit import maths
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.population.burn_in import burn_in, listed_counts, zones_of
from sim.population.cells import first_in_cells
from sim.population.luck import numbers
from sim.standards.lists import tick_clocks, turn_lists

YEARS = 8
REACH = 6  # households within so many times the length of the lists can ever have been on them
SPARE = 40
MOST_LISTED = 80  # of a hundred households, however long the lists once were
WRITTEN = ("standing", "reviewed", "quarters_since_poor", "quarters_since_listed", "score", "deprivations")


def remember(society: Any, places: Sequence[Any], begin: Quarter, years: int = YEARS) -> None:
    """Hold the reviews of ``years`` years before ``begin``: writes standings, ``reviewed``, clocks and the intercept.

    The last review sees the present state; raking to the exact counts and the turn of lists on 1 January are the
    caller's next steps.
    """
    h, zone_of_cell = society.households, zones_of(society, places)
    _, listed = listed_counts(places, len(society.parameters))
    last = Quarter(begin.year - 1, 3)
    margin = society.score(last) - society.standard.threshold_of(h.urban, last, "second")
    rows = np.flatnonzero(first_in_cells(margin, zone_of_cell[h.cell], REACH * listed + SPARE))
    some = h.take(rows)
    past = replace(society, households=some)
    incomes, errors = _past(past, last, years)
    some.standing[...] = Standing.NOT_LISTED
    for step in range(years - 1, -1, -1):
        now = Quarter(last.year - step, 3)
        some.lasting_income[...], some.review_error[...] = incomes[step], errors[step]
        wanted = _length(past, places, step)
        if step == years - 1:
            _first_list(past, wanted, zone_of_cell, now)
        past.apply(now)
        burn_in(past, zone_of_cell, wanted, now)
        if step:
            turn_lists(some)
            for _ in range(4):
                tick_clocks(some)
    for name in WRITTEN:
        h[name][rows] = some[name]


def _length(past: Any, places: Sequence[Any], years_before: int) -> np.ndarray:
    """How many each zone listed so many years before its last review: more, for lists have grown shorter; int64 (zones,)."""
    households = np.tile(np.array([place.households for place in places], dtype=np.int64), len(past.parameters))
    _, listed = listed_counts(places, len(past.parameters))
    fall = np.repeat(past.parameters["list_fall"].astype(np.float64), len(places))
    longer = np.rint(listed * maths.exp(years_before * fall)).astype(np.int64)
    return np.maximum(np.minimum(longer, households * MOST_LISTED // 100), listed)


def _first_list(past: Any, listed: np.ndarray, zone_of_cell: np.ndarray, now: Quarter) -> None:
    """The oldest list: the lowest scores of that year, and an intercept that puts the line just above them."""
    h, standard = past.households, past.standard
    zone = zone_of_cell[h.cell]
    margin = past.score(now) - standard.threshold_of(h.urban, now, "second")
    on = first_in_cells(margin, zone, listed)
    highest = np.full(len(listed), -1e9)
    np.maximum.at(highest, zone[on], margin[on])
    shift = np.where(listed > 0, -highest / standard.score["slope"].value, 0.0)
    past.intercept[...] = past.intercept + shift[zone_of_cell]
    everybody = np.ones(len(h), dtype=bool)
    found = standard.decide(everybody, everybody, standard.deprivations(h))
    h.standing[...] = np.where(on, np.maximum(found, Standing.NEAR_POOR), Standing.NOT_LISTED)


def _past(past: Any, last: Quarter, years: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Lasting income and lasting error of each household at the last review and at those of the years before, backwards."""
    h, p = past.households, past.by_row
    yearly = quarterly_persistence(p["income_persistence"].astype(np.float64))
    spread = persistent_quarter_sd(p["persistent_sd"].astype(np.float64), yearly)
    yearly = yearly * yearly * yearly * yearly
    carried, drift = p["review_error_persistence"].astype(np.float64), p["means_drift"].astype(np.float64)
    earned = _earned_share(h)
    z, error, means = h.persistent_shock.astype(np.float64), h.review_error.astype(np.float64), np.zeros(len(h))
    z_now, error_sd = z.copy(), p["review_error_sd"].astype(np.float64)
    incomes, errors = [h.lasting_income.copy()], [h.review_error.copy()]
    for step in range(1, years):
        quarter = Quarter(last.year - step, 3).number
        luck = numbers(past.seed, h.origin, h.replication, int(Purpose.PAST), normal=True, quarter=quarter)
        z = yearly * z + spread * maths.sqrt(1.0 - yearly * yearly) * luck[0]
        error = carried * error + error_sd * maths.sqrt(1.0 - carried * carried) * luck[1]
        means = means + drift * luck[2]
        factor = 1.0 - earned + earned * maths.exp(z - z_now + means)
        incomes.append((incomes[0] * factor).astype(np.float32))
        errors.append(error.astype(np.float32))
    return incomes, errors


def _earned_share(h: Table) -> np.ndarray:
    """Part of lasting income that is earned and so moves with the persistent shock."""
    total = 3.0 * np.maximum(h.members_counted, 1) * h.lasting_income
    return np.clip(1.0 - h.outside_support / np.maximum(total, 1.0), 0.0, 1.0)
