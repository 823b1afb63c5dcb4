"""Labour export: contract work abroad for one member, with support for papers and courses, or a loan for all it costs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents.codebook import Area, Standing
from sim.kit import maths
from sim.law.book import Book
from sim.policies.applicants import Applicants
from sim.policies.effects import Add, Effect, Lend, SendAbroad
from sim.policies.lever import Lever, in_prices_of, whole
from sim.policies.luck import Use
from sim.policies.people import ADULT, aged, traveller

PRICES_OF = 2024  # the year of costs and money sent home in the YAML
PROGRAMME, PRIORITY_PROGRAMME = "bank.labour_export", "bank.labour_export_priority"


class LabourExport(Lever):
    """The youngest fit adult goes for three years: wages and labour are lost at home, a debt is taken up, money is sent from the
    third quarter on. Some never leave, and owe all the same."""

    pays_above_ceiling = False

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Of a group that has the support, with somebody who can go and somebody who stays, and good for the debt."""
        yield "poor, near-poor, newly escaped, minority or merit family", h.listed | h.newly_escaped | (h.minority == 1) | (h.merit == 1)
        yield "someone of 18 to 40 able to go", traveller(h.members)[1]
        yield "another adult stays", aged(h.members, ADULT, 128) >= 2
        yield "nobody abroad", h.abroad == 0
        yield "no loan outstanding", (h.loan == 0) if h.option("loan") else np.ones(len(h), dtype=bool)
        yield "lenders for the rest of the cost", h.informal_debt + self._left_to_borrow(h, self.unit_cost(h)) <= self._lent(h)

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """The loan up to its ceiling; or the support of a worker by the norms."""
        if h.option("loan"):
            return np.minimum(self._cost_of_going(h), self._term(h, "ceiling").astype(np.int64))
        return whole(np.full(len(h), self._support(h)))

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """Debts are made, and the member leaves, unless the departure fails."""
        who = h[served]
        if h.option("loan"):
            yield Lend(who.support, self._term(who, "rate"), np.floor(self._term(who, "term_months") / 3), at_work=False)
        yield Add("informal_debt", self._left_to_borrow(who, who.support))
        departs = who.draw(Use.SUCCESS) >= who.parameter("departure_failure")
        yield SendAbroad(departs, self._sent_home(who))

    def _support(self, h: Applicants) -> float:
        """Courses with meals and travel, health check and papers of a worker, thousand dong."""
        courses = h.figure("language_course") + h.figure("orientation_course") + h.figure("meals_a_day") * h.figure("course_days")
        return courses + h.figure("travel") + h.figure("health_check") + h.figure("papers")

    def _to_high_wages(self, h: Applicants) -> np.ndarray:
        """Whether the worker's destination is one of high wages and high fees, the same for ever."""
        return h.draw(Use.OWN_1, lasting=True) < h.parameter("high_wage_destination")

    def _at_destination(self, h: Applicants, name: str, spread: np.ndarray) -> np.ndarray:
        """Thousand dong of the prices year at the worker's destination, spread over households."""
        ratio = np.where(self._to_high_wages(h), 1.0, h.parameter("low_wage_destination_ratio"))
        return h.parameter(name) * ratio * maths.exp(spread)

    def _cost_of_going(self, h: Applicants) -> np.ndarray:
        """Fees, deposit, courses, papers and ticket: whole thousand dong at the moment's prices."""
        spread = h.parameter("going_abroad_cost_spread") * h.draw_normal(Use.COST)
        return whole(self._at_destination(h, "going_abroad_cost", spread) * in_prices_of(h.moment.now, PRICES_OF))

    def _sent_home(self, h: Applicants) -> np.ndarray:
        """Money sent in a quarter, thousand dong at prices of the start."""
        spread = h.parameter("sent_home_spread") * h.draw_normal(Use.QUALITY)
        yearly = self._at_destination(h, "sent_home_in_a_year", spread)
        return 0.25 * yearly * in_prices_of(h.moment.begin or h.moment.now, PRICES_OF)

    def _left_to_borrow(self, h: Applicants, public: np.ndarray) -> np.ndarray:
        return np.maximum(self._cost_of_going(h) - public.astype(np.int64), 0)

    def _lent(self, h: Applicants) -> np.ndarray:
        """Most that kin and lenders lend against the wages to come, thousand dong."""
        return h.parameter("migration_credit_months") * np.maximum(h.lasting_income.astype(np.float64), 0.0) * h.members_counted

    def _term(self, h: Applicants, what: str) -> np.ndarray:
        """Rate, ceiling or term of each household's programme of the policy bank, float64."""
        book, now = Book.load(), h.moment.now
        in_poor_district = h.of_commune("area") == Area.POOR_DISTRICT
        first = in_poor_district & ((h.standing == Standing.POOR) | (h.minority == 1))
        return np.where(first, book.value(f"{PRIORITY_PROGRAMME}.{what}", now), book.value(f"{PROGRAMME}.{what}", now))
