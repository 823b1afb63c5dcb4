"""Income by source: own production, wages, kin and pensions, transfers; and the lasting income behind the score."""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import rule
from sim.kit.maths import f4_exp, f4_power

f4 = np.float32
i4 = np.int32


@rule
def structural_production(land, capital, labour, p):
    """Own production of a quarter at ability zero: decreasing returns to land (ha), capital and labour units.

    Thousand dong at prices of the start, net of bought inputs. A garden, a few tools and some hours are always there; tools
    count by how many times those few they are, so that the scale is the same at all prices.
    """
    tools = f4_power((capital + p.tools_of_all) / p.tools_of_all, p.capital_elasticity)
    inputs = f4_power(land + p.land_of_all, p.land_elasticity) * tools
    return p.own_productivity * inputs * f4_power(labour + p.labour_of_all, p.labour_elasticity)


@rule
def animal_value(young, grown, p):
    """What the herd is worth, thousand dong at prices of the start."""
    return p.cow_value * (p.young_animal_value * f4(young) + f4(grown))


@rule
def earning_factor(ability, persistent, passing):
    """What the household makes of its means: lasting ability, the persistent shock and the passing one."""
    return f4_exp(ability + persistent + passing)


@rule
def next_persistent(z, noise, p):
    """The persistent shock one quarter on: AR(1) with a constant spread."""
    return p.quarter_persistence * z + p.persistent_noise * noise


@rule
def passing_shock(noise, p):
    """The passing shock of a quarter: log-normal with mean one, so that it moves no mean."""
    return p.passing_quarter_sd * noise - f4(0.5) * p.passing_quarter_sd * p.passing_quarter_sd


@rule
def sent_home(remittance, at_home, abroad, counted):
    """Money that comes from abroad: from the third quarter on, when who is away is no longer counted in the household."""
    return remittance if i4(at_home) + i4(abroad) > i4(counted) else f4(0.0)


@rule
def forest_income(fee, quarters_left):
    """Fee for forest protection of a quarter, while its contract lasts."""
    return fee if quarters_left > 0 else f4(0.0)


@rule
def per_head(quarter_income, people):
    """Income of a quarter per head and month."""
    return quarter_income / (f4(3.0) * f4(max(people, 1)))
