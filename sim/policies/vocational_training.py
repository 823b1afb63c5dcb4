"""Vocational training: short courses for a member of a poor household."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents.codebook import Area
from sim.policies.applicants import Applicants
from sim.policies.effects import Effect, TrainMember
from sim.policies.lever import Lever, whole
from sim.policies.luck import Use


class VocationalTraining(Lever):
    """A course of up to three months for one member, whose search for wage work, once there is one, goes better."""

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Listed or newly escaped, with somebody who has never been trained."""
        yield "poor, near-poor or newly escaped", h.listed | h.newly_escaped
        yield "someone able and untrained", h.trainable > 0

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """Fees by group, and for those on the lists meals and travel."""
        return whole(self._fee(h) + np.where(h.listed, self._living_cost(h), 0.0))

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """The youngest able untrained adult finishes the course or drops out, with or without a certificate."""
        who = h[served]
        completed = who.draw(Use.SUCCESS, lasting=True) < self._with_good_staff(who, "course_completion")
        certified = who.draw(Use.QUALITY, lasting=True) < who.parameter("course_certificate")
        yield TrainMember(completed, certified)

    def _fee(self, h: Applicants) -> np.ndarray:
        """The largest fee that the rules of the first group a household belongs to allow."""
        difficult = h.of_commune("area") == Area.ESPECIALLY_DIFFICULT
        fee = np.full(len(h), h.figure("fee_other"))
        for group, of in (
            ("fee_near_poor", h.near_poor),
            ("fee_poor_or_minority", h.poor | (h.minority == 1)),
            ("fee_poor_minority_or_difficult_area", h.poor & ((h.minority == 1) | difficult)),
        ):
            fee[of] = h.figure(group)
        return fee

    def _living_cost(self, h: Applicants) -> np.ndarray:
        difficult = h.of_commune("area") == Area.ESPECIALLY_DIFFICULT
        travel = np.where(difficult, h.figure("travel_difficult_area"), h.figure("travel"))
        return h.figure("meals_a_day") * h.figure("course_days") + travel

    def _with_good_staff(self, h: Applicants, name: str) -> np.ndarray:
        """A chance that falls short of one the less, the better the commune's staff."""
        return 1.0 - (1.0 - h.parameter(name)) / np.maximum(h.of_commune("staff_capacity").astype(np.float64), 0.1)
