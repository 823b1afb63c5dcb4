"""Groups that a plan may put first in the queue for a support."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sim.agents.codebook import Area
from sim.policies.applicants import Applicants
from sim.policies.people import aged

GROUPS: Mapping[str, Callable[[Applicants], np.ndarray]] = {
    "poor": lambda h: h.poor,
    "near_poor": lambda h: h.near_poor,
    "newly_escaped": lambda h: h.newly_escaped,
    "merit": lambda h: h.merit == 1,
    "minority": lambda h: h.minority == 1,
    "female_head": lambda h: h.female_head == 1,
    "disabled": lambda h: h.disabled > 0,
    "elderly": lambda h: h.elderly > 0,
    "children": lambda h: h.children > 0,
    "small_children": lambda h: aged(h.members, 0, 5) > 0,
    "undernourished": lambda h: h.undernourished > 0,
    "remote": lambda h: h.of_commune("area") == Area.ESPECIALLY_DIFFICULT,
}


def rank_in(groups: tuple[str, ...], h: Applicants) -> np.ndarray:
    """A rank for each household, 0 first: those of the first group before the others, among equals those of the second,
    and so on. At most sixteen groups; int64."""
    rank = np.zeros(len(h), dtype=np.int64)
    for group in groups:
        rank = 2 * rank + (1 - GROUPS[group](h).astype(np.int64))
    return rank
