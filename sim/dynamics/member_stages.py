"""Stages of the quarter that look into member slots: living through it, and the tallies taken afterwards."""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.agents.codebook import Coping, Shock
from sim.agents.purposes import Purpose
from sim.dynamics import living, shocks, work
from sim.kit.compiling import rule, stage
from sim.kit.draws import philox
from sim.kit.maths import f4_normal, f4_uniform

f4 = np.float32
i4 = np.int32
u8 = np.uint64

PRESENT, AGE, SCHOOLING, TRAINED, CERTIFIED, IN_SCHOOL, WORK = m.PRESENT, m.AGE, m.SCHOOLING, m.TRAINED, m.CERTIFIED, m.IN_SCHOOL, m.WORK
INSURED, DISABILITY, CHRONIC, UNDERNOURISHED = m.INSURED, m.DISABILITY, m.CHRONIC, m.UNDERNOURISHED
QUARTERS, HEAD, SEARCHING, FRESH = m.QUARTERS_IN_STATE, m.HEAD, m.SEARCHING, m.COURSE_FRESH
FEMALE = m.FEMALE
ABROAD, OWN, CASUAL, CONTRACT = work.ABROAD, work.OWN, work.CASUAL, work.CONTRACT
UNEMPLOYED, NOT_WORKING = work.UNEMPLOYED, work.NOT_WORKING
ILLNESS, JOB_LOST, JOB_FOUND = int(Shock.ILLNESS), int(Shock.JOB_LOST), int(Shock.JOB_FOUND)
CUT_SCHOOLING = int(Coping.CUT_SCHOOLING)
MEMBER_PURPOSE = 1000 + 16 * int(Purpose.MEMBER)


@rule
def bits_of(member, shift, mask):
    """One field of a member word."""
    return (member >> shift) & mask


@rule
def with_bits(member, shift, mask, value):
    """A member word with one field replaced."""
    return i4((member & ~(mask << shift)) | (value << shift))


@stage
def draw_words(who, words, k0, k1, moment, rows, n):
    """Four random words for each row of the block, keyed by household and moment (quarter and purpose)."""
    origin, branch, replication = who.origin[rows], who.branch[rows], who.replication[rows]
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    for i in range(n):
        a, b, c, d = philox(u8(origin[i]), u8(branch[i]), u8(replication[i]), moment, k0, k1)
        w0[i] = a
        w1[i] = b
        w2[i] = c
        w3[i] = d


@rule
def next_member(member, word_work, word_ill, word_life, word_kind, find, lasting_ratio, cut_schooling, p):
    """A member a quarter on: work, and for the young schooling and nutrition. Returns the member and the job event."""
    age, in_school = bits_of(member, AGE, 127), bits_of(member, IN_SCHOOL, 1)
    schooling, trained = bits_of(member, SCHOOLING, 15), bits_of(member, TRAINED, 1)
    state, searching = bits_of(member, WORK, 7), bits_of(member, SEARCHING, 1)
    quarters = bits_of(member, QUARTERS, 15)
    u, u_life = f4_uniform(word_work), f4_uniform(word_life)
    after, event = state, 0
    if state == ABROAD:
        after = OWN if work.is_back(quarters, u, p) else ABROAD
    elif work.is_able(age, bits_of(member, DISABILITY, 3), in_school):
        chance = work.hire_chance(find, trained, bits_of(member, FRESH, 1), p.training_search_advantage)
        hired = f4_uniform(word_kind) < chance
        contract = work.contract_chance(schooling, trained, p.contract_base, p.contract_per_school_year)
        after = work.next_work(state, searching, age, hired, u, u_life, contract, p)
        found = ((after == CASUAL) | (after == CONTRACT)) & ((state == UNEMPLOYED) | (state == OWN))
        lost = (after == UNEMPLOYED) & ((state == CASUAL) | (state == CONTRACT))
        event = JOB_FOUND if found else (JOB_LOST if lost else 0)
        member = with_bits(member, SEARCHING, 1, work.next_search(after, searching, age, u_life, p))
    elif state != NOT_WORKING:
        after = NOT_WORKING
        member = with_bits(member, SEARCHING, 1, 0)
    if (bits_of(member, FRESH, 1) == 1) & (f4_uniform((word_ill << u8(16)) & u8(0xFFFFFFFF)) < f4(0.25)):
        member = with_bits(member, FRESH, 1, 0)
    if after != state:
        member = with_bits(with_bits(member, WORK, 7, after), QUARTERS, 15, 0)
    elif quarters < 15:
        member = with_bits(member, QUARTERS, 15, quarters + 1)
    if age < 16:
        member = next_child(member, age, in_school, u, f4_uniform(word_kind), lasting_ratio, cut_schooling, p)
    elif (age < 18) & (in_school == 1):
        member = with_bits(member, IN_SCHOOL, 1, 0 if u < dropout_chance(cut_schooling, p) else 1)
    return member, event


