"""Who lives in a family: age and sex of each member from the kind of family and the head's age."""

from __future__ import annotations

from sim.kit.compiling import rule
from sim.population.tables import KINDS

ALONE, OLD_COUPLE, COUPLE, LONE_PARENT, NUCLEAR, THREE_GENERATIONS, GRANDPARENTS = range(len(KINDS))


@rule
def spouse_age(head_age, head_female, u):
    """A spouse: men are some three years older."""
    gap = u % 9 - 1
    return min(max(head_age + gap if head_female == 1 else head_age - gap, 19), 97)


@rule
def parent_age(head_age, u):
    """A parent of the head."""
    return min(max(head_age + 21 + u % 13, 58), 98)


@rule
def child_age(mother_age, order, u):
    """A child by birth order; once grown past the mid-twenties most have left, and the place is a grandchild's."""
    age = mother_age - 21 - u % 8 - 3 * order
    if age < 0:
        age = (u >> 3) % 4
    stays = 24 + (u >> 6) % 12
    if (age > stays) & ((u >> 10) % 4 == 0):
        age -= 25 + (u >> 12) % 4
    if age > 37:
        age -= 28
    return min(max(age, 0), 40)


@rule
def age_of(kind, slot, size, head_age, head_female, u):
    """Age in whole years of the member in a slot; ``u`` is sixteen random bits."""
    mother = max(head_age if head_female == 1 else head_age - 2, 20)
    if slot == 0:
        return head_age
    if kind == LONE_PARENT:
        return child_age(mother, slot - 1, u)
    if (kind == OLD_COUPLE) & (slot == 1):
        return max(spouse_age(head_age, head_female, u), 65)
    if kind == GRANDPARENTS:
        couple = (size > 2) & (slot == 1)
        return max(spouse_age(head_age, head_female, u), 60) if couple else 2 + u % 14
    if slot == 1:
        return spouse_age(head_age, head_female, u)
    if (kind == THREE_GENERATIONS) & (slot == 2):
        return parent_age(head_age, u)
    if (kind == THREE_GENERATIONS) & (slot == 3) & (size >= 5) & (u % 5 < 2):
        return parent_age(head_age, u >> 2)
    order = slot - 2 if kind == NUCLEAR else max(slot - 3, 0)
    return child_age(mother, order, u)


@rule
def is_female(kind, slot, head_female, u):
    """Sex of the member in a slot: couples are of both, widowed parents mostly women, children nearly even."""
    if slot == 0:
        return head_female
    couple = (kind == COUPLE) | (kind == OLD_COUPLE) | (kind == NUCLEAR) | (kind == THREE_GENERATIONS)
    if (slot == 1) & couple:
        return 1 - head_female
    if (slot == 2) & (kind == THREE_GENERATIONS):
        return 1 if u < 48_000 else 0
    return 1 if u < 31_500 else 0
