"""Water and sanitation: clean water and hygienic toilets, by grant or by a loan of the policy bank."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.kit import maths
from sim.law.book import Book
from sim.policies.applicants import Applicants
from sim.policies.effects import Effect, Lend, SetAtLeast
from sim.policies.lever import Lever, in_prices_of, whole
from sim.policies.luck import Use

PRICES_OF = 2024  # the year of the costs of works in the YAML
LOAN = "bank.water_sanitation"


class WaterSanitation(Lever):
    """A water connection, well or tank, and a toilet, where they are lacking; the household finds what public money leaves."""

    contribution_is_required = True

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """A grant is for households on the lists or lately off them, a loan for every rural household; each without what the plan gives."""
        lends = bool(h.option("loan"))
        yield "poor, near-poor or newly escaped, or rural where it is a loan", (h.urban == 0) if lends else h.listed | h.newly_escaped
        yield "without a work of the plan", self._lacks_water(h) | self._lacks_toilet(h)
        yield "no bank loan beside this loan", (h.loan == 0) if lends else np.ones(len(h), dtype=bool)

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """The norm for each work that is lacking, or the share of its cost that the plan pays if that is more; or the loan for them."""
        water, toilet = self._works(h)
        if h.option("loan"):
            ceiling = float(Book.load().value(f"{LOAN}.ceiling", h.moment.now))
            return np.maximum(whole(np.minimum(water, ceiling) + np.minimum(toilet, ceiling), 100), 100)
        least = float(h.option("grant_share"))
        paid = np.clip(h.figure("grant_water"), least * water, water) + np.clip(h.figure("grant_toilet"), least * toilet, toilet)
        return np.maximum(whole(paid), 1)

    def contribution(self, h: Applicants, public: np.ndarray) -> np.ndarray:
        """What public money leaves of the works' cost."""
        water, toilet = self._works(h)
        return np.maximum(whole(water + toilet) - public, 0)

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """Works that serve; those that never do or soon fail are left out. A loan is owed in any case."""
        who = h[served]
        # The prior is for the fifth year. Works here fail no faster than all services, so that half of that loss is taken at once.
        serve = 0.5 + 0.5 * who.parameter("work_serves_fifth_year")
        water, toilet = self._lacks_water(who), self._lacks_toilet(who)
        yield SetAtLeast("clean_water", 1, where=water & (who.draw(Use.SUCCESS, lasting=True) < serve))
        yield SetAtLeast("hygienic_toilet", 1, where=toilet & (who.draw(Use.QUALITY, lasting=True) < serve))
        if h.option("loan"):
            book = Book.load()
            quarters = int(book.value(f"{LOAN}.term_months", h.moment.now)) // 3
            yield Lend(who.support, book.value(f"{LOAN}.rate", h.moment.now), quarters, at_work=False)

    def _lacks_water(self, h: Applicants) -> np.ndarray:
        return (h.clean_water == 0) & bool(h.option("water"))

    def _lacks_toilet(self, h: Applicants) -> np.ndarray:
        return (h.hygienic_toilet == 0) & bool(h.option("toilet"))

    def _works(self, h: Applicants) -> tuple[np.ndarray, np.ndarray]:
        """Cost of the water work and of the toilet of each household, zero where it has one: thousand dong at the moment's prices."""
        scale = maths.exp(h.parameter("water_work_spread") * h.draw_normal(Use.COST)) * in_prices_of(h.moment.now, PRICES_OF)
        water = np.where(self._lacks_water(h), h.parameter("water_work_cost") * scale, 0.0)
        return water, np.where(self._lacks_toilet(h), h.parameter("toilet_cost") * scale, 0.0)
