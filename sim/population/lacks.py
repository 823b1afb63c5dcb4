"""What households lack at the start: cards, schooling and nutrition of members, dwelling and services."""

from __future__ import annotations

import numpy as np

from sim.dynamics.kernel import refresh
from sim.kit import maths
from sim.kit.columns import Table
from sim.kit.draws import split_seed
from sim.population import cards, conditions, dwelling
from sim.population.cells import cell_mean, cell_sum, first_in_cells
from sim.population.frame import Start
from sim.population.tables import ONE, compiled_tables, table

u8 = np.uint64
MOST_UNINSURED = 45_000  # of 65,536: no household is left without any card for sure
MOST_RISK = 16.0
BEYOND = 9.0  # standard deviations


def settle_members(h: Table, log_income: np.ndarray, begin: Start) -> np.ndarray:
    """Write propensity, cards, children's school and nutrition; returns a first guess of who is listed (mask)."""
    p = begin.by_row
    score = _standardised(log_income + h.review_error, begin.zone, begin.zones)
    shift = table("support")["labourless_propensity"] * h.labourless
    h.propensity[...] = dwelling.propensity_of(score, begin.life[2], p) + shift
    strength = p["deprivation_risk"].astype(np.float64)
    risk = np.minimum(maths.exp(strength * h.propensity - 0.5 * strength * strength), MOST_RISK)
    k0, k1 = split_seed(begin.seed)
    uninsured = np.minimum(np.rint(_uninsured_rate(h, risk, begin)[begin.zone] * risk * ONE), MOST_UNINSURED).astype(np.int64)
    risk_256 = np.rint(256.0 * risk).astype(np.int64)
    conditions.settle_conditions(
        0, len(h), u8(k0), u8(k1), h.origin, h.replication, uninsured, risk_256, compiled_tables(), h.members
    )
    standard, points = begin.standard, begin.standard.score["slope"].value * h.review_error
    margin = standard.score_of(h.lasting_income, begin.start) - standard.threshold_of(h.urban, begin.start, "second") + points
    return first_in_cells(margin, begin.zone, begin.listed)


def _standardised(values: np.ndarray, cell: np.ndarray, cells: int) -> np.ndarray:
    """Values with mean 0 and spread 1 in each cell."""
    one = np.ones(len(values))
    centred = values - cell_mean(values, one, cell, cells)[cell]
    return centred / maths.sqrt(np.maximum(cell_mean(centred * centred, one, cell, cells), 1e-6))[cell]


def _uninsured_rate(h: Table, risk: np.ndarray, begin: Start) -> np.ndarray:
    """Chance, at relative risk one, that a member who chooses has no card: what each place's cover leaves, by zone."""
    exposed, expected = np.zeros(len(h), dtype=np.int64), np.zeros(len(h), dtype=np.int64)
    conditions.card_exposure(0, len(h), h.members, compiled_tables(), exposed, expected)
    heads = (h.members & 1).sum(axis=0).astype(np.float64)
    without = (1.0 - begin.by_zone("insurance_cover")) * cell_sum(heads, begin.zone, begin.zones)
    left = np.maximum(without - cell_sum(expected / ONE, begin.zone, begin.zones), 0.0)
    return left / np.maximum(cell_sum(0.5 * exposed * risk, begin.zone, begin.zones), 1e-6)


def settle_dwellings(h: Table, communes: Table, listed: np.ndarray, begin: Start) -> None:
    """Write dwelling and services, at the level that makes the plan's share of the listed lack many things."""
    rows = np.flatnonzero(listed)
    cards.settle_cards(h, rows, begin.by_row["card_reaches_poor"], begin.seed, float(begin.world["old_from"][0]))
    refresh(h, communes, begin.rates, begin.world)
    for service, full in dwelling.NOTHING_LACKING.items():
        h[service][...] = full
    some = h.take(rows)
    lacked = begin.standard.points_of(begin.standard.deprivations(some)) // 10
    latent = dwelling.latent_lacks(h, begin.seed, begin.by_row)
    critical = dwelling.level_for_many(dwelling.critical_levels(some, latent[:, rows], begin.standard), lacked, begin.many)
    limits = table("services")["level_limits"]
    level = np.clip(_level_below(critical, begin.zone[rows], begin.poor), limits["lowest"], limits["highest"])
    dwelling.furnish(h, latent, level[begin.zone])
    refresh(h, communes, begin.rates, begin.world)


def _level_below(values: np.ndarray, cell: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """In each cell the level that ``wanted`` of the values lie below, half way to the next; 0 in an empty cell."""
    held = np.clip(values, -BEYOND, BEYOND)
    order = np.lexsort((np.rint(held * 1e6).astype(np.int64), cell))
    ordered, sizes = np.concatenate([held[order], [0.0]]), np.bincount(cell, minlength=len(wanted))
    starts = np.cumsum(sizes) - sizes
    at = np.minimum(wanted, sizes)
    below = np.where(at > 0, ordered[starts + np.maximum(at, 1) - 1], -BEYOND)
    above = np.where(at < sizes, ordered[np.minimum(starts + at, len(held))], BEYOND)
    return np.where(sizes > 0, 0.5 * (below + above), 0.0)
