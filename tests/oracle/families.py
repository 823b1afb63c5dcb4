"""1 January in one household: everybody a year older, births and deaths, cards, and couples that leave their parents."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.codebook import NEVER, Shock
from sim.agents.members import SLOTS, Work
from sim.agents.purposes import Purpose
from sim.dynamics.family import insured_next, yearly_death
from sim.kit.calendar import Quarter
from tests.oracle.household import PLAIN, REAL, Household
from tests.oracle.luck import Words
from tests.oracle.member import Member

f4 = np.float32
f8 = np.float64
LEFT_WITH_PARENTS = (
    "young_animals", "grown_animals", "quarters_to_calving", "coached_quarters", "venture", "loan", "loan_rate", "loan_quarters_left",
    "overdue", "informal_debt", "repaid", "interest_paid", "outside_support", "others", "skill", "standing", "reviewed", "applies",
    "shocks", "recent_shocks", "coping", "deprivations", "school_support", "matching", "nutrition_support", "forest_fee",
    "forest_fee_quarters", "remittance",
)


def grow_older(h: Household, now: Quarter) -> None:
    """Deaths, births, school, health and cards; a child born takes the lowest free slot; somebody must be head."""
    born = False
    for slot in range(SLOTS):
        words = h.luck.member_words(now.number, Purpose.MEMBER_YEAR, slot)
        member = h.slots[slot]
        if member is None:
            continue
        if words.chance(0) < yearly_death(member.age, h.yearly):
            h.slots[slot] = None
            h.shocks |= Shock.DEATH
            continue
        born = born or bool(member.female and 20 <= member.age < 40 and words.chance(1) < h.yearly.birth_rate)
        spend_birthday(h, member, words, h.luck.member_words(0, Purpose.MEMBER_YEAR, slot).chance(0))
    words = h.luck.member_words(now.number, Purpose.MEMBER_YEAR, SLOTS - 1).words
    if h.others and h.members and None in h.slots:
        bring_in(h, int(words[3]))
    if born:
        welcome(h, girl=int(words[2]) & 1)
    if h.members and not any(member.head for member in h.members):
        max(h.members, key=lambda member: member.age).head = 1


def spend_birthday(h: Household, member: Member, words: Words, u_life: np.float32) -> None:
    """A year older: school, chronic illness, insurance card. ``u_life`` says for life whether a listed person's card comes."""
    p = h.yearly
    member.age = min(member.age + 1, 110)
    go_to_school(member, words.second_chance(1), p)
    if member.chronic:
        member.chronic = 0 if words.chance(2) < p.chronic_recovery else 1
    else:
        onset = p.chronic_onset * (p.chronic_below_40 if member.age < 40 else f4(1.0) if member.age < 60 else p.chronic_from_60)
        member.chronic = 1 if words.chance(2) < onset else 0
    just_left = h.quarters_since_listed == 0
    card = int(insured_next(member.insured, h.standing, just_left, words.chance(3), u_life, p))
    pupil, of_age = member.in_school and member.age < 18, member.age < 6 or member.draws_by_age(h.times)
    member.insured = 1 if pupil or of_age or member.work == Work.CONTRACT else card


def go_to_school(member: Member, u: np.float32, p) -> None:
    """A grade a year; enters at three or six; may end at 16 and 18, ends at 22; who leaves now, or is old enough now, looks for work."""
    age, pupil = member.age, member.in_school
    if member.in_school and age >= 7:
        member.schooling = min(member.schooling + 1, 12)
    if age == 6 or (age == 3 and u < p.kindergarten):
        member.in_school = 1
    elif age == 3:
        member.in_school = 0
    if member.in_school:
        ends_lower = age == 16 and (member.schooling < 9 or u >= p.upper_secondary)
        ends_upper = age == 18 and (member.schooling < 12 or u >= p.college)
        if age >= 22 and member.schooling == 12:
            member.trained = member.certified = 1
        if ends_lower or ends_upper or age >= 22:
            member.in_school = 0
    if member.work == Work.NOT_WORKING and (pupil or age == 16) and member.able:
        member.work, member.searching = int(Work.UNEMPLOYED), 1


def bring_in(h: Household, word: int) -> None:
    """One of the ``others`` takes a place that fell free: a child of 0 to 15."""
    age = (word >> 12) % 16
    child = Member(age=age, female=(word >> 16) % 2, schooling=max(age - 6, 0), in_school=int(age >= 3), insured=1)
    h.slots[h.slots.index(None)] = child
    h.others -= 1


