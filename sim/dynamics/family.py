"""1 January in the family: everybody a year older, school, deaths, births, cards; then new households and leavers."""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.agents.codebook import Shock, Standing
from sim.agents.purposes import Purpose
from sim.dynamics import work
from sim.dynamics.frames import households_frame, records
from sim.dynamics.kernel import block_end, new_scratch
from sim.dynamics.luck import draw_words, moment_of
from sim.dynamics.member_bits import bits_of, with_bits
from sim.dynamics.newborn import welcome_newborn
from sim.kit.columns import Table
from sim.kit.compiling import entry, rule, stage
from sim.kit.draws import philox, split_seed
from sim.kit.maths import f4_exp, f4_uniform

f4 = np.float32
i4 = np.int32
u8 = np.uint64

AGE, FEMALE, SCHOOLING, TRAINED, CERTIFIED, IN_SCHOOL = m.AGE, m.FEMALE, m.SCHOOLING, m.TRAINED, m.CERTIFIED, m.IN_SCHOOL
WORK, INSURED, CHRONIC, SEARCHING = m.WORK, m.INSURED, m.CHRONIC, m.SEARCHING
MEMBER_YEAR = 1000 + 16 * int(Purpose.MEMBER_YEAR)
POOR, NEAR_POOR = int(Standing.POOR), int(Standing.NEAR_POOR)
DEATH = int(Shock.DEATH)


@rule
def yearly_death(age, p):
    """Chance to die within the year: Gompertz, and a hazard of its own in the first year."""
    if age == 0:
        return p.infant_death
    return min(p.death_at_20 * f4_exp(p.death_slope * (f4(age) - f4(20.0))), f4(0.9))


@rule
def schooled(member, age, u, p):
    """School at the turn of the year: enters at three or six, a grade a year, goes on at 16 and 18; who leaves, or turns 16 out
    of school, starts to look for work."""
    in_school, grades = bits_of(member, IN_SCHOOL, 1), bits_of(member, SCHOOLING, 15)
    pupil = in_school
    if (in_school == 1) & (age >= 7):
        grades = min(grades + 1, 12)
        member = with_bits(member, SCHOOLING, 15, grades)
    if (age == 3) | (age == 6):
        in_school = 1 if (age == 6) | (u < p.kindergarten) else 0
    if in_school == 1:
        stops = ((age == 16) & ((grades < 9) | (u >= p.upper_secondary))) | ((age == 18) & ((grades < 12) | (u >= p.college)))
        if (age >= 22) & (grades == 12):
            member = with_bits(with_bits(member, TRAINED, 1, 1), CERTIFIED, 1, 1)
        in_school = 0 if stops | (age >= 22) else 1
    member = with_bits(member, IN_SCHOOL, 1, in_school)
    leaves = (bits_of(member, WORK, 7) == work.NOT_WORKING) & ((pupil == 1) | (age == work.YOUNGEST_WORKER))
    if leaves & work.is_able(age, bits_of(member, m.DISABILITY, 3), in_school):
        member = with_bits(with_bits(member, WORK, 7, work.UNEMPLOYED), SEARCHING, 1, 1)
    return member


@rule
def illness_of_the_year(member, age, u, p):
    """Chronic illness comes with age and sometimes passes."""
    onset = p.chronic_onset * (p.chronic_below_40 if age < 40 else (f4(1.0) if age < 60 else p.chronic_from_60))
    ill = bits_of(member, CHRONIC, 1)
    return with_bits(member, CHRONIC, 1, (0 if u < p.chronic_recovery else 1) if ill == 1 else (1 if u < onset else 0))


@rule
def card_by_law(member, age, old_from):
    """Whether the law gives a member a card whatever the household's standing: the small, the old, pupils, workers with contract."""
    pupil = (bits_of(member, IN_SCHOOL, 1) == 1) & (age < 18)
    return (age < 6) | (f4(age) >= old_from) | pupil | (bits_of(member, WORK, 7) == work.CONTRACT)


