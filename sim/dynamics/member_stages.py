"""Stages of the quarter in which members live: work, school, food, illness; and what their labour would give in health."""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from sim.agents import members as m
from sim.agents.codebook import Coping, Shock
from sim.agents.purposes import Purpose
from sim.dynamics import living, shocks, work
from sim.dynamics.member_bits import bits_of, with_bits
from sim.kit.compiling import rule, stage
from sim.kit.maths import f4_normal, f4_uniform

f4 = np.float32
u8 = np.uint64

AGE, SCHOOLING, TRAINED, IN_SCHOOL, WORK = m.AGE, m.SCHOOLING, m.TRAINED, m.IN_SCHOOL, m.WORK
INSURED, DISABILITY, CHRONIC, UNDERNOURISHED = m.INSURED, m.DISABILITY, m.CHRONIC, m.UNDERNOURISHED
QUARTERS, SEARCHING, FRESH = m.QUARTERS_IN_STATE, m.SEARCHING, m.COURSE_FRESH
ABROAD, OWN, CASUAL, CONTRACT = work.ABROAD, work.OWN, work.CASUAL, work.CONTRACT
UNEMPLOYED, NOT_WORKING = work.UNEMPLOYED, work.NOT_WORKING
ILLNESS, JOB_LOST, JOB_FOUND = int(Shock.ILLNESS), int(Shock.JOB_LOST), int(Shock.JOB_FOUND)
CAME_HOME, CAME_HOME_EARLY = int(Shock.CAME_HOME), int(Shock.CAME_HOME_EARLY)
CUT_SCHOOLING = int(Coping.CUT_SCHOOLING)
MEMBER_PURPOSE = 1000 + 16 * int(Purpose.MEMBER)

# What commune and household mean for a member this quarter: a seeker's chance, lasting income over the consumption floor,
# whether spending on school was cut, and whether there is support for school, for finding work, for food.
Setting = namedtuple("Setting", "find food short schooled matched fed")


@rule
def next_job(member, able, word_work, word_life, word_kind, setting, p):
    """A member's work and search a quarter on, and what happened to the work; a member not able to work leaves it."""
    age, state, searching = bits_of(member, AGE, 127), bits_of(member, WORK, 7), bits_of(member, SEARCHING, 1)
    trained, quarters = bits_of(member, TRAINED, 1), bits_of(member, QUARTERS, 15)
    u, u_life = f4_uniform(word_work), f4_uniform(word_life)
    back, in_time = work.is_back(quarters, u, p), work.ends_abroad(quarters, p)
    seeks = 1 if u_life < p.seeks_after_return else 0
    chance = work.hire_chance(setting.find, trained, bits_of(member, FRESH, 1), p.training_search_advantage)
    contract = work.contract_chance(bits_of(member, SCHOOLING, 15), trained, p.contract_base, p.contract_per_school_year)
    begin = work.begin_chance(setting.matched, p)
    job = work.next_work(state, searching, f4_uniform(word_kind) < chance, u, u_life, contract, begin, p)
    looks = work.next_search(job, searching, age, u_life, begin, p)
    found = ((job == CASUAL) | (job == CONTRACT)) & ((state == UNEMPLOYED) | (state == OWN))
    lost = (job == UNEMPLOYED) & ((state == CASUAL) | (state == CONTRACT))
    after, search = (job, looks) if able else (NOT_WORKING, searching if state == NOT_WORKING else 0)
    event = (JOB_FOUND if found else (JOB_LOST if lost else 0)) if able else 0
    if state == ABROAD:
        after, search = (OWN, seeks) if back else (ABROAD, searching)
        event = (CAME_HOME if in_time else CAME_HOME_EARLY) if back else 0
    return after, search, event


@rule
def next_member(member, word_work, word_ill, word_life, word_kind, setting, p):
    """A member a quarter on: work, and for the young schooling and nutrition. Returns the member and what happened to the work."""
    age, in_school = bits_of(member, AGE, 127), bits_of(member, IN_SCHOOL, 1)
    state, quarters = bits_of(member, WORK, 7), bits_of(member, QUARTERS, 15)
    able = work.is_able(age, bits_of(member, DISABILITY, 3), in_school)
    after, search, event = next_job(member, able, word_work, word_life, word_kind, setting, p)
    stale = f4_uniform((word_ill << u8(16)) & u8(0xFFFFFFFF)) < p.course_fades
    member = with_bits(member, FRESH, 1, 0 if stale else bits_of(member, FRESH, 1))
    member = with_bits(member, QUARTERS, 15, 0 if after != state else min(quarters + 1, 15))
    member = with_bits(with_bits(member, WORK, 7, after), SEARCHING, 1, search)
    u, u_food = f4_uniform(word_work), f4_uniform(word_kind)
    in_school = next_schooling(age, in_school, u, setting, p)
    return with_bits(with_bits(member, IN_SCHOOL, 1, in_school), UNDERNOURISHED, 1, next_nutrition(member, age, u_food, setting, p)), event


@rule
def dropout_chance(setting, p):
    """Chance that a pupil leaves school this quarter: higher while the household goes short, lower with support."""
    short = p.dropout * p.dropout_when_short
    chance = short if setting.short else p.dropout
    supported = chance * p.dropout_when_supported
    return supported if setting.schooled else chance


@rule
def next_schooling(age, in_school, u, setting, p):
    """Whether a member is at school a quarter on: pupils of 11 to 17 may leave, children from 3 on may come back with support."""
    stays, comes = 0 if u < dropout_chance(setting, p) else 1, 1 if u < p.return_to_school else 0
    pupil = stays if (age >= 11) & (age < 18) else in_school
    child = comes if setting.schooled & (age >= 3) & (age < 16) else in_school
    return pupil if in_school == 1 else child


