"""The solve for income: every place's mean income a head is hit, household ability taking up what means do not explain."""

from __future__ import annotations

import numpy as np

from sim.kit import maths
from sim.kit.columns import Table
from sim.population.cells import cell_sum
from sim.population.tables import table

ROUNDS = 3
SMALLEST = 1.0  # thousand dong a quarter: below this a household earns nothing


def support_shares(h: Table, uniform: np.ndarray) -> np.ndarray:
    """Pensions and kin's money as a share of the household's income: most for those without labour, some with elderly."""
    entry = table("support")
    old, others = entry["with_elderly"], entry["others"]
    elderly = h.elderly > 0
    households = np.where(elderly, old["share_of_households"], others["share_of_households"])
    mean = np.where(elderly, old["mean"], others["mean"])
    # Among those who get any, the share spreads evenly between nothing and twice the mean.
    share = np.where(uniform < households, 2.0 * mean * uniform / households, 0.0)
    return np.where(h.labourless == 1, entry["labourless"], share)


def solve_level(h: Table, log_shape: np.ndarray, structural: np.ndarray, assistance: np.ndarray, mean_income: np.ndarray,
                support_share: np.ndarray, zone: np.ndarray) -> None:
    """Write ``ability`` and ``outside_support`` so that the mean lasting income a head of each zone is ``mean_income``.

    ``log_shape`` log income a head up to the place's level; ``structural`` earnings at ability 0 and ``assistance`` of a
    quarter, thousand dong. Ability stays within the table's limits; where
    earnings at the lowest ability exceed what is left for them, support gives way.
    """
    zones = len(mean_income)
    people = np.maximum(h.members_counted, 1).astype(np.float64)
    wanted = cell_sum(people, zone, zones) * mean_income
    shape = maths.exp(log_shape)
    level = wanted / np.maximum(cell_sum(people * shape, zone, zones), 1e-9)
    for _ in range(ROUNDS):
        income = 3.0 * people * shape * level[zone]
        ability, support = _split(h, income, structural, assistance, support_share)
        z = h.persistent_shock.astype(np.float64)
        got = structural * maths.exp(ability + z) + support + assistance
        total = cell_sum(got / 3.0, zone, zones)
        level = level * wanted / np.maximum(total, 1e-9)
    h.ability[...] = ability
    h.outside_support[...] = support


def _split(
    h: Table, income: np.ndarray, structural: np.ndarray, assistance: np.ndarray, share: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Ability and outside support that give each household its quarter's ``income``."""
    entry = table("support")
    z = h.persistent_shock.astype(np.float64)
    rest = np.maximum(income - assistance, 0.02 * income)
    support = rest * share
    lowest, highest = entry["lowest_ability"], entry["highest_ability"]
    ability = maths.log(np.maximum(rest - support, SMALLEST) / np.maximum(structural, SMALLEST)) - z
    ability = np.clip(ability, lowest, highest).astype(np.float32).astype(np.float64)
    support = np.maximum(rest - structural * maths.exp(ability + z), 0.0)
    return ability, np.where(share > 0.0, support, np.where(ability >= highest, support, 0.0)).astype(np.float32).astype(np.float64)
