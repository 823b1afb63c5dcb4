"""Who comes into a household on 1 January: the newborn, one of those beyond the eighth, a new head in the place of one who died."""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.agents.codebook import Shock
from sim.dynamics.member_bits import bits_of, with_bits
from sim.kit.compiling import rule, stage

f4 = np.float32
i4 = np.int32
u8 = np.uint64

AGE, FEMALE, SCHOOLING, IN_SCHOOL, INSURED, HEAD = m.AGE, m.FEMALE, m.SCHOOLING, m.IN_SCHOOL, m.INSURED, m.HEAD
BIRTH = int(Shock.BIRTH)


@rule
def first_free(members, i):
    """The lowest slot of row ``i`` that nobody has, -1 for none."""
    free = -1
    for slot in range(m.SLOTS - 1, -1, -1):
        free = slot if members[slot, i] & 1 == 0 else free
    return free


@rule
def child_of_others(word):
    """One of those beyond the eighth, who were only counted: from now on a child of 0 to 15, at school as the age has it."""
    age, girl = i4((word >> u8(12)) & u8(15)), i4((word >> u8(16)) & u8(1))
    pupil, grades = 1 if age >= 3 else 0, max(age - 6, 0)
    return i4(1 | (age << AGE) | (girl << FEMALE) | (grades << SCHOOLING) | (pupil << IN_SCHOOL) | (1 << INSURED))


@stage
def welcome_newborn(people, record, s, rows, n):
    """One of the others comes into a free slot, a child born takes the next; a household without a head gets its oldest as head."""
    others, hit = people.others[rows], record.shocks[rows]
    members = people.members[:, rows]
    for i in range(n):
        if others[i] > 0:
            free, present = first_free(members, i), 0
            for slot in range(m.SLOTS):
                present += members[slot, i] & 1
            if (free >= 0) & (present > 0):
                members[free, i] = child_of_others(s.words[3, i])
                others[i] -= 1
        if s.illness[i] > f4(0.0):
            hit[i] |= BIRTH
            girl = i4(s.words[2, i] & u8(1))
            baby = i4(1 | (girl << FEMALE) | (1 << INSURED))
            free = first_free(members, i)
            if free >= 0:
                members[free, i] = baby
            else:
                others[i] += 1
        headed, oldest, oldest_age = 0, -1, -1
        for slot in range(m.SLOTS):
            here = members[slot, i] & 1
            headed += here & bits_of(members[slot, i], HEAD, 1)
            age = bits_of(members[slot, i], AGE, 127)
            if (here == 1) & (age > oldest_age):
                oldest, oldest_age = slot, age
        if (headed == 0) & (oldest >= 0):
            members[oldest, i] = with_bits(members[oldest, i], HEAD, 1, 1)
