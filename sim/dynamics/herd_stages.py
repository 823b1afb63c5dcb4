"""The herd's quarter."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import Shock
from sim.dynamics import capital, coping
from sim.kit.compiling import rule, stage
from sim.kit.maths import f4_uniform

f4 = np.float32
i4 = np.int32

ANIMAL_DIED, CALF_SOLD = int(Shock.ANIMAL_DIED), int(Shock.CALF_SOLD)


@rule
def heads_lost(u, chance, heads):
    """Animals of a herd that an event of ``chance`` takes, never more than there are."""
    return min(capital.count_from(u, chance, heads), heads)


@stage
def keep_herd(who, means, money, record, c, w, s, p, rows, n):
    """Animals die, are sold early, mature and calve; year-old calves go to market or join the herd."""
    young_, grown_, wait_ = means.young_animals[rows], means.grown_animals[rows], means.quarters_to_calving[rows]
    calves_, skill_, coached_ = means.calves[rows], means.skill[rows], means.coached_quarters[rows]
    savings, cell, hit, land = money.savings[rows], who.cell[rows], record.shocks[rows], who.land[rows]
    for i in range(n):
        young, grown, skill = i4(young_[i]), i4(grown_[i]), skill_[i]
        herd = young + grown
        skill_[i] = capital.next_skill(skill, coached_[i], herd, p)
        coached_[i] -= 1 if coached_[i] > 0 else 0
        price = p.young_animal_value * p.cow_value * w.price_level
        if capital.buys_animal(f4_uniform(s.words[1, i]), herd + i4(calves_[i]), savings[i], price, p):
            savings[i] -= coping.rounded(price)
            young_[i], wait_[i] = 1, 4
            continue
        if (herd == 0) & (calves_[i] == 0):
            continue
        u_death, u_calf, u_sale = f4_uniform(s.words[1, i]), f4_uniform(s.words[2, i]), f4_uniform(s.words[3, i])
        dead_young = heads_lost(u_death, capital.death_chance(skill, True, p), young)
        dead_grown = heads_lost(f4(1.0) - u_death, capital.death_chance(skill, False, p), grown)
        young, grown = young - dead_young, grown - dead_grown
        if dead_young + dead_grown > 0:
            hit[i] |= ANIMAL_DIED
            c.lost[cell[i]] += 1
        sold = heads_lost(u_sale, p.animal_sale, young)
        young -= sold
        savings[i] += coping.rounded(f4(sold) * price)
        fresh = 0
        if young > 0:
            wait_[i] -= 1 if wait_[i] > 0 else 0
            if wait_[i] == 0:
                fresh, young = young, 0
        ready = capital.calves_of_age(calves_[i], capital.QUARTERS_TO_SALE - 1)
        born = heads_lost(u_calf, capital.calving_chance(skill, herd, p), grown)
        born += heads_lost(u_calf, capital.first_calf_chance(skill, herd, p), fresh)
        grown += fresh
        calves_[i] = capital.aged_calves(calves_[i], born)
        if ready > 0:
            room = f4(young + grown) < f4(2.0) + p.herd_room_per_ha * land[i]
            if room & (young == 0) & (f4(1.0) - u_sale < p.keep_calf):
                ready, young = ready - 1, 1
                wait_[i] = 4
            s.calves_sold[i] = f4(ready)
            c.calves_sold[cell[i]] += ready
            if ready > 0:
                hit[i] |= CALF_SOLD
                c.gained[cell[i]] += 1
        young_[i], grown_[i] = young, grown
