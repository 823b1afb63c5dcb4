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
def next_member(member, word_work, word_ill, word_life, word_kind, setting, p):
    """A member a quarter on: work, and for the young schooling and nutrition. Returns the member and what happened to the work."""
    age, in_school = bits_of(member, AGE, 127), bits_of(member, IN_SCHOOL, 1)
    schooling, trained = bits_of(member, SCHOOLING, 15), bits_of(member, TRAINED, 1)
    state, searching = bits_of(member, WORK, 7), bits_of(member, SEARCHING, 1)
    quarters = bits_of(member, QUARTERS, 15)
    u, u_life = f4_uniform(word_work), f4_uniform(word_life)
    after, event = state, 0
    if state == ABROAD:
        if work.is_back(quarters, u, p):
            after, event = OWN, CAME_HOME if work.ends_abroad(quarters, p) else CAME_HOME_EARLY
            member = with_bits(member, SEARCHING, 1, 1 if u_life < p.seeks_after_return else 0)
    elif work.is_able(age, bits_of(member, DISABILITY, 3), in_school):
        chance = work.hire_chance(setting.find, trained, bits_of(member, FRESH, 1), p.training_search_advantage)
        hired = f4_uniform(word_kind) < chance
        contract = work.contract_chance(schooling, trained, p.contract_base, p.contract_per_school_year)
        begin = work.begin_chance(setting.matched, p)
        after = work.next_work(state, searching, hired, u, u_life, contract, begin, p)
        found = ((after == CASUAL) | (after == CONTRACT)) & ((state == UNEMPLOYED) | (state == OWN))
        lost = (after == UNEMPLOYED) & ((state == CASUAL) | (state == CONTRACT))
        event = JOB_FOUND if found else (JOB_LOST if lost else 0)
        member = with_bits(member, SEARCHING, 1, work.next_search(after, searching, age, u_life, begin, p))
    elif state != NOT_WORKING:
        after = NOT_WORKING
        member = with_bits(member, SEARCHING, 1, 0)
    if (bits_of(member, FRESH, 1) == 1) & (f4_uniform((word_ill << u8(16)) & u8(0xFFFFFFFF)) < p.course_fades):
        member = with_bits(member, FRESH, 1, 0)
    if after != state:
        member = with_bits(with_bits(member, WORK, 7, after), QUARTERS, 15, 0)
    elif quarters < 15:
        member = with_bits(member, QUARTERS, 15, quarters + 1)
    if age < 16:
        member = next_child(member, age, in_school, u, f4_uniform(word_kind), setting, p)
    elif (age < 18) & (in_school == 1):
        member = with_bits(member, IN_SCHOOL, 1, 0 if u < dropout_chance(setting, p) else 1)
    return member, event


@rule
def dropout_chance(setting, p):
    """Chance that a pupil leaves school this quarter: higher while the household goes short, lower with support."""
    chance = p.dropout * p.dropout_when_short if setting.short else p.dropout
    return chance * p.dropout_when_supported if setting.schooled else chance


@rule
def next_child(member, age, in_school, u, u_food, setting, p):
    """A child a quarter on: may leave school from 11, may come back with support, may fall short of food below five or recover."""
    if (age >= 11) & (in_school == 1):
        member = with_bits(member, IN_SCHOOL, 1, 0 if u < dropout_chance(setting, p) else 1)
    elif setting.schooled & (age >= 3) & (in_school == 0):
        member = with_bits(member, IN_SCHOOL, 1, 1 if u < p.return_to_school else 0)
    onset = living.thin_chance(setting.food, setting.fed, p) if age < 5 else f4(0.0)
    recovery = p.recover_nutrition + p.nutrition_recovery if setting.fed else p.recover_nutrition
    fed = living.next_service(1 - bits_of(member, UNDERNOURISHED, 1), u_food, recovery, onset)
    return with_bits(member, UNDERNOURISHED, 1, 1 - fed)


@stage
def live_members(who, people, aid, record, c, w, s, p, slot, rows, n):
    """One slot of every row of the block lives through the quarter; labour, pay and illness are summed into scratch."""
    members = people.members[slot, rows]
    cell, lasting = who.cell[rows], record.lasting_income[rows]
    coping, shock = record.coping[rows], record.shocks[rows]
    school, matching, nutrition = aid.school_support[rows], aid.matching[rows], aid.nutrition_support[rows]
    labour, wage, illness = s.labour, s.wage, s.illness
    for i in range(n):
        member = members[i]
        if member & 1 == 0:
            continue
        at = cell[i]
        ratio = lasting[i] / (p.consumption_floor * w.price_level)
        matched = matching[i] > 0
        find = work.matched_chance(c.find_chance[at], p) if matched else c.find_chance[at]
        setting = Setting(find, ratio, (coping[i] & CUT_SCHOOLING) != 0, school[i] > 0, matched, nutrition[i] > 0)
        member, event = next_member(member, s.words[0, i], s.words[1, i], s.words[2, i], s.words[3, i], setting, p)
        if event == JOB_FOUND:
            c.found[at] += 1
        shock[i] |= event
        age, state, disability = bits_of(member, AGE, 127), bits_of(member, WORK, 7), bits_of(member, DISABILITY, 3)
        ill = 0
        if (state != ABROAD) & (f4_uniform(s.words[1, i]) < shocks.illness_chance(age, bits_of(member, CHRONIC, 1), p)):
            ill = 1
            shock[i] |= ILLNESS
            # A fresh normal from the bits that the chance did not use.
            noise = f4_normal((s.words[1, i] ^ s.words[0, i]) & u8(0xFFFFFFFF))
            illness[i] += shocks.illness_cost(noise, bits_of(member, INSURED, 1), w.price_level, p)
        able = work.is_able(age, disability, bits_of(member, IN_SCHOOL, 1))
        if state != ABROAD:
            labour[i] += work.own_labour(state, age, able, disability, ill, p)
            wage[i] += work.monthly_wage(state, bits_of(member, SCHOOLING, 15), bits_of(member, TRAINED, 1), ill, p)
        members[i] = member


@stage
def sum_labour(people, s, p, slot, rows, n):
    """Labour and pay of one slot as they stand, nobody ill: what the lasting income rests on at the start."""
    members = people.members[slot, rows]
    for i in range(n):
        member = members[i]
        state, age, disability = bits_of(member, WORK, 7), bits_of(member, AGE, 127), bits_of(member, DISABILITY, 3)
        if (member & 1 == 1) & (state != ABROAD):
            able = work.is_able(age, disability, bits_of(member, IN_SCHOOL, 1))
            s.labour[i] += work.own_labour(state, age, able, disability, 0, p)
            s.wage[i] += work.monthly_wage(state, bits_of(member, SCHOOLING, 15), bits_of(member, TRAINED, 1), 0, p)