def welcome(h: Household, girl: int) -> None:
    """A newborn, insured from the first day; in a full house one of the ``others``."""
    h.shocks |= Shock.BIRTH
    baby = Member(age=0, female=girl, insured=1)
    if None in h.slots:
        h.slots[h.slots.index(None)] = baby
    else:
        h.others += 1


def is_gone(h: Household) -> bool:
    """None of those looked at one by one is left; the others, if there are any, go elsewhere."""
    return not h.members


def moves_away(h: Household, now: Quarter) -> bool:
    """Leaves the commune for good this year."""
    return bool(h.luck.uniform(now.number, Purpose.FAMILY) < f8(h.yearly.move_rate * h.yearly.ageing))


def grown_children(h: Household) -> list[int]:
    """Slots of children of 22 to 34 at home, at least 16 years younger than the head."""
    head_age = max((member.age for member in h.members if member.head), default=0)
    return [
        slot
        for slot, m in enumerate(h.slots)
        if m and not m.head and m.at_home and 22 <= m.age <= 34 and m.age <= head_age - 16
    ]


def let_children_go(h: Household, now: Quarter) -> Household | None:
    """A grown child may found a household with a spouse, which is returned; or marry into another and be gone."""
    children = grown_children(h)
    p, luck, weight = h.yearly, h.luck.uniform(now.number, Purpose.SPLIT), min(len(children), 2)
    if h.branch == 0 and luck < f8(p.split_rate * p.ageing) * weight:
        return found(h, children[0], now)
    if luck > 1.0 - f8(p.marry_out_rate * p.ageing) * weight:
        h.slots[children[0]] = None
    return None


def found(parents: Household, slot: int, now: Quarter) -> Household:
    """The household of a couple: a part of the parents' means, none of their animals and debts, a likeness to them."""
    row: dict[str, Any] = {name: getattr(parents, name) for name in (*PLAIN, *REAL)}
    row |= dict.fromkeys(LEFT_WITH_PARENTS, 0)
    row |= {"branch": now.year, "quarters_since_poor": NEVER, "quarters_since_listed": NEVER}
    row |= {"calves": 0, "members": [0] * SLOTS, "income_by_quarter": parents.income_by_quarter}
    couple = Household(parents.model, parents.commune, row)
    share = parents.yearly.heir_share
    for means in ("land", "capital"):
        setattr(couple, means, getattr(parents, means) * share)
        setattr(parents, means, getattr(parents, means) - getattr(couple, means))
    couple.savings = int(np.floor(parents.savings * f8(share)))
    parents.savings -= couple.savings
    leaver, parents.slots[slot] = parents.slots[slot], None
    assert leaver
    leaver.head, leaver.quarters_in_state = 1, 0
    settle(couple, leaver, now)
    return couple


def settle(couple: Household, leaver: Member, now: Quarter) -> None:
    """The spouse from outside, ability and propensity in the likeness of the parents, a small dwelling."""
    p, luck, quarter = couple.yearly, couple.luck, now.number
    words = [int(word) for word in luck.words(quarter, Purpose.SPOUSE).words]
    spouse = Member(
        age=min(max(leaver.age + words[0] % 5 - 2, 18), 45),
        female=1 - leaver.female,
        schooling=min(max(leaver.schooling + words[1] % 5 - 2, 0), 12),
        work=int(Work.OWN),
        insured=leaver.insured,
    )
    couple.slots[:2] = [leaver, spouse]
    alike = f8(p.heir_likeness)
    unlike = np.sqrt(1.0 - alike * alike)
    couple.ability = f4(alike * couple.ability + unlike * f8(p.heir_ability_sd) * luck.normal(quarter, Purpose.HEIR_ABILITY))
    couple.propensity = f4(alike * couple.propensity + unlike * luck.normal(quarter, Purpose.HEIR_PROPENSITY))
    couple.persistent_shock = f4(couple.rates.persistent_sd * luck.normal(quarter, Purpose.HEIR_SHOCK))
    couple.review_error = f4(alike * couple.review_error)
    couple.solid_parts = max(couple.solid_parts - (words[2] < f8(p.heir_part_lost) * 2**32), 0)
    couple.floor_area_m2 = min(couple.floor_area_m2, p.heir_floor_area)
    couple.hygienic_toilet = 0 if words[3] < f8(p.heir_toilet_lost) * 2**32 else couple.hygienic_toilet
