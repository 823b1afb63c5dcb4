"""Housing: new houses and repairs for poor and near-poor households in frail dwellings."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.kit import maths
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.policies.applicants import Applicants
from sim.policies.effects import Effect, Lend, SetAtLeast
from sim.policies.lever import Lever, whole
from sim.policies.luck import Use

SOLID, FRAIL_BELOW = 3, 2  # solid parts of three: walls, pillars, roof
LOAN = "bank.poor_housing"


class Housing(Lever):
    """A solid house where nothing is solid, one part mended where one part is; in some years as a loan instead of a grant."""

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Listed, in a frail dwelling of the kind that the plan takes on."""
        yield "poor or near-poor", h.listed
        yield "frail dwelling", h.solid_parts < FRAIL_BELOW
        yield "works of the plan", self._in_plan(h)
        yield "no bank loan beside a housing loan", (h.loan == 0) if self._is_loan(h.moment.now) else np.ones(len(h), dtype=bool)

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """Grant for a new house or a repair; or the loan."""
        if self._is_loan(h.moment.now):
            return np.full(len(h), int(Book.load().value(f"{LOAN}.ceiling", h.moment.now)), dtype=np.int64)
        return whole(np.where(self._is_new(h), h.figure("grant_new"), h.figure("grant_repair")))

    def contribution(self, h: Applicants, public: np.ndarray) -> np.ndarray:
        """What the household would add to the grant, from savings, kin and lenders."""
        ratio = h.parameter("own_money_to_housing_support") * maths.exp(h.parameter("own_housing_money_spread") * h.draw_normal(Use.COST))
        return whole(ratio * public)

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """Solid parts and floor; a few houses are never finished well, and a house that is whole by now gets no fourth part."""
        who = h[served]
        new, well = self._is_new(who), who.draw(Use.SUCCESS, lasting=True) < who.parameter("house_finished_well")
        parts = np.where(new & well, SOLID, who.solid_parts.astype(np.int64) + (new | well))
        yield SetAtLeast("solid_parts", np.minimum(parts, SOLID))
        yield SetAtLeast("floor_area_m2", h.figure("least_floor_area"), where=new)
        if who.is_lent.any():
            book = Book.load()
            quarters = int(book.value(f"{LOAN}.term_months", h.moment.now)) // 3
            yield Lend(who.support, book.value(f"{LOAN}.rate", h.moment.now), quarters, at_work=False, where=who.is_lent)

    def _is_new(self, h: Applicants) -> np.ndarray:
        return h.solid_parts == 0

    def _in_plan(self, h: Applicants) -> np.ndarray:
        new = self._is_new(h)
        return (new & bool(h.option("new"))) | (~new & bool(h.option("repair")))

    def _is_loan(self, when: Quarter) -> bool:
        """Whether support is a loan in a year: as on its first day, by which money is told apart."""
        return self.figure("is_loan", Quarter(when.year, 1)) == 1.0
