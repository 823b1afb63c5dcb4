"""The start from a plan's figures alone: households and communes of every replication.

Members come first, then land and jobs, then what income a household of that kind has in a place of that mean, then
what it owns and lacks. Two solves tie it to the plan: the level of income to the place's mean, and the level of
deprivation to the split of the listed into poor and near-poor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.agents.codebook import COMMUNE_COLUMNS, HOUSEHOLD_COLUMNS, NEVER, Area, Standing
from sim.agents.purposes import Purpose
from sim.dynamics.kernel import refresh
from sim.dynamics.rates import persistent_quarter_sd, quarterly_persistence
from sim.kit import draws, maths
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.kit.draws import split_seed
from sim.population import cards, conditions, dwelling, level, people, shape, wealth
from sim.population.cells import cell_mean, cell_sum, first_in_cells
from sim.population.luck import numbers
from sim.population.frame import Start
from sim.population.tables import ONE, compiled_tables, facts_of, own_shares, table, thresholds, tilted_sizes
from sim.standards.load import standard_in_force
from sim.standards.review import start_review_error
from sim.standards.standard import Standard

u8 = np.uint64
NO_EARNINGS = -60.0  # an ability at which nothing is earned


def synthesise(
    places: Sequence[Any], parameters: np.ndarray, seed: int, first_replication: int, replications: int, start: Quarter, law_facts: np.ndarray,
    standard: Standard | None = None,
) -> tuple[Table, Table]:
    """Households and communes of ``replications`` replications from ``first_replication`` on.

    ``places`` have name, households, poor, near_poor, area and perhaps facts; ``parameters`` are the yearly ones, a
    record for each replication; ``law_facts`` is the world's record of the first quarter (dynamics/frames.WORLD_DTYPE); ``standard`` is the one
    by which the list at the start is drawn, by default the one in force. Lists are a first guess: burn-in gives them
    memory and raking the exact counts.
    """
    standard = standard or standard_in_force(start.first_day)
    begin = Start(places, parameters, seed, first_replication, replications, start, law_facts, standard)
    communes = _communes(begin)
    h = Table.zeros(HOUSEHOLD_COLUMNS, begin.rows)
    _identify(h, begin)
    _people(h, begin)
    score = _incomes(h, communes, begin)
    first_list = _conditions(h, score, begin)
    _dwellings(h, communes, first_list, begin)
    _settle(h, standard, first_list)
    return h, communes


def _communes(begin: Start) -> Table:
    """The table of communes, a row for each place in each replication."""
    communes = Table.zeros(COMMUNE_COLUMNS, begin.cells)
    communes.replication[...] = begin.cell_replication
    communes.place[...] = begin.cell_place
    communes.area[...] = [int(Area[place.area.upper()]) for place in begin.places] * begin.replications
    key = (begin.seed, communes.place, draws.COMMUNE_BRANCH, communes.replication, 0)
    spread = begin.parameters["staff_spread"].astype(np.float64)[begin.cell_index]
    communes.staff_capacity[...] = maths.exp(spread * draws.normal(*key, int(Purpose.STAFF_START)))
    communes.productivity[...] = 1.0
    communes.calf_price[...] = begin.parameters["calf_price"][begin.cell_index]
    communes.confidence[...] = 1.0
    return communes


def _identify(h: Table, begin: Start) -> None:
    """Who each household is: number, commune, village, urban, minority, merit."""
    h.origin[...], h.replication[...], h.cell[...] = begin.origin, begin.replication, begin.cell
    h.village[...] = begin.village
    u = numbers(begin.seed, h.origin, h.replication, int(Purpose.IDENTITY_START), normal=False)
    h.urban[...] = u[0] < begin.by_place("urban_share")
    h.minority[...] = u[1] < begin.by_place("minority_share")
    h.merit[...] = u[2] < begin.by_place("merit_share")
    h.quarters_since_poor[...] = NEVER
    h.quarters_since_listed[...] = NEVER


def _people(h: Table, begin: Start) -> None:
    """Members: families, schooling, work, training, health."""
    facts, work = [facts_of(place) for place in begin.places], table("work")
    sizes = np.stack([thresholds(tilted_sizes(fact.household_size)) for fact in facts])
    own = np.stack([own_shares(fact.farm_labour_share) for fact in facts])
    base, per_year = people.contract_thresholds(work)
    k0, k1 = split_seed(begin.seed)
    people.found_families(
        0, len(h), u8(k0), u8(k1), h.origin, h.replication, begin.place, h.urban, sizes, own, base, per_year, compiled_tables(),
        h.members, h.others,
    )


def _incomes(h: Table, communes: Table, begin: Start) -> np.ndarray:
    """Land, capital, shocks, ability and support; returns the log of lasting income a head before the dwelling's part."""
    p = begin.by_row
    rho = quarterly_persistence(begin.parameters["income_persistence"])
    z_sd = persistent_quarter_sd(begin.parameters["persistent_sd"].astype(np.float64), rho)[begin.index]
    life = numbers(begin.seed, h.origin, h.replication, int(Purpose.STANDING_IN_LIFE), normal=True).astype(np.float64)
    own = numbers(begin.seed, h.origin, h.replication, int(Purpose.WEALTH_START), normal=True).astype(np.float64)
    h.persistent_shock[...] = z_sd * life[1]
    z = h.persistent_shock.astype(np.float64)
    commune, rural_worth, urban_worth = shape.commune_effects(begin.seed, begin.place, begin.block, h.replication, p["commune_correlation"])
    h.solid_parts[...], h.devices[...], h.internet[...] = 3, 1, 1
    wealth.give_land(h, own[0], life[0])
    h.capital[...] = table("wealth")["standard_capital"]
    structural, assistance = _means_of_earning(h, communes, begin)
    log_size = maths.log(np.maximum(h.members_counted, 1).astype(np.float64))
    schooling = h.head_schooling.astype(np.float64)
    means = shape.standardised_means(maths.log(np.maximum(structural, 1.0)) - log_size, log_size, schooling, h.able > 0, h.cell, begin.cells)
    rank = shape.rank_of(p, commune, np.where(h.urban == 1, urban_worth, rural_worth), z, z_sd, means, life[0])
    log_shape = (
        p["lasting_spread"] * shape.shape_of(h.urban, rank) + p["slope_schooling"] * schooling + p["slope_size"] * log_size
        + p["slope_urban"] * h.urban + p["minority_gap"] * h.minority + p["labourless_gap"] * h.labourless
    )
    people_counted = np.maximum(h.members_counted, 1).astype(np.float64)
    relative = maths.exp(log_shape)
    level_guess = begin.mean_income * cell_sum(people_counted, h.cell, begin.cells) / cell_sum(people_counted * relative, h.cell, begin.cells)
    share = level.support_shares(h, maths.normal_cdf(life[3]))
    quarter_income = 3.0 * people_counted * relative * level_guess[h.cell]
    # Tools follow what lasts longer than z, so that ability does not come to depend on z.
    wealth.give_tools_and_savings(h, quarter_income * maths.exp(-z), _own_share(h) * (1.0 - share), own[1:3], p)
    wealth.give_herd(h, begin.seed, begin.by_place("livestock_share"), begin.cells, p)
    structural, assistance = _means_of_earning(h, communes, begin)
    level.solve_level(h, log_shape, structural, assistance, begin.mean_income, share)
    refresh(h, communes, begin.rates, begin.world)
    h.income_by_quarter[...] = h.lasting_income
    h.income_per_head[...] = h.lasting_income
    h.consumption[...] = h.lasting_income
    start_review_error(h, p, begin.seed)
    begin.propensity_noise = life[2]
    return maths.log(np.maximum(h.lasting_income, 1.0).astype(np.float64))


