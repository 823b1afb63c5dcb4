"""Tallies over the member slots, so that indicators and levers are sentences over household columns."""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.dynamics import work
from sim.dynamics.member_bits import bits_of
from sim.kit.compiling import rule, stage

f4 = np.float32

AGE, FEMALE, SCHOOLING, TRAINED, CERTIFIED = m.AGE, m.FEMALE, m.SCHOOLING, m.TRAINED, m.CERTIFIED
IN_SCHOOL, WORK, INSURED, DISABILITY, CHRONIC = m.IN_SCHOOL, m.WORK, m.INSURED, m.DISABILITY, m.CHRONIC
UNDERNOURISHED, QUARTERS, HEAD, SEARCHING = m.UNDERNOURISHED, m.QUARTERS_IN_STATE, m.HEAD, m.SEARCHING
ABROAD, OWN, CASUAL, CONTRACT, UNEMPLOYED = work.ABROAD, work.OWN, work.CASUAL, work.CONTRACT, work.UNEMPLOYED


@rule
def lacks_level(age, schooling, trained, in_school):
    """Aged 16 to 30 without the schooling or training that the age calls for (Decree 07/2021)."""
    least = 9 if age < 18 else 12
    return (age >= 16) & (age <= 30) & (in_school == 0) & (trained == 0) & (schooling < least)


@rule
def assistance_coefficient(age, disability, w):
    """Multiple of the assistance standard a member is entitled to by the law of the day: disability, or old age without pension."""
    dependent_age = (age < 16) | (f4(age) >= w.elderly_from)
    severe = w.severe_dependent if dependent_age else w.severe
    extreme = w.extreme_dependent if dependent_age else w.extreme
    old = w.old if f4(age) >= w.old_from else f4(0.0)
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
def tally_people(people, tally, w, s, slot, rows, n):
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
        child, drawing = (1 if age < 16 else 0), (1 if (disability > 0) | (f4(age) >= w.old_from) else 0)
        at_home[i] += here
        counted[i] += here | ((member & 1) & (1 if (state == ABROAD) & (bits_of(member, QUARTERS, 15) <= 2) else 0))
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
        s.assistance[i] += f4(here) * assistance_coefficient(age, disability, w)


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
