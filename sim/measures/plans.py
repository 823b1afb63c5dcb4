"""What the targets of plans ask for beyond poverty: the youngest children, rural water, merit families, work."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.law.newly_escaped import left_lately
from sim.measures.adding import add_few
from sim.measures.flows import NOT_LISTED, POOR, Lists
from sim.measures.grouping import Grouping, ratio

PERCENT = 100.0


def groups_of_support(lists: Lists) -> dict[str, np.ndarray]:
    """Households by the list in force during the year, which is what support goes by (``poor`` is by the review at its end)."""
    listed = lists.standing != NOT_LISTED
    escaped = left_lately(lists.quarters_since_poor, lists.when) & (lists.standing != POOR)
    escaped |= left_lately(lists.quarters_since_listed, lists.when) & ~listed
    return {"listed": listed, "supported": listed | escaped}


def measure_plans(groups: Grouping, h: Any, facts: Any) -> dict[str, np.ndarray]:
    """These measures, by name."""
    people = h.members_at_home
    countryside = np.where(np.asarray(h.urban) == 0, people, 0)
    listed = groups.count(h.reviewed != NOT_LISTED)
    return {
        "official_listed_households": listed,
        "informed_share": ratio(groups.count((h.internet > 0) | (h.devices > 0)), groups.rows(), PERCENT),
        "rural_clean_water_share": ratio(groups.total(np.where(h.clean_water > 0, countryside, 0)), groups.total(countryside), PERCENT),
        "average_income_share": ratio(groups.count(h.income_per_head >= _mean_nearby(h)), groups.rows(), PERCENT),
        "own_work_share": ratio(groups.total(h.workers) - groups.total(h.wage_workers), groups.total(h.workers), PERCENT),
        "workers_abroad": groups.total(h.abroad),
        "undernourished_under_5_share": ratio(groups.total(facts.undernourished_under_5), groups.total(facts.children_under_5), PERCENT),
    }


def _mean_nearby(h: Any) -> np.ndarray:
    """Mean income per head of the people of each row's commune."""
    cell, people = np.asarray(h.cell, dtype=np.int64), np.asarray(h.members_at_home, dtype=np.float64)
    income, heads = np.zeros((2, int(cell.max(initial=0)) + 1))
    add_few(h.income_per_head * people, cell, income)
    add_few(people, cell, heads)
    return (income / np.maximum(heads, 1.0))[cell]
