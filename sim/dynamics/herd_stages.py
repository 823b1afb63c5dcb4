"""The herd's quarter."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import Shock
from sim.dynamics import capital, coping
from sim.dynamics.frames import reader
from sim.kit.compiling import rule, stage
from sim.kit.maths import f4_uniform

f4 = np.float32
i4 = np.int32

ANIMAL_DIED, CALF_SOLD = int(Shock.ANIMAL_DIED), int(Shock.CALF_SOLD)


@rule
def heads_lost(u, chance, heads):
    """Animals of a herd that an event of ``chance`` takes, never more than there are."""
    return min(capital.count_from(u, chance, heads), heads)


herd_numbers = reader(
    "HerdNumbers",
    "skill_from_coaching skill_from_practice cow_value young_animal_value restock animal_death animal_sale calves_per_cow_year "
    "calving_unskilled calving_by_skill death_unskilled death_by_skill death_once_grown trap_threshold trap herd_room_landless "
    "herd_room_per_ha keep_calf savings_to_restock",
)


@stage
def keep_herd(who, means, money, record, w, s, p, rows, n):
    """Animals die, are sold early, mature and calve; year-old calves go to market or join the herd.

    No branch: a household without animals passes through, for nothing comes of none, unless it buys one.
    """
    young_, grown_, wait_ = means.young_animals[rows], means.grown_animals[rows], means.quarters_to_calving[rows]
    calves_, skill_, coached_ = means.calves[rows], means.skill[rows], means.coached_quarters[rows]
    savings, hit, land = money.savings[rows], record.shocks[rows], who.land[rows]
    words_1, words_2, words_3 = s.words[1], s.words[2], s.words[3]
    calves_sold, lost, gained, q = s.calves_sold, s.lost, s.gained, herd_numbers(p)
    price = q.young_animal_value * q.cow_value * w.price_level
    for i in range(n):
        young, grown, calves, skill, coached = i4(young_[i]), i4(grown_[i]), i4(calves_[i]), skill_[i], i4(coached_[i])
        herd = young + grown
        u_death, u_calf, u_sale = f4_uniform(words_1[i]), f4_uniform(words_2[i]), f4_uniform(words_3[i])
        buys = capital.buys_animal(u_death, herd + calves, savings[i], price, q)
        dead_young = heads_lost(u_death, capital.death_chance(skill, True, q), young)
        dead_grown = heads_lost(f4(1.0) - u_death, capital.death_chance(skill, False, q), grown)
        young, grown = young - dead_young, grown - dead_grown
        sold = heads_lost(u_sale, q.animal_sale, young)
        young = young - sold
        wait = max(i4(wait_[i]) - 1, 0) if young > 0 else i4(wait_[i])
        fresh = young if wait == 0 else 0
        young = young - fresh
        born = heads_lost(u_calf, capital.calving_chance(skill, herd, q), grown)
        born += heads_lost(u_calf, capital.first_calf_chance(skill, herd, q), fresh)
        grown = grown + fresh
        ready = capital.calves_of_age(calves, capital.QUARTERS_TO_SALE - 1)
        room = f4(young + grown) < q.herd_room_landless + q.herd_room_per_ha * land[i]
        keeps = (ready > 0) & room & (young == 0) & (f4(1.0) - u_sale < q.keep_calf)
        ready = ready - (1 if keeps else 0)
        lost[i], gained[i], calves_sold[i] = 1 if dead_young + dead_grown > 0 else 0, 1 if ready > 0 else 0, f4(ready)
        hit[i] |= (ANIMAL_DIED if dead_young + dead_grown > 0 else 0) | (CALF_SOLD if ready > 0 else 0)
        savings[i] += coping.rounded(f4(sold) * price) - (coping.rounded(price) if buys else 0)
        young_[i], grown_[i], wait_[i] = 1 if keeps | buys else young, grown, 4 if keeps | buys else wait
        calves_[i] = capital.aged_calves(calves, born)
        skill_[i], coached_[i] = capital.next_skill(skill, coached, herd, q), max(coached - 1, 0)


@stage
def tell_communes(who, c, s, rows, n):
    """What members and animals of the block's households did is added to their communes' counters, a commune at a time."""
    cell, found, sold, gained, lost = who.cell[rows], c.found, c.calves_sold, c.gained, c.lost
    found_here, sold_here, gained_here, lost_here = s.found, s.calves_sold, s.gained, s.lost
    begin = 0
    while begin < n:
        at, end = cell[begin], begin
        jobs, calves, lucky, unlucky = 0, 0, 0, 0
        while (end < n) and (cell[end] == at):
            jobs += found_here[end]
            calves += i4(sold_here[end])
            lucky += gained_here[end]
            unlucky += lost_here[end]
            end += 1
        found[at] += jobs
        sold[at] += calves
        gained[at] += lucky
        lost[at] += unlucky
        begin = end