def _own_share(h: Table) -> np.ndarray:
    """Rough part of a household's earnings from own production: own workers among all, some in every household."""
    own = np.maximum(h.workers.astype(np.float64) - h.wage_workers, 0.0)
    return (own + 0.2) / (h.workers + 0.4)


def _means_of_earning(h: Table, communes: Table, begin: Start) -> tuple[np.ndarray, np.ndarray]:
    """Earnings of a quarter at ability 0 without shocks, and social assistance: (rows,) float64, thousand dong."""
    shock = h.persistent_shock.copy()
    h.outside_support[...] = 0.0
    h.persistent_shock[...] = 0.0
    h.ability[...] = NO_EARNINGS
    refresh(h, communes, begin.rates, begin.world)
    months = 3.0 * np.maximum(h.members_counted, 1)
    assistance = h.lasting_income * months
    h.ability[...] = 0.0
    refresh(h, communes, begin.rates, begin.world)
    h.persistent_shock[...] = shock
    return h.lasting_income * months - assistance, assistance


def _conditions(h: Table, log_income: np.ndarray, begin: Start) -> np.ndarray:
    """Propensity, cards, children's school, nutrition; returns a first guess of who is listed."""
    p, cell, cells = begin.by_row, h.cell, begin.cells
    one = np.ones(len(h))
    score = log_income + h.review_error
    score = score - cell_mean(score, one, cell, cells)[cell]
    score = score / maths.sqrt(np.maximum(cell_mean(score * score, one, cell, cells), 1e-6))[cell]
    h.propensity[...] = dwelling.propensity_of(score, begin.propensity_noise, p) + table("support")["labourless_propensity"] * h.labourless
    strength = p["deprivation_risk"].astype(np.float64)
    risk = maths.exp(strength * h.propensity - 0.5 * strength * strength)
    k0, k1 = split_seed(begin.seed)
    t = compiled_tables()
    exposed, expected = np.zeros(len(h), dtype=np.int64), np.zeros(len(h), dtype=np.int64)
    conditions.card_exposure(0, len(h), h.members, t, exposed, expected)
    heads = (h.members & 1).sum(axis=0).astype(np.float64)
    wanted = (1.0 - begin.by_cell("insurance_cover")) * cell_sum(heads, cell, cells) - cell_sum(expected / ONE, cell, cells)
    rate = np.maximum(wanted, 0.0) / np.maximum(cell_sum(0.5 * exposed * risk, cell, cells), 1e-6)
    uninsured = np.minimum(np.rint(rate[cell] * risk * ONE), 45_000).astype(np.int64)
    risk_256 = np.minimum(np.rint(256.0 * risk), 4_096).astype(np.int64)
    conditions.settle_conditions(0, len(h), u8(k0), u8(k1), h.origin, h.replication, uninsured, risk_256, t, h.members)
    margin = begin.standard.score_of(h.lasting_income, begin.start) - begin.standard.threshold_of(h.urban, begin.start, "second")
    margin = margin + begin.standard.score["slope"].value * h.review_error
    return first_in_cells(margin, cell, begin.listed)


