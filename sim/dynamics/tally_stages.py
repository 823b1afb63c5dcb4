"""Tallies over the member slots, so that indicators and levers are sentences over household columns."""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.dynamics import work
from sim.dynamics.frames import ASSISTANCE_FIELDS, reader
from sim.dynamics.member_bits import bits_of
from sim.kit.compiling import rule, stage

f4 = np.float32
i4 = np.int32

AGE, FEMALE, SCHOOLING, TRAINED, CERTIFIED = m.AGE, m.FEMALE, m.SCHOOLING, m.TRAINED, m.CERTIFIED
IN_SCHOOL, WORK, INSURED, DISABILITY, CHRONIC = m.IN_SCHOOL, m.WORK, m.INSURED, m.DISABILITY, m.CHRONIC
UNDERNOURISHED, QUARTERS, HEAD, SEARCHING = m.UNDERNOURISHED, m.QUARTERS_IN_STATE, m.HEAD, m.SEARCHING
ABROAD, OWN, CASUAL, CONTRACT, UNEMPLOYED = work.ABROAD, work.OWN, work.CASUAL, work.CONTRACT, work.UNEMPLOYED


@rule
def lacks_level(age, schooling, trained, in_school):
    """Aged 16 to 30 without the schooling or training that the age calls for (Decree 07/2021)."""
    least = 9 if age < 18 else 12
    return (age >= 16) & (age <= 30) & (in_school == 0) & (trained == 0) & (schooling < least)


assistance_numbers = reader("AssistanceNumbers", " ".join(ASSISTANCE_FIELDS))


@rule
def assistance_coefficient(age, disability, w):
    """Multiple of the assistance standard a member is entitled to by the law of the day: disability, or old age without pension."""
    dependent_age = (age < 16) | (f4(age) >= w.elderly_from)
    severe = w.severe_dependent if dependent_age else w.severe
    extreme = w.extreme_dependent if dependent_age else w.extreme
    old = w.old if f4(age) >= w.old_from else f4(0.0)
    return extreme if disability == 2 else (severe if disability == 1 else old)


# Counts of a household's members, eight to a word of four bits each, in the order of these names.
COUNTED_PEOPLE = ("members_at_home", "members_counted", "abroad", "children", "elderly", "dependants", "disabled", "undernourished")
COUNTED_LACKS = ("chronic", "uninsured", "uninsured_from_6", "children_out_of_school", "young_untrained", "certified", "female_head")
COUNTED_WORK = ("able", "workers", "unemployed", "seekers", "wage_workers", "without_contract", "trainable", "trained")


@rule
def count_people(member, w):
    """A member's part in the counts of ``COUNTED_PEOPLE``."""
    age, state = bits_of(member, AGE, 127), bits_of(member, WORK, 7)
    gone, disability = (1 if state == ABROAD else 0), bits_of(member, DISABILITY, 3)
    here, away = (member & 1) & (1 - gone), (member & 1) & gone
    lately = away & (1 if bits_of(member, QUARTERS, 15) <= 2 else 0)
    child, elderly = here & (1 if age < 16 else 0), here & (1 if age >= 60 else 0)
    disabled = here & (1 if disability > 0 else 0)
    dependant = child | disabled | (here & (1 if f4(age) >= w.old_from else 0))
    low = here | ((here | lately) << 4) | (away << 8) | (child << 12)
    thin = child & bits_of(member, UNDERNOURISHED, 1)
    return i4(low | (elderly << 16) | (dependant << 20) | (disabled << 24) | (thin << 28))


@rule
def count_lacks(member):
    """A member's part in the counts of ``COUNTED_LACKS``."""
    age, in_school, trained = bits_of(member, AGE, 127), bits_of(member, IN_SCHOOL, 1), bits_of(member, TRAINED, 1)
    here = (member & 1) & (1 if bits_of(member, WORK, 7) != ABROAD else 0)
    able = here & (1 if work.is_able(age, bits_of(member, DISABILITY, 3), in_school) else 0)
    uninsured = here & (1 - bits_of(member, INSURED, 1))
    out_of_school = here & (1 - in_school) & (1 if (age >= 3) & (age < 16) else 0)
    untrained = here & (1 if lacks_level(age, bits_of(member, SCHOOLING, 15), trained, in_school) else 0)
    female_head = (member & 1) & bits_of(member, HEAD, 1) & bits_of(member, FEMALE, 1)
    from_6 = uninsured & (1 if age >= 6 else 0)
    low = (here & bits_of(member, CHRONIC, 1)) | (uninsured << 4) | (from_6 << 8) | (out_of_school << 12) | (untrained << 16)
    return i4(low | ((able & bits_of(member, CERTIFIED, 1)) << 20) | (female_head << 24))


