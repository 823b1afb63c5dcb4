"""Legal aid: a lawyer claims the allowance that a household is entitled to and does not draw."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents.codebook import Area
from sim.law.book import Book
from sim.policies.applicants import Applicants
from sim.policies.effects import Effect, SetAtLeast
from sim.policies.lever import Lever, whole
from sim.policies.luck import Use
from sim.policies.people import is_entitled_to_assistance


class LegalAid(Lever):
    """A case won means that the household draws its social assistance from then on; the amount is the law's."""

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Of a group that has free legal aid, and with an allowance still to be claimed."""
        remote = h.of_commune("area") == Area.ESPECIALLY_DIFFICULT
        yield "poor, near-poor, merit family or minority of a difficult area", h.listed | (h.merit == 1) | ((h.minority == 1) & remote)
        yield "an allowance not drawn", is_entitled_to_assistance(h.members, h.moment.now) & (h.claims == 0)

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """The lawyer's fee for the sessions of a case."""
        session = h.figure("session_fee") * Book.load().value("health_insurance.base_salary", h.moment.now)
        return whole(np.full(len(h), session * h.figure("sessions_a_case")))

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """The claim is granted, or the case is lost; each case has a luck of its own."""
        who = h[served]
        yield SetAtLeast("claims", 1, where=who.draw(Use.SUCCESS) < who.parameter("legal_case_won"))
