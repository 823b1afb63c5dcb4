"""Livelihood models: breeding animals handed over in a project, with or without coaching."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.kit import maths
from sim.policies.applicants import Applicants
from sim.policies.effects import Coach, Effect, GiveAnimals
from sim.policies.lever import Lever, in_prices_of, whole
from sim.policies.luck import Use

PRICES_OF = 2024  # the year of the project costs in the YAML


class LivelihoodModels(Lever):
    """A young breeding cow, part of whose price the household pays; visits that teach how to keep it come as an option."""

    contribution_is_required = True

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Listed or newly escaped, able to look after an animal and to feed it."""
        yield "poor, near-poor or newly escaped", h.listed | h.newly_escaped
        yield "someone able to work", h.labourless == 0
        yield "land for forage", h.land >= h.figure("least_land")

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """The public share of the project's cost up to the cap of the household's standing, and the coaching."""
        cap = np.array([h.figure("cap_newly_escaped"), h.figure("cap_near_poor"), h.figure("cap_poor")])[h.standing]
        public = self._project_cost(h) * (1.0 - h.parameter("livelihood_household_share"))
        return whole(np.minimum(public, cap * h.option("heads")), 10) + self._coaching_cost(h)

    def contribution(self, h: Applicants, public: np.ndarray) -> np.ndarray:
        """What public money leaves of the project's cost."""
        return np.maximum(whole(self._project_cost(h), 10) + self._coaching_cost(h) - public, 0)

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """Animals that calve in a year or two, unless they arrive unfit; coaching."""
        who = h[served]
        unfit = who.parameter("animal_unfit_at_handover") / np.maximum(who.of_commune("staff_capacity"), 0.1)
        maturity = 4 + np.floor(5.0 * who.draw(Use.OWN_1, lasting=True)).astype(np.int64)
        heads = np.where(who.draw(Use.QUALITY, lasting=True) < unfit, h.option("heads") - 1, h.option("heads"))
        yield GiveAnimals(heads, maturity)
        if h.option("coaching"):
            yield Coach(int(h.figure("coaching_quarters")))

    def _project_cost(self, h: Applicants) -> np.ndarray:
        """What the commune's project costs for a household, one price a commune: thousand dong at the moment's prices."""
        spread = maths.exp(h.parameter("cow_project_cost_spread") * h.draw_commune_normal(Use.COST))
        return h.parameter("cow_project_cost") * spread * in_prices_of(h.moment.now, PRICES_OF) * h.option("heads")

    def _coaching_cost(self, h: Applicants) -> int:
        return int(h.figure("coaching_cost")) if h.option("coaching") else 0
