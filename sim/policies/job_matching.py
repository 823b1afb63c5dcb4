"""Job matching: job exchange, advice and company until somebody is placed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.policies.applicants import Applicants
from sim.policies.effects import Effect, SetAtLeast
from sim.policies.lever import Lever, in_prices_of, whole

PRICES_OF = 2024  # the year of the cost in the YAML


class JobMatching(Lever):
    """For a year the household's seekers hear of jobs first, and some who did not look begin to. The commune's jobs stay as many."""

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Listed or newly escaped, with somebody able who has no job under contract."""
        yield "poor, near-poor or newly escaped", h.listed | h.newly_escaped
        under_contract = h.wage_workers.astype(np.int64) - h.without_contract
        yield "someone able without a contract job", h.able > under_contract

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """The cost for each member who seeks, or for one who might begin to."""
        people = np.maximum(h.seekers.astype(np.int64), 1)
        return np.maximum(whole(h.parameter("matching_cost_per_person") * in_prices_of(h.moment.now, PRICES_OF) * people), 1)

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """Support until placed, for so many quarters at most."""
        yield SetAtLeast("matching", int(h.figure("matching_quarters")))