@rule
def insured_next(insured, standing, just_left, u, u_life, p):
    """Whether a member to whom the law gives no card anyway holds one this year: as one of the listed, else bought or lapsed.

    ``u_life`` is the member's for life, so that the same few of the listed are reached by no card year after year; a card that
    such a one holds already lapses like any other.
    """
    reached = (standing == POOR) & (u_life < p.card_reaches_poor) | (standing == NEAR_POOR) & (u_life < p.card_reaches_near_poor)
    if reached:
        return 1
    if insured == 1:
        return 0 if u > f4(1.0) - (p.card_lost_on_exit if just_left else p.insurance_lapse) else 1
    return 1 if (standing == 0) & (u < p.insurance_buy) else 0


@stage
def age_members(who, people, record, s, p, old_from, k0, k1, slot, rows, n):
    """One slot of every row: a year older, or dead; school, health and cards; scratch notes births and deaths of heads."""
    members = people.members[slot, rows]
    origin, branch, replication = who.origin[rows], who.branch[rows], who.replication[rows]
    standing, since, hit = who.standing[rows], who.quarters_since_listed[rows], record.shocks[rows]
    for i in range(n):
        member = members[i]
        if member & 1 == 0:
            continue
        age = bits_of(member, AGE, 127)
        if f4_uniform(s.words[0, i]) < yearly_death(age, p):
            members[i] = 0
            hit[i] |= DEATH
            continue
        if (bits_of(member, FEMALE, 1) == 1) & (age >= 20) & (age < 40) & (f4_uniform(s.words[1, i]) < p.birth_rate):
            s.illness[i] = f4(1.0)
        age = min(age + 1, 110)
        member = with_bits(member, AGE, 127, age)
        u_school = f4_uniform((s.words[1, i] << u8(16)) & u8(0xFFFFFFFF))
        member = illness_of_the_year(schooled(member, age, u_school, p), age, f4_uniform(s.words[2, i]), p)
        u_life = f4(0.0)
        if standing[i] > 0:
            word = philox(u8(origin[i]), u8(branch[i]), u8(replication[i]), u8(MEMBER_YEAR + slot), k0, k1)[0]
            u_life = f4_uniform(word)
        card = insured_next(bits_of(member, INSURED, 1), standing[i], since[i] == 0, f4_uniform(s.words[3, i]), u_life, p)
        members[i] = with_bits(member, INSURED, 1, 1 if card_by_law(member, age, old_from) else card)


@entry
def age_families(lo, hi, year_moment, old_from, k0, k1, first, h, parameters):
    """The turn of the year for the members of rows lo to hi; ``parameters`` are the yearly ones, a record a replication.

    From ``old_from`` years on the law gives the old a card.
    """
    s = new_scratch()
    while lo < hi:
        end = block_end(h, lo, hi)
        rows, n = slice(lo, end), end - lo
        p = parameters[h.who.replication[lo] - first]
        if p.ageing == f4(0.0):
            lo = end
            continue
        for i in range(n):
            s.illness[i] = f4(0.0)
        for slot in range(m.SLOTS):
            draw_words(h.who, s.words, k0, k1, moment_of(year_moment, MEMBER_YEAR + slot), rows, n)
            age_members(h.who, h.people, h.record, s, p, old_from, k0, k1, slot, rows, n)
        welcome_newborn(h.people, h.record, s, rows, n)
        lo = end


def grow_older(
    households: Table, parameters: np.ndarray, year_moment: int, seed: int, rows: tuple[int, int], old_from: float
) -> None:
    """Ageing, school, deaths, births and cards of rows ``rows[0]`` to ``rows[1]`` on 1 January.

    ``old_from`` is the age from which the law of the day pays the old without pension, and with it gives them a card.
    """
    k0, k1 = split_seed(seed)
    first = int(households.replication[0])
    frame, numbers = households_frame(households), records(parameters)
    age_families(rows[0], rows[1], year_moment, f4(old_from), u8(k0), u8(k1), first, frame, numbers)
