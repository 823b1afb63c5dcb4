"""What 1 January asks of every household, in compiled loops: who is left at home, who is grown."""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.agents.members import Work
from sim.dynamics.member_bits import bits_of
from sim.kit.compiling import entry, rule

AGE, HEAD, WORK = m.AGE, m.HEAD, m.WORK
ABROAD = int(Work.ABROAD)
YOUNGEST, OLDEST, YOUNGER_THAN_HEAD = 22, 34, 16


@rule
def is_grown_child(member, head_age):
    """A grown child at home: 22 to 34, not the head, and at least 16 years younger."""
    age = bits_of(member, AGE, 127)
    here = (member & 1 == 1) & (bits_of(member, HEAD, 1) == 0) & (bits_of(member, WORK, 7) != ABROAD)
    return here & (age >= YOUNGEST) & (age <= OLDEST) & (age <= head_age - YOUNGER_THAN_HEAD)


@entry
def find_grown_children(members, count, first):
    """How many grown children live in each household, and the slot of the first; ``members`` (slots, rows)."""
    for i in range(len(count)):
        head_age = 0
        for slot in range(m.SLOTS):
            member = members[slot, i]
            if (member & 1 == 1) & (bits_of(member, HEAD, 1) == 1):
                head_age = max(head_age, bits_of(member, AGE, 127))
        count[i], first[i] = 0, 0
        for slot in range(m.SLOTS - 1, -1, -1):
            if is_grown_child(members[slot, i], head_age):
                count[i] += 1
                first[i] = slot


@entry
def count_members(members, count):
    """Members in the slots of each household, at home or abroad."""
    for slot in range(m.SLOTS):
        for i in range(len(count)):
            count[i] += members[slot, i] & 1


def grown_children(members: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Grown children of each household and the slot of the first of them, 0 if there is none: two int64 arrays."""
    count, first = np.empty(members.shape[1], dtype=np.int64), np.empty(members.shape[1], dtype=np.int64)
    find_grown_children(members, count, first)
    return count, first


def people_in(members: np.ndarray) -> np.ndarray:
    """Members of each household but those beyond the eighth, uint8."""
    count = np.zeros(members.shape[1], dtype=np.uint8)
    count_members(members, count)
    return count
