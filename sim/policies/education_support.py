"""Education support: fees, study costs and lunches for entitled pupils who do not draw them, as cash to the household."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents.codebook import Area
from sim.law.book import Book
from sim.policies.applicants import Applicants
from sim.policies.effects import Add, Effect, SetAtLeast
from sim.policies.lever import Lever, whole
from sim.policies.luck import Use
from sim.policies.people import aged

NURSERY, PRIMARY, SECONDARY, LEAVING = 3, 6, 11, 16  # ages at which each kind of school begins; primary school is free


class EducationSupport(Lever):
    """A school year's support by law for households that have not drawn it so far: fewer pupils leave, some come back."""

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Listed, with children of school age, something due by law, and not drawn without the plan."""
        yield "poor or near-poor", h.listed
        yield "a child from 3 to under 16", aged(h.members, NURSERY, LEAVING) > 0
        yield "support due by law", self._due(h) >= 1.0
        yield "not drawn without the plan", h.draw(Use.OWN_1, lasting=True) >= h.parameter("school_support_drawn")

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """What the law gives the household for a school year."""
        return whole(self._due(h))

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """Cash, or fees that need not be paid; and a year in which staying at school is easier."""
        yield SetAtLeast("school_support", int(h.figure("school_year_quarters")))
        yield Add("savings", h[served].support)

    def _due(self, h: Applicants) -> np.ndarray:
        """Study costs, lunches of small children, fees above what nobody pays, board: thousand dong a school year, float64."""
        small, older = aged(h.members, NURSERY, PRIMARY), aged(h.members, SECONDARY, LEAVING)
        pupils = small + aged(h.members, PRIMARY, SECONDARY) + older
        monthly = self._by_standing(h, "entitlements.learning_cost_support", others=0.0) * pupils
        monthly += np.where(h.listed, h.figure("lunch_a_month"), 0.0) * small
        monthly += self._relief(h) * h.figure("tuition_a_month") * (small + older)
        if h.option("boarding"):
            monthly += self._board(h) * older
        return h.figure("school_months") * monthly

    def _relief(self, h: Applicants) -> np.ndarray:
        """Share of fees that the household need not pay and others must."""
        everybody = Book.load().value("entitlements.tuition_relief.not_listed", h.moment.now)
        return np.maximum(self._by_standing(h, "entitlements.tuition_relief", others=everybody) - everybody, 0.0)

    def _board(self, h: Applicants) -> np.ndarray:
        """A boarder's support a month, in especially difficult communes."""
        remote = h.of_commune("area") == Area.ESPECIALLY_DIFFICULT
        return np.where(remote, h.figure("board_in_base_salaries") * Book.load().value("health_insurance.base_salary", h.moment.now), 0.0)

    def _by_standing(self, h: Applicants, series: str, others: float) -> np.ndarray:
        book, now = Book.load(), h.moment.now
        return np.array([others, book.value(f"{series}.near_poor", now), book.value(f"{series}.poor", now)])[h.standing]
