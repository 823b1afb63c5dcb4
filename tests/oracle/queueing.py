"""Who comes first in the line for a lever, for money."""

from __future__ import annotations

from sim.agents.codebook import Area, Standing
from sim.kit.calendar import Quarter
from tests.oracle.household import Household
from tests.oracle.lever import SlowLever
from tests.oracle.review import is_newly_escaped

STANDINGS = ("poor", "near_poor", "newly_escaped")


def belongs(group: str, h: Household, now: Quarter) -> bool:
    """Whether a household is of a group that a plan may put first."""
    return {
        "poor": lambda: h.standing == Standing.POOR,
        "near_poor": lambda: h.standing == Standing.NEAR_POOR,
        "newly_escaped": lambda: is_newly_escaped(h, now),
        "merit": lambda: h.merit == 1,
        "minority": lambda: h.minority == 1,
        "female_head": lambda: any(m.head and m.female for m in h.members),
        "disabled": lambda: any(m.disability > 0 for m in h.at_home),
        "elderly": lambda: any(m.age >= 60 for m in h.at_home),
        "children": lambda: h.children > 0,
        "remote": lambda: h.commune.area == Area.ESPECIALLY_DIFFICULT,
    }[group]()


def in_order(lever: SlowLever, line: list[Household], now: Quarter) -> list[Household]:
    """The lever's standings first, then the plan's groups, then the lever's other groups; then the lower lasting income in
    whole thousands; then the number of the household."""
    own = lever.file.priority
    groups = list(dict.fromkeys([*(group for group in own if group in STANDINGS), *lever.allocation.priority, *own]))
    return sorted(line, key=lambda h: ([not belongs(g, h, now) for g in groups], int(max(float(h.lasting_income), 0)), h.origin, h.branch))

