"""A lever whose money goes to communes, not to households: works, staff, campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.agents.codebook import Standing
from sim.kit import draws
from sim.kit.cell_sums import sum_by_cell
from sim.kit.columns import Table
from sim.policies.applicants import Moment
from sim.policies.effects import CommuneEffect
from sim.policies.lever import Lever
from sim.policies.luck import Use, purpose_of


class CommuneApplicants:
    """Communes before one lever: ``c.staff_capacity`` is the column for these communes, ``c[mask_or_places]`` keeps some.

    Counts of households are of real households: each agent counts ``weight`` times. So is money. A state that the
    dynamics keep for agents (``works_jobs``) must be divided by ``weight``.
    """

    def __init__(self, communes: Table, households: Table, moment: Moment, claim: Any, rows: np.ndarray | None = None) -> None:
        self.communes, self.all_households, self.moment, self.claim = communes, households, moment, claim
        self.rows = np.arange(len(communes)) if rows is None else rows

    def __getattr__(self, column: str) -> np.ndarray:
        if column.startswith("_") or "communes" not in self.__dict__:
            raise AttributeError(column)
        return self.communes[column][..., self.rows] if column in self.communes else getattr(self.communes, column)

    def __getitem__(self, some: np.ndarray) -> CommuneApplicants:
        return CommuneApplicants(self.communes, self.all_households, self.moment, self.claim, self.rows[some])

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def weight(self) -> int:
        """Households that one agent stands for."""
        return self.moment.weight

    @property
    def households(self) -> np.ndarray:
        """Households of each commune, int64."""
        return self._count(np.ones(len(self.all_households), dtype=bool))

    @property
    def listed_households(self) -> np.ndarray:
        """Poor and near-poor households on the lists in force of each commune, int64."""
        return self._count(self.all_households.standing != Standing.NOT_LISTED)

    def _count(self, which: np.ndarray) -> np.ndarray:
        return sum_by_cell(which.view(np.uint8), self.all_households.cell, len(self.communes))[self.rows] * self.weight

    # what they had of this lever

    @property
    def support(self) -> np.ndarray:
        """Public money contracted with them and not yet paid, thousand dong, int64."""
        return self.owed[self.claim.slot]

    @property
    def under_contract(self) -> np.ndarray:
        """A support of this lever is still to come."""
        return self.due[self.claim.slot] != 0

    @property
    def last_received(self) -> np.ndarray:
        """Number of the quarter of this lever's last support, 0 for never."""
        return self.received[self.claim.slot]

    # numbers and luck

    def parameter(self, name: str) -> np.ndarray:
        """A parameter's value in their replication, float64."""
        return self.moment.parameters[name].astype(np.float64)[self.rows // self.moment.places]

    def figure(self, name: str) -> float:
        """A dated figure of the lever's own file, in force now."""
        return self.claim.lever.figure(name, self.moment.now)

    def option(self, name: str) -> Any:
        """What the mix chose for one of the lever's options."""
        return self.claim.options[name]

    def draw(self, use: Use, *, lasting: bool = False) -> np.ndarray:
        """A uniform number for each commune, new each quarter or the same for ever."""
        quarter = 0 if lasting else self.moment.now.number
        purpose = purpose_of(self.claim.lever.key, use)
        return draws.uniform(self.moment.seed, self.place, draws.COMMUNE_BRANCH, self.replication, quarter, purpose)


class CommuneLever(Lever):
    """One way in which public money meets a commune. A subclass says at least its conditions, wants and effects.

    Each commune has its part of the lever's money (see Appropriation) and uses it for itself, in one contract a choice, which
    arrives in one quarter by the calendar of disbursement. Money is whole thousand dong at the prices of the moment.
    """

    level = "commune"

    def conditions(self, c: CommuneApplicants) -> Iterator[tuple[str, np.ndarray]]:
        """Name and mask of everything a commune must fulfil, in the order in which refusals are told."""
        raise NotImplementedError

    def wanted(self, c: CommuneApplicants) -> np.ndarray:
        """The most public money that each commune can use at one choice, thousand dong; 0 where it wants none."""
        raise NotImplementedError

    def least(self, c: CommuneApplicants) -> np.ndarray:
        """The smallest sum that is of use, thousand dong: with less nothing is done."""
        return np.ones(len(c), dtype=np.int64)

    def contribution(self, c: CommuneApplicants, public: np.ndarray) -> np.ndarray:
        """Labour and materials that people give beside ``public`` money, valued in thousand dong; no cash of households."""
        return np.zeros(len(c), dtype=np.int64)

    def effects(self, c: CommuneApplicants, served: np.ndarray) -> Iterator[CommuneEffect]:
        """What arrives in the communes ``served`` (row numbers): ``c[served]`` are they, ``c[served].support`` their money."""
        raise NotImplementedError