@rule
def dropout_chance(cut_schooling, p):
    """Chance that a pupil leaves school this quarter, higher while the household goes short."""
    return p.dropout * p.dropout_when_short if cut_schooling else p.dropout


@rule
def next_child(member, age, in_school, u, u_food, lasting_ratio, cut_schooling, p):
    """A child a quarter on: may leave school from 11, may fall short of food below five, may recover."""
    if (age >= 11) & (in_school == 1):
        member = with_bits(member, IN_SCHOOL, 1, 0 if u < dropout_chance(cut_schooling, p) else 1)
    onset = p.become_undernourished / max(lasting_ratio, f4(0.5)) if age < 5 else f4(0.0)
    fed = living.next_service(1 - bits_of(member, UNDERNOURISHED, 1), u_food, p.recover_nutrition, onset)
    return with_bits(member, UNDERNOURISHED, 1, 1 - fed)


@stage
def live_members(who, people, record, c, w, s, p, slot, rows, n):
    """One slot of every row of the block lives through the quarter; labour, pay and illness are summed into scratch."""
    members = people.members[slot, rows]
    cell, lasting = who.cell[rows], record.lasting_income[rows]
    coping, shock = record.coping[rows], record.shocks[rows]
    labour, wage, illness = s.labour, s.wage, s.illness
    for i in range(n):
        member = members[i]
        if member & 1 == 0:
            continue
        at = cell[i]
        ratio = lasting[i] / (p.consumption_floor * w.price_level)
        short = (coping[i] & CUT_SCHOOLING) != 0
        member, event = next_member(
            member, s.words[0, i], s.words[1, i], s.words[2, i], s.words[3, i], c.find_chance[at], ratio, short, p
        )
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
            labour[i] += work.own_labour(state, age, able, disability, ill)
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
            s.labour[i] += work.own_labour(state, age, able, disability, 0)
            s.wage[i] += work.monthly_wage(state, bits_of(member, SCHOOLING, 15), bits_of(member, TRAINED, 1), 0, p)


@rule
def lacks_level(age, schooling, trained, in_school):
    """Aged 16 to 30 without the schooling or training that the age calls for (Decree 07/2021)."""
    least = 9 if age < 18 else 12
    return (age >= 16) & (age <= 30) & (in_school == 0) & (trained == 0) & (schooling < least)


@rule
def assistance_coefficient(age, disability):
    """Multiple of the assistance standard a member is entitled to: disability, or 80 and over (Decree 20/2021, articles 5-6)."""
    dependent_age = (age < 16) | (age >= 60)
    severe = f4(2.0) if dependent_age else f4(1.5)
    extreme = f4(2.5) if dependent_age else f4(2.0)
    old = f4(1.0) if age >= 80 else f4(0.0)
    return extreme if disability == 2 else (severe if disability == 1 else old)


@stage
def clear(column, rows):
    """Zero some rows of a column: a function of its own, so that it is compiled once for all of them."""
    part = column[rows]
    for i in range(len(part)):
        part[i] = 0


@stage
def clear_tallies(people, tally, s, rows, n):
    """Zero every tally and member sum of the block; members beyond the eighth are counted as at home."""
    for column in (tally.children, tally.elderly, tally.workers, tally.able, tally.dependants, tally.disabled, tally.chronic,
                   tally.unemployed, tally.seekers, tally.wage_workers, tally.without_contract, tally.abroad, tally.uninsured,
                   tally.uninsured_from_6, tally.undernourished, tally.young_untrained, tally.children_out_of_school, tally.trainable,
                   tally.trained, tally.certified, tally.female_head, tally.head_schooling):
        clear(column, rows)
    tally.members_at_home[rows] = people.others[rows]
    tally.members_counted[rows] = people.others[rows]
    for i in range(n):
        s.assistance[i] = f4(0.0)


