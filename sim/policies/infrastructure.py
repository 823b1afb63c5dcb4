"""Infrastructure: small roads and canals of a commune, with local hire, people's labour and upkeep."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents.codebook import WORKS_AHEAD, Area
from sim.policies.commune_lever import CommuneApplicants, CommuneLever
from sim.policies.effects import AddToCommune, CommuneEffect, SetCommuneAtLeast
from sim.policies.lever import whole
from sim.policies.luck import Use
from sim.policies.reach import share_reached

MILLI = 1000  # jobs at works are counted in thousandths


class Infrastructure(CommuneLever):
    """Works that raise the productivity of own production some years after they are paid, unless they fail, and then wear."""

    def conditions(self, c: CommuneApplicants) -> Iterator[tuple[str, np.ndarray]]:
        """The places of the programmes 30a and 135, unless the mix takes in all."""
        yield "poor district or especially difficult commune", (c.area != Area.ORDINARY) | bool(c.option("ordinary_areas"))

    def wanted(self, c: CommuneApplicants) -> np.ndarray:
        """Works that the commune's staff can see through in a year."""
        managed = np.floor(c.figure("works_managed") * c.households * c.staff_capacity.astype(np.float64)).astype(np.int64)
        return managed if c.option("most") is None else np.minimum(managed, int(c.option("most")))

    def least(self, c: CommuneApplicants) -> np.ndarray:
        """The smallest work worth building."""
        return np.full(len(c), int(c.figure("least_work")), dtype=np.int64)

    def contribution(self, c: CommuneApplicants, public: np.ndarray) -> np.ndarray:
        """Days of labour, stone, sand and land that people give, at their value."""
        return whole(c.parameter("works_given_by_people") * public) if c.option("people_contribute") else np.zeros_like(public)

    def effects(self, c: CommuneApplicants, served: np.ndarray) -> Iterator[CommuneEffect]:
        """A gain that comes into use later, jobs while it is built, and upkeep of what there is."""
        who = c[served]
        value = self._value(who)
        failed = who.draw(Use.SUCCESS) < who.parameter("works_fail") / np.maximum(who.staff_capacity.astype(np.float64), 0.1)
        yield AddToCommune("works_to_come", self._when_in_use(who, np.where(failed, 0.0, self._gain(who, value))))
        if c.option("local_hire"):
            yield AddToCommune("works_jobs", self._jobs(who, value))
        if c.option("maintenance"):
            yield SetCommuneAtLeast("works_upkeep", int(c.figure("upkeep_quarters")))

    def _value(self, c: CommuneApplicants) -> np.ndarray:
        """What goes into works, thousand dong at the moment's prices: money not kept for upkeep, and what people give."""
        public = c.support.astype(np.int64)
        kept = c.figure("upkeep_share") if c.option("maintenance") else 0.0
        return public * (1.0 - kept) + self.contribution(c, public)

    def _gain(self, c: CommuneApplicants, value: np.ndarray) -> np.ndarray:
        """Log points of productivity: a part of what is missing to all that works can bring, by their value a household."""
        difficult = c.area == Area.ESPECIALLY_DIFFICULT
        most = c.parameter("works_full_gain") * np.where(difficult, c.parameter("works_gain_where_difficult"), 1.0)
        there = c.infrastructure.astype(np.float64)
        for coming in c.works_to_come:
            there = there + coming
        return np.maximum(most - there, 0.0) * share_reached(c, value, "works_scale")

    def _when_in_use(self, c: CommuneApplicants, gain: np.ndarray) -> np.ndarray:
        """The gain in the slot of the quarter, counted from the next, from which the works are of use."""
        quarters = np.clip(np.floor(4.0 * c.parameter("works_lag") + 0.5), 1, WORKS_AHEAD).astype(np.int64)
        coming = np.zeros((WORKS_AHEAD, len(c)))
        coming[quarters - 1, np.arange(len(c))] = gain
        return coming

    def _jobs(self, c: CommuneApplicants, value: np.ndarray) -> np.ndarray:
        """Jobs that local wages pay for as long as a job at a work lasts, thousandths, in agents of the run."""
        quarters = 4.0 / c.parameter("works_jobs_end")
        pay = c.figure("works_day_wage") * c.figure("works_days_a_quarter") * quarters
        return whole(value * c.figure("local_wage_share") / pay * MILLI / c.weight)
