"""A household's animals in a quarter: bought, dead, sold early, grown, calving; year-old calves are kept or sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents.codebook import Shock
from sim.dynamics import capital, coping
from tests.oracle.luck import Words

if TYPE_CHECKING:
    from tests.oracle.household import Household

f4 = np.float32


def lost_of(u: np.float32, chance: np.float32, heads: int) -> int:
    """Animals of a herd that an event takes, at most all."""
    return int(min(capital.count_from(u, chance, heads), heads))


def keep_herd(h: Household, luck: Words) -> int:
    """One quarter of the animals; returns the calves that went to market."""
    p, commune = h.rates, h.commune
    skill, herd = h.skill, h.young_animals + h.grown_animals
    h.skill = f4(capital.next_skill(skill, h.coached_quarters, herd, p))
    h.coached_quarters = max(h.coached_quarters - 1, 0)
    u_death, u_calf, u_sale = luck.chance(1), luck.chance(2), luck.chance(3)
    price = p.young_animal_value * p.cow_value * h.times.price_level  # of a young animal
    if herd == 0 and not any(h.calves):
        if capital.buys_animal(u_death, 0, h.savings, price, p):
            h.savings -= int(coping.rounded(price))
            h.young_animals, h.quarters_to_calving = 1, 4
        return 0
    dead_young = lost_of(u_death, capital.death_chance(skill, True, p), h.young_animals)
    dead_grown = lost_of(f4(1.0) - u_death, capital.death_chance(skill, False, p), h.grown_animals)
    h.young_animals -= dead_young
    h.grown_animals -= dead_grown
    if dead_young or dead_grown:
        h.shocks |= Shock.ANIMAL_DIED
        commune.lost += 1
    sold = lost_of(u_sale, p.animal_sale, h.young_animals)
    h.young_animals -= sold
    h.savings += int(coping.rounded(f4(sold) * price))
    before = h.grown_animals
    mature(h)
    fresh = h.grown_animals - before
    born = lost_of(u_calf, capital.calving_chance(skill, herd, p), before)
    born += lost_of(u_calf, capital.first_calf_chance(skill, herd, p), fresh)
    year_old = h.calves.pop()
    h.calves.insert(0, min(born, 15))
    return sell_calves(h, year_old, f4(1.0) - u_sale) if year_old else 0


def mature(h: Household) -> None:
    """Young animals wait together; when their time is over they can calve."""
    if h.young_animals:
        h.quarters_to_calving = max(h.quarters_to_calving - 1, 0)
        if h.quarters_to_calving == 0:
            h.grown_animals, h.young_animals = h.grown_animals + h.young_animals, 0


def sell_calves(h: Household, year_old: int, u_keep: np.float32) -> int:
    """Year-old calves go to market; one may join the herd where there is land for it and no other young animal waits."""
    room = f4(h.young_animals + h.grown_animals) < h.rates.herd_room_landless + h.rates.herd_room_per_ha * h.land
    if room and h.young_animals == 0 and u_keep < h.rates.keep_calf:
        year_old -= 1
        h.young_animals, h.quarters_to_calving = 1, 4
    h.commune.calves_sold += year_old
    if year_old:
        h.shocks |= Shock.CALF_SOLD
        h.commune.gained += 1
    return year_old
