"""Nutrition: supplements, meals and check-ups for a household's children."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.policies.applicants import Applicants
from sim.policies.effects import Effect, SetAtLeast
from sim.policies.lever import Lever, in_prices_of, whole
from sim.policies.people import aged

PRICES_OF = 2024  # the year of the cost in the YAML
SMALL_CHILD = 5  # below this age the full programme


class Nutrition(Lever):
    """A year of the programme for every child: small children fall short of food less often, undernourished ones recover sooner."""

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Listed or newly escaped, with children."""
        yield "poor, near-poor or newly escaped", h.listed | h.newly_escaped
        yield "children under 16", h.children > 0

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """The full programme for each child under five, a part of its cost for each older one."""
        small = aged(h.members, 0, SMALL_CHILD)
        older = np.maximum(h.children.astype(np.int64) - small, 0)
        each = h.parameter("nutrition_cost_per_child") * in_prices_of(h.moment.now, PRICES_OF)
        return np.maximum(whole(each * (small + h.figure("older_child_cost") * older)), 1)

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """The programme for so many quarters."""
        yield SetAtLeast("nutrition_support", int(h.figure("nutrition_quarters")))
