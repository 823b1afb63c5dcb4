"""Communication: campaigns that tell people what they may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.policies.commune_lever import CommuneApplicants, CommuneLever
from sim.policies.effects import AddToCommune, CommuneEffect
from sim.policies.reach import share_reached


class Communication(CommuneLever):
    """More households know of review and support, and for a while more of them apply and take part."""

    def conditions(self, c: CommuneApplicants) -> Iterator[tuple[str, np.ndarray]]:
        """Communes with somebody to tell."""
        yield "poor or near-poor households", c.listed_households > 0

    def wanted(self, c: CommuneApplicants) -> np.ndarray:
        """A full campaign among all households, as far as staff can hold meetings."""
        whole_campaign = c.figure("campaign_cost") * c.households * np.minimum(c.staff_capacity.astype(np.float64), 1.0)
        most = np.floor(whole_campaign).astype(np.int64)
        return most if c.option("most") is None else np.minimum(most, int(c.option("most")))

    def least(self, c: CommuneApplicants) -> np.ndarray:
        """A round of village meetings."""
        return np.full(len(c), int(c.figure("least_campaign")), dtype=np.int64)

    def effects(self, c: CommuneApplicants, served: np.ndarray) -> Iterator[CommuneEffect]:
        """Awareness rises by a part of what is missing to the most that campaigns can do."""
        who = c[served]
        missing = np.maximum(1.0 + who.parameter("awareness_gain") - who.awareness.astype(np.float64), 0.0)
        yield AddToCommune("awareness", missing * share_reached(who, who.support, "campaign_scale"))
