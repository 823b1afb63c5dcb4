"""Members' conditions that follow the household's propensity to lack: cards, school of children, nutrition."""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.agents.members import Work
from sim.agents.purposes import Purpose
from sim.kit.compiling import entry, rule
from sim.kit.draws import philox
from sim.population.people import band, high, low

u8, i8, i4 = np.uint64, np.int64, np.int32

CONDITION = 1000 + 16 * int(Purpose.MEMBER_CONDITION)
CONTRACT = int(Work.CONTRACT)


@rule
def card_class(age, pupil, work):
    """Whose card is certain: 0 below six, 1 pupils, 2 contract workers, 3 from eighty on; -1 the others, -2 at half their risk."""
    if age < 6:
        return 0
    if pupil == 1:
        return 1
    if work == CONTRACT:
        return 2
    if age >= 80:
        return 3
    return -2 if age >= 60 else -1


@entry
def card_exposure(lo, hi, members, t, exposed, expected):
    """Sum over members: ``exposed`` in half persons whose card is their choice; ``expected`` without one among the rest, of 65,536."""
    for slot in range(m.SLOTS):
        for i in range(lo, hi):
            word = i8(members[slot, i])
            if word & 1 == 0:
                continue
            who = card_class((word >> m.AGE) & 127, (word >> m.IN_SCHOOL) & 1, (word >> m.WORK) & 7)
            if who < 0:
                exposed[i] += 2 if who == -1 else 1
            else:
                expected[i] += t.no_card[who]


@entry
def settle_conditions(lo, hi, k0, k1, origin, replication, uninsured, risk, t, members):
    """Write cards, children's school and nutrition into the members of rows lo to hi.

    ``uninsured`` is the household's chance (of 65,536) that a member who chooses has no card; ``risk`` its relative
    risk of other lacks, in 256ths.
    """
    for i in range(lo, hi):
        for slot in range(m.SLOTS):
            word = i8(members[slot, i])
            if word & 1 == 0:
                continue
            a, b, _, _ = philox(u8(origin[i]), u8(0), u8(replication[i]), u8(CONDITION + slot), k0, k1)
            age, pupil = (word >> m.AGE) & 127, (word >> m.IN_SCHOOL) & 1
            who = card_class(age, pupil, (word >> m.WORK) & 7)
            if who >= 0:
                chance = t.no_card[who]
            else:
                chance = uninsured[i] if who == -1 else uninsured[i] >> 1
            word |= (0 if low(a) < chance else 1) << m.INSURED
            if (age >= 3) & (age < 16):
                out = low(b) < min(t.out_shares[band(t.out_ages, age)] * risk[i] >> 8, 40_000)
                if out:
                    word &= ~(1 << m.IN_SCHOOL)
                behind = 1 + high(b) % 3 if out else 0
                word |= min(max(age - 6 - behind, 0), 12) << m.SCHOOLING
            if age < 16:
                thin = high(a) < min(t.thin_shares[band(t.thin_ages, age)] * risk[i] >> 8, 50_000)
                word |= (1 if thin else 0) << m.UNDERNOURISHED
            members[slot, i] = i4(word)