@rule
def count_work(member):
    """A member's part in the counts of ``COUNTED_WORK``."""
    age, state, trained = bits_of(member, AGE, 127), bits_of(member, WORK, 7), bits_of(member, TRAINED, 1)
    here = (member & 1) & (1 if state != ABROAD else 0)
    able = here & (1 if work.is_able(age, bits_of(member, DISABILITY, 3), bits_of(member, IN_SCHOOL, 1)) else 0)
    own, casual = here & (1 if state == OWN else 0), here & (1 if state == CASUAL else 0)
    waged, jobless = casual | (here & (1 if state == CONTRACT else 0)), able & (1 if state == UNEMPLOYED else 0)
    seeker = jobless | (able & own & bits_of(member, SEARCHING, 1))
    low = able | ((own | waged) << 4) | (jobless << 8) | (seeker << 12) | (waged << 16) | (casual << 20)
    return i4(low | ((able & (1 - trained) & (1 if age <= 60 else 0)) << 24) | ((able & trained) << 28))


@stage
def clear_counts(s, n):
    """Zero every sum over members."""
    present, lacking, working, schooling, assistance = s.counts[0], s.counts[1], s.counts[2], s.counts[3], s.assistance
    for i in range(n):
        present[i], lacking[i], working[i], schooling[i], assistance[i] = 0, 0, 0, 0, f4(0.0)


@stage
def count_members(people, w, s, slot, rows, n):
    """One slot of every row is counted; the head's schooling and the assistance that members are entitled to are summed up."""
    members, assistance = people.members[slot, rows], s.assistance
    present, lacking, working, schooling = s.counts[0], s.counts[1], s.counts[2], s.counts[3]
    law = assistance_numbers(w)
    for i in range(n):
        member = members[i]
        present[i] += count_people(member, law)
        lacking[i] += count_lacks(member)
        working[i] += count_work(member)
        schooling[i] += bits_of(member, SCHOOLING, 15) if (member & 1) & bits_of(member, HEAD, 1) == 1 else 0
        here = (member & 1 == 1) & (bits_of(member, WORK, 7) != ABROAD)
        coefficient = assistance_coefficient(bits_of(member, AGE, 127), bits_of(member, DISABILITY, 3), law)
        assistance[i] += coefficient if here else f4(0.0)


@stage
def unpack(column, counts, shift, rows, n):
    """One count of every row out of the packed ones: a function of its own, so that it is compiled once for all columns."""
    part = column[rows]
    for i in range(n):
        part[i] = (counts[i] >> shift) & 15


@stage
def write_tallies(people, tally, s, rows, n):
    """Every tally of the block; members beyond the eighth are counted as at home."""
    others, home, counted = people.others[rows], tally.members_at_home[rows], tally.members_counted[rows]
    head_schooling, schooling, packed = tally.head_schooling[rows], s.counts[3], s.counts[0]
    for i in range(n):
        home[i] = others[i] + (packed[i] & 15)
        counted[i] = others[i] + ((packed[i] >> 4) & 15)
        head_schooling[i] = schooling[i]
    columns = (tally.abroad, tally.children, tally.elderly, tally.dependants, tally.disabled, tally.undernourished)
    for k in range(len(columns)):
        unpack(columns[k], packed, 8 + 4 * k, rows, n)
    columns = (tally.chronic, tally.uninsured, tally.uninsured_from_6, tally.children_out_of_school, tally.young_untrained,
               tally.certified, tally.female_head)
    for k in range(len(columns)):
        unpack(columns[k], s.counts[1], 4 * k, rows, n)
    columns = (tally.able, tally.workers, tally.unemployed, tally.seekers, tally.wage_workers, tally.without_contract,
               tally.trainable, tally.trained)
    for k in range(len(columns)):
        unpack(columns[k], s.counts[2], 4 * k, rows, n)
