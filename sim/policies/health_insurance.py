"""Health insurance: the part of the premium that law leaves to near-poor and newly escaped households."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents.codebook import Standing
from sim.law.book import Book
from sim.policies.applicants import Applicants
from sim.policies.effects import Effect, InsureMembers
from sim.policies.lever import Lever, whole

AREAS = ("ordinary", "poor_district", "especially_difficult")  # in the order of codebook.Area
FAMILY = ("first", "second", "third", "fourth", "further")


class HealthInsurance(Lever):
    """Cards for a year for every member at home of households whom law insures in part or no longer. (The poor's cards
    are an entitlement, not a lever.)"""

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """A standing that pays part of its premium itself, and somebody without a card, or cards from last year."""
        escaped = h.newly_escaped & bool(h.option("newly_escaped"))
        yield "near-poor or newly escaped", h.near_poor | escaped
        yield "part of the premium left to pay", self._share_left(h) > 0
        yield "someone without a card, or cards of this plan", (h.uninsured > 0) | (h.last_received > 0)

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """A year's premium of all members at home less what the state pays by law, thousand dong."""
        book, now = Book.load(), h.moment.now
        yearly = 12.0 * book.value("health_insurance.base_salary", now) * book.value("health_insurance.contribution_rate", now)
        people = np.maximum(h.members_at_home.astype(np.int64), 1)
        premiums = np.where(h.standing == Standing.NEAR_POOR, people.astype(np.float64), self._family_premiums(h)[people])
        return np.maximum(whole(yearly * premiums * self._share_left(h)), 1)

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """Everyone at home holds a card."""
        yield InsureMembers()

    def _share_left(self, h: Applicants) -> np.ndarray:
        """Share of the premium that law leaves to the household, up to the share that the plan tops up to; float64."""
        book, now = Book.load(), h.moment.now
        paid = book.table("health_insurance.subsidy_share", ("newly_escaped", "near_poor", "poor"), AREAS, now)
        return np.maximum(float(h.option("paid_up_to")) - paid[h.standing, h.of_commune("area")], 0.0)

    def _family_premiums(self, h: Applicants) -> np.ndarray:
        """Premiums of a household that insures itself as a family, in full premiums, by its number of members (0 to 255)."""
        steps = Book.load().vector("health_insurance.family_rate", FAMILY, h.moment.now)
        of_member = steps[np.minimum(np.arange(255), len(steps) - 1)]
        return np.concatenate([[0.0], np.cumsum(of_member)])
