"""Lasting income at the start: means of earning, rank within the place, ability and support."""

from __future__ import annotations

import numpy as np

from sim.agents.purposes import Purpose
from sim.dynamics.kernel import refresh
from sim.dynamics.rates import persistent_quarter_sd, quarterly_persistence
from sim.kit import maths
from sim.kit.columns import Table
from sim.population import level, shape, wealth
from sim.population.cells import cell_sum
from sim.population.frame import Start
from sim.population.luck import numbers
from sim.population.tables import table
from sim.standards.review import start_review_error

NO_EARNINGS = -60.0  # an ability at which nothing is earned
ROUNDS = 3  # of solving ability and the worth of own production in turn


def give_incomes(h: Table, communes: Table, begin: Start) -> np.ndarray:
    """Write land, capital, herd, shocks, ability, support and the lasting error of the score.

    Returns the log of lasting income a head, float64 of shape (rows,).
    """
    p, life = begin.by_row, begin.life
    own = numbers(begin.seed, h.origin, h.replication, int(Purpose.WEALTH_START), normal=True).astype(np.float64)
    z_sd = _spread_of_z(begin)
    h.persistent_shock[...] = z_sd * life[1]
    z = h.persistent_shock.astype(np.float64)
    wealth.give_land(h, own[0], life[0])
    h.capital[...] = table("wealth")["standard_capital"] * begin.prices
    _, assistance = means_of_earning(h, communes, begin)
    match_wages(h, communes, begin, assistance)
    structural, _ = means_of_earning(h, communes, begin)
    log_shape = _log_shape(h, begin, structural, z_sd)
    share = level.support_shares(h, maths.normal_cdf(life[3]))
    # Tools follow what lasts longer than z, so that ability does not come to depend on z.
    quarter_income = _quarter_income(h, log_shape, begin) * maths.exp(-z)
    wealth.give_tools_and_savings(h, quarter_income, _own_share(h) * (1.0 - share), own[1:3], p)
    wealth.give_herd(h, begin.seed, begin.by_place("livestock_share"), begin, p)
    _solve(h, communes, begin, log_shape, share)
    refresh(h, communes, begin.rates, begin.world)
    h.income_by_quarter[...] = h.lasting_income
    h.income_per_head[...] = h.lasting_income
    h.consumption[...] = h.lasting_income
    start_review_error(h, p, begin.seed)
    return maths.log(np.maximum(h.lasting_income, 1.0).astype(np.float64))


def _solve(h: Table, communes: Table, begin: Start, log_shape: np.ndarray, support_share: np.ndarray) -> None:
    """Ability and support to the place's mean income and, in turn with them, own production to its share of wages."""
    for left in reversed(range(ROUNDS)):
        structural, assistance = means_of_earning(h, communes, begin)
        level.solve_level(h, log_shape, structural, assistance, begin.mean_income, support_share, begin.zone)
        if left == 0 or not match_wages(h, communes, begin, assistance):
            return


def match_wages(h: Table, communes: Table, begin: Start, assistance: np.ndarray) -> bool:
    """Move the ``productivity`` of communes so that wages have their share in what the place's people earn by work.

    The share is met at present ability. Whether any place states one: productivity stays where none does, and the share
    is what ``own_productivity`` and people's jobs make it.
    """
    share = begin.stated_by_zone("wage_share")
    if np.isnan(share).all():
        return False
    productivity, months = communes.productivity.copy(), 3.0 * _people(h)
    refresh(h, communes, begin.rates, begin.world)
    whole = h.lasting_income * months
    communes.productivity[...] = 0.0
    refresh(h, communes, begin.rates, begin.world)
    wages = cell_sum(h.lasting_income * months - h.outside_support - assistance, begin.zone, begin.zones)
    own = np.maximum(cell_sum(whole - h.lasting_income * months, begin.zone, begin.zones), level.SMALLEST)
    change = np.where(np.isnan(share), 1.0, wages / own * (1.0 - share) / share)
    communes.productivity[...] = productivity * change[begin.cell_index * len(begin.places) + begin.cell_home]
    return True


def means_of_earning(h: Table, communes: Table, begin: Start) -> tuple[np.ndarray, np.ndarray]:
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


def _spread_of_z(begin: Start) -> np.ndarray:
    """Spread of the quarterly persistent shock by row, from the yearly parameters."""
    rho = quarterly_persistence(begin.parameters["income_persistence"])
    return persistent_quarter_sd(begin.parameters["persistent_sd"].astype(np.float64), rho)[begin.index]


def _log_shape(h: Table, begin: Start, structural: np.ndarray, z_sd: np.ndarray) -> np.ndarray:
    """Log of lasting income a head but for the level of the place: rank in the Dagum shape, and slopes."""
    p, life = begin.by_row, begin.life
    log_size, schooling = maths.log(_people(h)), h.head_schooling.astype(np.float64)
    log_means = maths.log(np.maximum(structural, 1.0)) - log_size
    means, means_sd = shape.standardised_means(log_means, log_size, schooling, h.able > 0, begin.zone, begin.zones)
    correlation = p["commune_correlation"]
    commune, rural, urban = shape.commune_effects(begin.seed, begin.place, begin.block, h.replication, correlation)
    worth = np.where(h.urban == 1, urban, rural)
    rank = shape.rank_of(p, commune, worth, h.persistent_shock.astype(np.float64), z_sd, means, means_sd, life[0])
    slopes = p["slope_schooling"] * schooling + p["slope_size"] * log_size + p["slope_urban"] * h.urban
    gaps = begin.minority_gap * h.minority + p["labourless_gap"] * h.labourless
    return p["lasting_spread"] * shape.shape_of(h.urban, rank) + slopes + gaps


def _quarter_income(h: Table, log_shape: np.ndarray, begin: Start) -> np.ndarray:
    """Income of a quarter that the shape gives once every place has its mean, thousand dong a household."""
    people, relative = _people(h), maths.exp(log_shape)
    heads = cell_sum(people, begin.zone, begin.zones)
    scale = begin.mean_income * heads / cell_sum(people * relative, begin.zone, begin.zones)
    return 3.0 * people * relative * scale[begin.zone]


def _people(h: Table) -> np.ndarray:
    return np.maximum(h.members_counted, 1).astype(np.float64)


def _own_share(h: Table) -> np.ndarray:
    """Rough part of a household's earnings from own production: own workers among all, some in every household."""
    own = np.maximum(h.workers.astype(np.float64) - h.wage_workers, 0.0)
    return (own + 0.2) / (h.workers + 0.4)
