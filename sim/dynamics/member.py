"""A member's quarter: work, and for the young school and food. Every rule is free of branches: all is worked out, then chosen."""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from sim.agents import members as m
from sim.agents.codebook import Shock
from sim.dynamics import living, work
from sim.dynamics.frames import reader
from sim.dynamics.member_bits import bits_of, with_bits
from sim.kit.compiling import rule
from sim.kit.maths import f4_uniform

f4 = np.float32
u8 = np.uint64

AGE, SCHOOLING, TRAINED, IN_SCHOOL, WORK = m.AGE, m.SCHOOLING, m.TRAINED, m.IN_SCHOOL, m.WORK
DISABILITY, UNDERNOURISHED = m.DISABILITY, m.UNDERNOURISHED
QUARTERS, SEARCHING, FRESH = m.QUARTERS_IN_STATE, m.SEARCHING, m.COURSE_FRESH
ABROAD, OWN, CASUAL, CONTRACT = work.ABROAD, work.OWN, work.CASUAL, work.CONTRACT
UNEMPLOYED, NOT_WORKING = work.UNEMPLOYED, work.NOT_WORKING
JOB_LOST, JOB_FOUND = int(Shock.JOB_LOST), int(Shock.JOB_FOUND)
CAME_HOME, CAME_HOME_EARLY = int(Shock.CAME_HOME), int(Shock.CAME_HOME_EARLY)

# What commune and household mean for a member this quarter: a seeker's chance, lasting income over the consumption floor,
# whether spending on school was cut, and whether there is support for school, for finding work, for food.
Setting = namedtuple("Setting", "find food short schooled matched fed")

living_numbers = reader(
    "LivingNumbers",
    "early_return quarters_abroad seeks_after_return training_search_advantage stale_course_advantage contract_base "
    "contract_per_school_year course_in_school_years begin_search search_from_45 matching_begins_search discouraged "
    "lose_casual_job formalise lose_contract_job give_up_search dropout dropout_when_short "
    "dropout_when_supported return_to_school become_undernourished nutrition_onset_cut recover_nutrition nutrition_recovery "
    "course_fades stop_working",
)


@rule
def next_job(member, able, word_work, word_life, word_kind, setting, p):
    """A member's work and search a quarter on, and what happened to the work; a member not able to work leaves it."""
    age, state, searching = bits_of(member, AGE, 127), bits_of(member, WORK, 7), bits_of(member, SEARCHING, 1)
    trained, quarters = bits_of(member, TRAINED, 1), bits_of(member, QUARTERS, 15)
    u, u_life = f4_uniform(word_work), f4_uniform(word_life)
    back, in_time = work.is_back(quarters, u, p), work.ends_abroad(quarters, p)
    seeks = 1 if u_life < p.seeks_after_return else 0
    chance = work.hire_chance(setting.find, trained, bits_of(member, FRESH, 1), p)
    contract = work.contract_chance(bits_of(member, SCHOOLING, 15), trained, p)
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
