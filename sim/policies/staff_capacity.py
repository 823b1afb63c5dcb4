"""Staff capacity: training of officers, supervision of the review, the database."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.policies.commune_lever import CommuneApplicants, CommuneLever
from sim.policies.effects import AddToCommune, CommuneEffect
from sim.policies.reach import share_reached


class StaffCapacity(CommuneLever):
    """Officers who know their work better: fewer errors of the list, money paid sooner, supports kept up better."""

    def conditions(self, c: CommuneApplicants) -> Iterator[tuple[str, np.ndarray]]:
        """Communes whose officers have a list to keep."""
        yield "poor or near-poor households", c.listed_households > 0

    def wanted(self, c: CommuneApplicants) -> np.ndarray:
        """Courses for all officers and village heads, and the supervision of a year."""
        most = np.floor(c.figure("full_training_cost") * c.households).astype(np.int64)
        return most if c.option("most") is None else np.minimum(most, int(c.option("most")))

    def least(self, c: CommuneApplicants) -> np.ndarray:
        """A class of two days."""
        return np.full(len(c), int(c.figure("least_training")), dtype=np.int64)

    def effects(self, c: CommuneApplicants, served: np.ndarray) -> Iterator[CommuneEffect]:
        """Capacity rises by a part of what is missing to the most that training can make of these staff."""
        who = c[served]
        most = who.usual_staff_capacity.astype(np.float64) * (1.0 + who.parameter("staff_training_gain"))
        missing = np.maximum(most - who.staff_capacity.astype(np.float64), 0.0)
        yield AddToCommune("staff_capacity", missing * share_reached(who, who.support, "training_scale"))
