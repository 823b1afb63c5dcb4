"""Productive capital: tools wear and are renewed; animals mature, calve, die; a calf is sold a year after birth.

The herd is counted in heads, for a cow gives nothing until a calf is sold, 20 to 38 months after hand-over.
"""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import rule

f4 = np.float32
i4 = np.int32

QUARTERS_TO_SALE = 4


@rule
def worn_capital(capital, p):
    """Tools after a quarter's wear."""
    return capital * (f4(1.0) - p.capital_wear)


@rule
def investment(capital, lasting_own_income, spare, p):
    """Part of spare money put into tools, towards the capital that the household's own production bears.

    ``lasting_own_income`` of a quarter, ``spare`` and the result at prices of the start.
    """
    wanted = p.capital_to_yearly_income * f4(4.0) * lasting_own_income
    return min(max(p.investment_speed * (wanted - capital), f4(0.0)), p.invested_share_of_spare * max(spare, f4(0.0)))


@rule
def calving_chance(skill, herd, p):
    """Chance that a mature animal calves this quarter: by skill; nothing below the threshold where a trap is assumed."""
    chance = p.calves_per_cow_year * f4(0.25) * (p.calving_unskilled + p.calving_by_skill * skill)
    return f4(0.0) if f4(herd) < p.trap_threshold * p.trap else chance


@rule
def first_calf_chance(skill, herd, p):
    """Chance that an animal calves as it matures, for that is when its first calf is due; less with little skill."""
    chance = min(p.calving_unskilled + p.calving_by_skill * skill, f4(1.0))
    return f4(0.0) if f4(herd) < p.trap_threshold * p.trap else chance


@rule
def death_chance(skill, is_young, p):
    """Chance that an animal dies this quarter: a new one as measured in the first year, later less; less with skill."""
    later = p.animal_death * p.death_once_grown
    base = p.animal_death if is_young else later
    return base * (p.death_unskilled - p.death_by_skill * skill)


@rule
def count_from(u, chance, heads):
    """How many of ``heads`` animals meet an event of ``chance``, from one uniform number: the expected count, rounded at random."""
    expected = chance * f4(heads)
    whole = np.floor(expected)
    return i4(whole) + (1 if u < expected - whole else 0)


@rule
def calves_of_age(calves, quarter):
    """Calves in their given quarter of life, from the packed column."""
    return (i4(calves) >> (4 * quarter)) & 15


@rule
def aged_calves(calves, born):
    """The packed column a quarter on: every calf older, the newborn in the lowest place, the oldest gone to market."""
    return ((i4(calves) << 4) & 0xFFF0) | min(born, 15)


@rule
def next_skill(skill, coached, herd, p):
    """Skill with animals: coaching teaches it, keeping animals teaches it slowly."""
    practised = p.skill_from_practice if herd > 0 else f4(0.0)
    step = p.skill_from_coaching if coached > 0 else practised
    return skill + step * (f4(1.0) - skill)


@rule
def buys_animal(u, herd, savings, price, p):
    """Whether a household without animals buys a young one: it has the price more than once, and the occasion comes."""
    return (herd == 0) & (f4(savings) > p.savings_to_restock * price) & (u > f4(1.0) - p.restock)
