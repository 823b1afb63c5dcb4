"""Members at the start: families by size and kind, with ages, schooling, work, training and health.

Compiled; every choice compares sixteen random bits with a threshold, so the result is whole numbers and equal everywhere.
Each member's word is drawn under the member's own key, so a change in one household moves no other.
"""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.agents.members import Work
from sim.agents.purposes import Purpose
from sim.kit.compiling import entry, rule
from sim.kit.draws import philox
from sim.population.relatives import age_of, is_female

u8, i8, i4 = np.uint64, np.int64, np.int32

MAKEUP, START, START_WORK = int(Purpose.FAMILY_MAKEUP), 1000 + 16 * int(Purpose.MEMBER_START), 1000 + 16 * int(Purpose.MEMBER_WORK_START)
OWN, CASUAL, CONTRACT, IDLE = int(Work.OWN), int(Work.CASUAL), int(Work.CONTRACT), int(Work.NOT_WORKING)
UNEMPLOYED, ABROAD = int(Work.UNEMPLOYED), int(Work.ABROAD)
AGE, FEMALE, SCHOOLING, TRAINED, CERTIFIED, IN_SCHOOL = m.AGE, m.FEMALE, m.SCHOOLING, m.TRAINED, m.CERTIFIED, m.IN_SCHOOL
WORK, DISABILITY, CHRONIC, QUARTERS, HEAD, SEARCHING = m.WORK, m.DISABILITY, m.CHRONIC, m.QUARTERS_IN_STATE, m.HEAD, m.SEARCHING


@rule
def low(word):
    """The lower sixteen bits of a random word."""
    return i8(word) & 65_535


@rule
def high(word):
    """The upper sixteen bits of a random word."""
    return i8(word) >> 16


@rule
def pick(cumulative, u):
    """The first class whose threshold lies above ``u``."""
    at = 0
    while (at < len(cumulative) - 1) & (u >= cumulative[at]):
        at += 1
    return at


@rule
def band(ends, age):
    """Which age band an age falls into; ``ends`` are the first ages beyond each band."""
    at = 0
    while (at < len(ends) - 1) & (age >= ends[at]):
        at += 1
    return at


@rule
def shared(own, common, selector, share):
    """A draw that is the household's with chance ``share``, else the member's own: alike within the family, exact in the mass."""
    return common if selector < share else own


@rule
def school_years(age, u, urban, t):
    """Completed years of those who have left school, by age band; towns are a step ahead."""
    if urban == 1:
        u = u + ((65_535 - u) * t.urban_lift >> 16)
    return t.school_years[pick(t.school_cumulative[band(t.school_ages, age)], u)]


@rule
def at_school(age, u, t):
    """Whether a member is a pupil or student; children from three on until their own risks are known."""
    if (age >= 16) & (age < 16 + len(t.pupils)):
        return 1 if u >= 65_536 - t.pupils[age - 16] else 0
    return 1 if (age >= 3) & (age < 16) else 0


@rule
def first_work(age, female, head, years, own_share, luck, t):
    """Work of an able member at the start; ``luck`` holds three sixteen-bit draws: idle, state, own work."""
    u_idle, u_state, u_own = luck
    at = band(t.work_ages, age)
    idle = t.idle_women[at] if female == 1 else t.idle_men[at]
    if u_idle < idle:
        return IDLE
    if u_state < t.unemployed[at]:
        return UNEMPLOYED
    if (head == 0) & (u_state >= 65_536 - t.abroad[at]):
        return ABROAD
    if u_own < own_share[at]:
        return OWN
    contract = min(max(t.contract_base + t.contract_per_year * (years - 9), 1_500), 64_000)
    return CONTRACT if high(u8(u_idle * 40_503 & 0xFFFFFFFF)) < contract else CASUAL


