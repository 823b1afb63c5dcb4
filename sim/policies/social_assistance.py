"""Social assistance: the commune finds who is entitled and does not draw, and may relieve listed households that were hit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents.codebook import Shock
from sim.policies.applicants import Applicants
from sim.policies.effects import Add, Effect, SetAtLeast
from sim.policies.lever import Lever
from sim.policies.luck import Use
from sim.policies.people import is_entitled_to_assistance

BLOWS = int(Shock.ILLNESS) | int(Shock.ANIMAL_DIED) | int(Shock.STORM) | int(Shock.JOB_LOST) | int(Shock.DEATH)


class SocialAssistance(Lever):
    """Claims through the commune's review of its files, and one-off relief if the mix gives it. Amounts of allowances are the law's."""

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """An allowance still to be claimed, or relief for a listed household that was hit."""
        yield "an allowance not drawn, or relief for a listed household that was hit", self._unclaimed(h) | self._relieved(h)

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """The file, and relief for who was hit."""
        return int(h.figure("file_cost")) + np.where(self._relieved(h), int(h.option("relief")), 0).astype(np.int64)

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """The commune's council recognises the claim, or not; what was contracted beyond the file is relief in cash."""
        who = h[served]
        recognised = who.draw(Use.SUCCESS) < who.parameter("assistance_recognised")
        yield SetAtLeast("claims", 1, where=recognised & is_entitled_to_assistance(who.members, h.moment.now))
        yield Add("savings", np.maximum(who.support - int(h.figure("file_cost")), 0))

    def _unclaimed(self, h: Applicants) -> np.ndarray:
        found = np.zeros(len(h), dtype=bool)
        some = np.flatnonzero(h.claims == 0)
        found[some] = is_entitled_to_assistance(h[some].members, h.moment.now)
        return found

    def _relieved(self, h: Applicants) -> np.ndarray:
        """Listed and hit since the last review, where the mix gives relief."""
        return h.listed & ((h.recent_shocks & BLOWS) != 0) & (int(h.option("relief")) > 0)