def _dwellings(h: Table, communes: Table, listed: np.ndarray, begin: Start) -> None:
    """Dwelling and services, at the level that makes the plan's share of the listed lack many things."""
    cards.insure_listed(h, np.flatnonzero(listed), begin.by_row["card_reaches_poor"], begin.seed)
    refresh(h, communes, begin.rates, begin.world)
    h.floor_area_m2[...], h.clean_water[...], h.hygienic_toilet[...] = 10_000.0, 1, 1
    lacked = begin.standard.points_of(begin.standard.deprivations(h)) // 10
    latent = dwelling.latent_lacks(h, begin.seed, begin.by_row)
    rows = np.flatnonzero(listed)
    some = h.take(rows)
    levels = dwelling.critical_levels(some, latent[:, rows], begin.standard)
    critical = dwelling.level_for_many(levels, lacked[rows], begin.many)
    limits = table("services")["level_limits"]
    level_of = _order_statistic(critical, h.cell[rows], begin.poor, begin.cells)
    level_of = np.clip(level_of, limits["lowest"], limits["highest"])
    dwelling.furnish(h, latent, level_of[h.cell])
    refresh(h, communes, begin.rates, begin.world)


def _order_statistic(values: np.ndarray, cell: np.ndarray, wanted: np.ndarray, cells: int) -> np.ndarray:
    """In each cell a level that exactly ``wanted`` of the values lie below, where there are so many; 0 in an empty cell."""
    order = np.lexsort((np.arange(len(values)), np.clip(np.rint(values * 1e6), -1e12, 1e12).astype(np.int64), cell))
    sorted_values, sizes = np.clip(values[order], -9.0, 9.0), np.bincount(cell, minlength=cells)
    starts = np.cumsum(sizes) - sizes
    padded = np.concatenate([sorted_values, [0.0]])
    below = np.where(wanted > 0, padded[np.minimum(starts + np.minimum(wanted, sizes) - 1, len(values))], -9.0)
    above = np.where(wanted < sizes, padded[np.minimum(starts + np.minimum(wanted, np.maximum(sizes - 1, 0)), len(values))], 9.0)
    return np.where(sizes > 0, 0.5 * (below + above), 0.0)


def _settle(h: Table, standard: Standard, listed: np.ndarray) -> None:
    """The first list: the lowest scores, poor where they lack much."""
    h.deprivations[...] = standard.deprivations(h)
    first = np.ones(len(h), dtype=bool)
    found = standard.decide(first, first, h.deprivations)
    h.standing[...] = np.where(listed, np.maximum(found, Standing.NEAR_POOR), Standing.NOT_LISTED)
    h.reviewed[...] = h.standing
