"""Stages of the quarter in which members live: work, school, food, illness; and what their labour would give in health."""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.agents.codebook import Coping, Shock
from sim.agents.purposes import Purpose
from sim.dynamics import shocks, work
from sim.dynamics.frames import reader
from sim.dynamics.member import JOB_FOUND, Setting, living_numbers, next_member
from sim.dynamics.member_bits import bits_of
from sim.kit.compiling import stage
from sim.kit.maths import f4_normal, f4_uniform

f4 = np.float32
u8 = np.uint64

AGE, SCHOOLING, TRAINED, IN_SCHOOL, WORK = m.AGE, m.SCHOOLING, m.TRAINED, m.IN_SCHOOL, m.WORK
INSURED, DISABILITY, CHRONIC = m.INSURED, m.DISABILITY, m.CHRONIC
ABROAD = work.ABROAD
ILLNESS, CUT_SCHOOLING = int(Shock.ILLNESS), int(Coping.CUT_SCHOOLING)
MEMBER_PURPOSE = 1000 + 16 * int(Purpose.MEMBER)

working_numbers = reader(
    "WorkingNumbers",
    "large_illness illness_ratio_chronic casual_wage schooling_return training_wage_premium contract_premium work_when_ill "
    "labour_of_casual labour_of_contract labour_of_unemployed labour_of_idle labour_of_elderly",
)


@stage
def meet_the_quarter(who, aid, record, c, w, s, p, rows, n):
    """What commune and household mean for every member of a row, into scratch, and sums over members begun at zero."""
    cell, lasting, matching = who.cell[rows], record.lasting_income[rows], aid.matching[rows]
    find_chance, find, food, found = c.find_chance, s.find, s.food, s.found
    labour, wage, steady_labour, steady_wage, illness = s.labour, s.wage, s.steady_labour, s.steady_wage, s.illness
    needs = p.consumption_floor * w.price_level
    for i in range(n):
        chance = find_chance[cell[i]]
        helped = work.matched_chance(chance, p)
        find[i] = helped if matching[i] > 0 else chance
    for i in range(n):
        food[i] = lasting[i] / needs
        labour[i], wage[i], steady_labour[i], steady_wage[i] = f4(0.0), f4(0.0), f4(0.0), f4(0.0)
        illness[i], found[i] = f4(0.0), 0


@stage
def live_members(people, aid, record, s, p, slot, rows, n):
    """One slot of every row of the block lives through the quarter. No branch, so that the loop takes sixteen rows at a time."""
    members, coping, shock = people.members[slot, rows], record.coping[rows], record.shocks[rows]
    school, matching, nutrition = aid.school_support[rows], aid.matching[rows], aid.nutrition_support[rows]
    words_0, words_1, words_2, words_3 = s.words[0], s.words[1], s.words[2], s.words[3]
    find, food, found = s.find, s.food, s.found
    q = living_numbers(p)
    for i in range(n):
        member, here = members[i], members[i] & 1
        setting = Setting(find[i], food[i], (coping[i] & CUT_SCHOOLING) != 0, school[i] > 0, matching[i] > 0, nutrition[i] > 0)
        after, event = next_member(member, words_0[i], words_1[i], words_2[i], words_3[i], setting, q)
        members[i] = after if here == 1 else member
        event = event if here == 1 else 0
        shock[i] |= event
        found[i] += 1 if event == JOB_FOUND else 0


@stage
def work_members(people, record, s, p, slot, rows, n):
    """Whether members of one slot fall ill, and the labour and pay that they give, this quarter and in health."""
    members, shock, words_1, ill_ = people.members[slot, rows], record.shocks[rows], s.words[1], s.ill
    labour, wage, steady_labour, steady_wage = s.labour, s.wage, s.steady_labour, s.steady_wage
    q = working_numbers(p)
    for i in range(n):
        member = members[i]
        age, state, disability = bits_of(member, AGE, 127), bits_of(member, WORK, 7), bits_of(member, DISABILITY, 3)
        here = (member & 1 == 1) & (state != ABROAD)
        ill = 1 if here & (f4_uniform(words_1[i]) < shocks.illness_chance(age, bits_of(member, CHRONIC, 1), q)) else 0
        able = work.is_able(age, disability, bits_of(member, IN_SCHOOL, 1))
        units = work.own_labour(state, age, able, disability, 0, q)
        pay = work.monthly_wage(state, bits_of(member, SCHOOLING, 15), bits_of(member, TRAINED, 1), 0, q)
        units, pay = units if here else f4(0.0), pay if here else f4(0.0)
        steady_labour[i] += units
        steady_wage[i] += pay
        labour[i] += units * q.work_when_ill if ill == 1 else units
        wage[i] += pay * q.work_when_ill if ill == 1 else pay
        shock[i] |= ILLNESS if ill == 1 else 0
        ill_[i] = ill


@stage
def pay_for_illness(people, w, s, p, slot, rows, n):
    """What large illnesses of one slot cost their households: of few, who are listed first so that nobody else is looked at."""
    members, words_0, words_1, ill, illness = people.members[slot, rows], s.words[0], s.words[1], s.ill, s.illness
    few, found = s.found_ill, 0
    for i in range(n):
        few[found] = i
        found += ill[i]
    for k in range(found):
        i = few[k]
        # A fresh normal from the bits that the chance did not use.
        noise = f4_normal((words_1[i] ^ words_0[i]) & u8(0xFFFFFFFF))
        illness[i] += shocks.illness_cost(noise, bits_of(members[i], INSURED, 1), w.price_level, p)


@stage
def sum_labour(people, s, p, slot, rows, n):
    """Labour and pay of one slot as they stand, nobody ill: what the lasting income rests on."""
    members, steady_labour, steady_wage, q = people.members[slot, rows], s.steady_labour, s.steady_wage, working_numbers(p)
    for i in range(n):
        member = members[i]
        state, age, disability = bits_of(member, WORK, 7), bits_of(member, AGE, 127), bits_of(member, DISABILITY, 3)
        here = (member & 1 == 1) & (state != ABROAD)
        units = work.own_labour(state, age, work.is_able(age, disability, bits_of(member, IN_SCHOOL, 1)), disability, 0, q)
        pay = work.monthly_wage(state, bits_of(member, SCHOOLING, 15), bits_of(member, TRAINED, 1), 0, q)
        steady_labour[i] += units if here else f4(0.0)
        steady_wage[i] += pay if here else f4(0.0)