@stage
def tally_people(people, tally, s, slot, rows, n):
    """Counts of one slot that describe people: ages, health, cover, schooling."""
    members = people.members[slot, rows]
    at_home, counted, abroad = tally.members_at_home[rows], tally.members_counted[rows], tally.abroad[rows]
    children, elderly, dependants = tally.children[rows], tally.elderly[rows], tally.dependants[rows]
    disabled, chronic, undernourished = tally.disabled[rows], tally.chronic[rows], tally.undernourished[rows]
    uninsured, uninsured_6, out_of_school = tally.uninsured[rows], tally.uninsured_from_6[rows], tally.children_out_of_school[rows]
    for i in range(n):
        member = members[i]
        age, state = bits_of(member, AGE, 127), bits_of(member, WORK, 7)
        here = (member & 1) & (1 if state != ABROAD else 0)
        disability, insured = bits_of(member, DISABILITY, 3), bits_of(member, INSURED, 1)
        child, drawing = (1 if age < 16 else 0), (1 if (disability > 0) | (age >= 80) else 0)
        at_home[i] += here
        counted[i] += here | ((member & 1) & (1 if (state == ABROAD) & (bits_of(member, QUARTERS, 15) < 2) else 0))
        abroad[i] += (member & 1) & (1 if state == ABROAD else 0)
        children[i] += here & child
        elderly[i] += here & (1 if age >= 60 else 0)
        dependants[i] += here & (child | drawing)
        disabled[i] += here & (1 if disability > 0 else 0)
        chronic[i] += here & bits_of(member, CHRONIC, 1)
        undernourished[i] += here & child & bits_of(member, UNDERNOURISHED, 1)
        uninsured[i] += here & (1 - insured)
        uninsured_6[i] += here & (1 - insured) & (1 if age >= 6 else 0)
        out_of_school[i] += here & (1 if (age >= 3) & (age < 16) else 0) & (1 - bits_of(member, IN_SCHOOL, 1))
        s.assistance[i] += f4(here) * assistance_coefficient(age, disability)


@stage
def tally_labour(people, tally, slot, rows, n):
    """Counts of one slot that describe labour: ability, work, training, the head."""
    members = people.members[slot, rows]
    workers, able, unemployed = tally.workers[rows], tally.able[rows], tally.unemployed[rows]
    seekers, wage_workers, casual = tally.seekers[rows], tally.wage_workers[rows], tally.without_contract[rows]
    young_untrained, trainable = tally.young_untrained[rows], tally.trainable[rows]
    trained_count, certified = tally.trained[rows], tally.certified[rows]
    female_head, head_schooling = tally.female_head[rows], tally.head_schooling[rows]
    for i in range(n):
        member = members[i]
        age, state, trained = bits_of(member, AGE, 127), bits_of(member, WORK, 7), bits_of(member, TRAINED, 1)
        schooling, in_school = bits_of(member, SCHOOLING, 15), bits_of(member, IN_SCHOOL, 1)
        here = (member & 1) & (1 if state != ABROAD else 0)
        fit = here & (1 if work.is_able(age, bits_of(member, DISABILITY, 3), in_school) else 0)
        searching, head = bits_of(member, SEARCHING, 1), (member & 1) & bits_of(member, HEAD, 1)
        able[i] += fit
        workers[i] += here & (1 if (state == OWN) | (state == CASUAL) | (state == CONTRACT) else 0)
        unemployed[i] += fit & (1 if state == UNEMPLOYED else 0)
        seekers[i] += fit & (1 if (state == UNEMPLOYED) | ((state == OWN) & (searching == 1)) else 0)
        wage_workers[i] += here & (1 if (state == CASUAL) | (state == CONTRACT) else 0)
        casual[i] += here & (1 if state == CASUAL else 0)
        young_untrained[i] += here & (1 if lacks_level(age, schooling, trained, in_school) else 0)
        trainable[i] += fit & (1 if age <= 60 else 0) & (1 - trained)
        trained_count[i] += fit & trained
        certified[i] += fit & bits_of(member, CERTIFIED, 1)
        female_head[i] += head & bits_of(member, FEMALE, 1)
        head_schooling[i] += schooling if head == 1 else 0