@rule
def next_nutrition(member, age, u, setting, p):
    """Whether a member is undernourished a quarter on: below five a child may fall short of food, below 16 it may recover."""
    thin = bits_of(member, UNDERNOURISHED, 1)
    chance = living.thin_chance(setting.food, setting.fed, p)
    onset = chance if age < 5 else f4(0.0)
    helped = p.recover_nutrition + p.nutrition_recovery
    recovery = helped if setting.fed else p.recover_nutrition
    after = 1 - living.next_service(1 - thin, u, recovery, onset)
    return after if age < 16 else thin


@stage
def meet_the_quarter(who, aid, record, c, w, s, p, rows, n):
    """What commune and household mean for every member of a row, into scratch, and sums over members begun at zero."""
    cell, lasting, matching = who.cell[rows], record.lasting_income[rows], aid.matching[rows]
    find_chance = c.find_chance
    for i in range(n):
        chance = find_chance[cell[i]]
        helped = work.matched_chance(chance, p)
        s.find[i] = helped if matching[i] > 0 else chance
        s.food[i] = lasting[i] / (p.consumption_floor * w.price_level)
    for i in range(n):
        s.labour[i], s.wage[i], s.steady_labour[i], s.steady_wage[i] = f4(0.0), f4(0.0), f4(0.0), f4(0.0)
        s.illness[i], s.found[i] = f4(0.0), 0


@stage
def live_members(people, aid, record, s, p, slot, rows, n):
    """One slot of every row of the block lives through the quarter. No branch, so that the loop takes sixteen rows at a time."""
    members, coping, shock = people.members[slot, rows], record.coping[rows], record.shocks[rows]
    school, matching, nutrition = aid.school_support[rows], aid.matching[rows], aid.nutrition_support[rows]
    words_0, words_1, words_2, words_3 = s.words[0], s.words[1], s.words[2], s.words[3]
    find, food, found = s.find, s.food, s.found
    for i in range(n):
        member, here = members[i], members[i] & 1
        setting = Setting(find[i], food[i], (coping[i] & CUT_SCHOOLING) != 0, school[i] > 0, matching[i] > 0, nutrition[i] > 0)
        after, event = next_member(member, words_0[i], words_1[i], words_2[i], words_3[i], setting, p)
        members[i] = after if here == 1 else member
        event = event if here == 1 else 0
        shock[i] |= event
        found[i] += 1 if event == JOB_FOUND else 0


@stage
def work_members(people, record, w, s, p, slot, rows, n):
    """Illness of one slot, and the labour and pay that its members give, this quarter and in health."""
    members, shock, words_0, words_1 = people.members[slot, rows], record.shocks[rows], s.words[0], s.words[1]
    labour, wage, illness, steady_labour, steady_wage = s.labour, s.wage, s.illness, s.steady_labour, s.steady_wage
    for i in range(n):
        member = members[i]
        age, state, disability = bits_of(member, AGE, 127), bits_of(member, WORK, 7), bits_of(member, DISABILITY, 3)
        here = (member & 1 == 1) & (state != ABROAD)
        ill = 1 if here & (f4_uniform(words_1[i]) < shocks.illness_chance(age, bits_of(member, CHRONIC, 1), p)) else 0
        shock[i] |= ILLNESS if ill == 1 else 0
        # A fresh normal from the bits that the chance did not use.
        noise = f4_normal((words_1[i] ^ words_0[i]) & u8(0xFFFFFFFF))
        cost = shocks.illness_cost(noise, bits_of(member, INSURED, 1), w.price_level, p)
        illness[i] += cost if ill == 1 else f4(0.0)
        able = work.is_able(age, disability, bits_of(member, IN_SCHOOL, 1))
        units = work.own_labour(state, age, able, disability, 0, p)
        pay = work.monthly_wage(state, bits_of(member, SCHOOLING, 15), bits_of(member, TRAINED, 1), 0, p)
        steady_labour[i] += units if here else f4(0.0)
        steady_wage[i] += pay if here else f4(0.0)
        weak_units, weak_pay = units * p.work_when_ill, pay * p.work_when_ill
        units, pay = (weak_units, weak_pay) if ill == 1 else (units, pay)
        labour[i] += units if here else f4(0.0)
        wage[i] += pay if here else f4(0.0)


@stage
def count_found(who, c, s, rows, n):
    """Jobs found by members, added to their communes'."""
    cell, found_by, found = who.cell[rows], s.found, c.found
    for i in range(n):
        found[cell[i]] += found_by[i]


@stage
def sum_labour(people, s, p, slot, rows, n):
    """Labour and pay of one slot as they stand, nobody ill: what the lasting income rests on."""
    members, steady_labour, steady_wage = people.members[slot, rows], s.steady_labour, s.steady_wage
    for i in range(n):
        member = members[i]
        state, age, disability = bits_of(member, WORK, 7), bits_of(member, AGE, 127), bits_of(member, DISABILITY, 3)
        here = (member & 1 == 1) & (state != ABROAD)
        units = work.own_labour(state, age, work.is_able(age, disability, bits_of(member, IN_SCHOOL, 1)), disability, 0, p)
        pay = work.monthly_wage(state, bits_of(member, SCHOOLING, 15), bits_of(member, TRAINED, 1), 0, p)
        steady_labour[i] += units if here else f4(0.0)
        steady_wage[i] += pay if here else f4(0.0)