@rule
def training_of(age, years, work, u, t):
    """0 untrained, 1 trained, 2 trained with a certificate."""
    chance = t.trained[pick_last(t.trained_from, years)] * t.training_relative[band(t.training_ages, age)] >> 16
    if work == CONTRACT:
        chance = chance * 13 // 10
    if u >= chance:
        return 0
    return 2 if u * 65_536 < chance * t.certified else 1


@rule
def pick_last(starts, value):
    """The last class that starts at or below ``value``."""
    at = len(starts) - 1
    while (at > 0) & (value < starts[at]):
        at -= 1
    return at


@rule
def first_member(age, female, head, home, words, t):
    """A member's word, but for card, nutrition and the schooling of children.

    ``home``: urban, own-work thresholds by age, the family's shared draws for schooling and for work; ``words``: seven random words.
    """
    urban, own_share, common_school, common_work = home
    a, b, c, d, e, f, g = words
    health = band(t.health_ages, age)
    disability = 0
    if low(c) < t.severe[health]:
        disability = 2 if high(c) < t.extreme else 1
    chronic = 1 if low(d) < t.chronic[health] else 0
    u_school = shared(low(a), common_school, high(a), t.school_shared)
    pupil = at_school(age, u_school, t)
    years = 0
    if age >= 16:
        years = min(age - 6, 12) if pupil == 1 else school_years(age, u_school, urban, t)
    able = (age >= 16) & (age <= 64) & (disability == 0) & (pupil == 0)
    work, training, searching, quarters = IDLE, 0, 0, 15
    if able:
        u_own = shared(low(b), common_work, high(b), t.work_shared)
        work = first_work(age, female, head, years, own_share, (low(e), high(e), u_own), t)
        searching = 1 if (work == UNEMPLOYED) | ((work == OWN) & (low(f) < t.seeking[band(t.work_ages, age)])) else 0
        quarters = high(f) % 12 if work == ABROAD else (high(f) % 4 if work == UNEMPLOYED else high(f) % 16)
    if (age >= 16) & (age < 65) & (pupil == 0):
        training = training_of(age, years, work, low(g), t)
    word = 1 | (age << AGE) | (female << FEMALE) | (years << SCHOOLING) | (pupil << IN_SCHOOL) | (work << WORK)
    word |= (1 if training > 0 else 0) << TRAINED
    word |= (1 if training == 2 else 0) << CERTIFIED
    return word | (disability << DISABILITY) | (chronic << CHRONIC) | (quarters << QUARTERS) | (head << HEAD) | (searching << SEARCHING)


@entry
def found_families(lo, hi, k0, k1, origin, replication, place, urban, sizes, own_shares, t, members, others):
    """Fill ``members`` (slots, rows) and ``others`` for rows lo to hi.

    ``sizes`` (places, sizes) and ``own_shares`` (places, age bands) are thresholds out of 65,536; ``place`` is the row's place.
    """
    for i in range(lo, hi):
        o, r = u8(origin[i]), u8(replication[i])
        w0, w1, w2, w3 = philox(o, u8(0), r, u8(MAKEUP), k0, k1)
        size = 1 + pick(sizes[place[i]], low(w0))
        kind = pick(t.kinds[min(size, 3) - 1], high(w0))
        five = pick(t.head_ages[kind], low(w1))
        head_age = 20 + 5 * five + high(w1) % 5
        head_female = 1 if low(w2) < t.head_female[kind] else 0
        home = (i8(urban[i]), own_shares[place[i]], low(w3), high(w3))
        for slot in range(min(size, 8)):
            a, b, c, d = philox(o, u8(0), r, u8(START + slot), k0, k1)
            e, f, g, x = philox(o, u8(0), r, u8(START_WORK + slot), k0, k1)
            age = age_of(kind, slot, size, head_age, head_female, low(x))
            female = is_female(kind, slot, head_female, high(x))
            members[slot, i] = i4(first_member(age, female, 1 if slot == 0 else 0, home, (a, b, c, d, e, f, g), t))
        others[i] = max(size - 8, 0)
