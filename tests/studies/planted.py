"""A plan whose least money is known: each 10 million dong takes one household off the list, for certain, half of it too late."""

from __future__ import annotations

import numpy as np

from sim.scenario.shape import NO_POLICY, Allocation, Envelope, Mix, Runs, Scenario
from sim.scenario.target import Target
from tests.studies.fake_engine import FakeSimulation, scenario

COST = 10_000_000
POOR, ALLOWED = 40, 10
BUDGET = 10 * COST
USUAL_PLACES = 100


def planted(follow: int = 1, **changes) -> Scenario:
    """40 poor, at most 10 allowed; 0 to 9 leave by themselves, one number as often as the other; money for ten."""
    target = Target("few", "official_poor_households", "level", float(ALLOWED), "count", 2024, 2023)
    values = {
        "money": (Envelope("central", "investment", 2024, BUDGET),),
        "mixes": {
            "plan": Mix("plan", {"housing": Allocation(share=1.0, options={"places": USUAL_PLACES})}),
            "without_money": Mix("without_money", {}),
            NO_POLICY: Mix(NO_POLICY),
        },
        "targets": (target,),
        "runs": Runs(100, 1),
    }
    return scenario(households=300, poor=POOR, follow=follow, **{**values, **changes})


def least_factor(chance: float, arriving: float = 0.5) -> float:
    """30 less those who leave by themselves must be paid for; of the money ``arriving`` comes before the review."""
    by_themselves = sorted(range(10), reverse=True)[round(10 * chance) - 1]
    return (POOR - ALLOWED - by_themselves) * COST / arriving / BUDGET


class PlantedSimulation(FakeSimulation):
    """The stand-in with that plan."""

    def _review(self) -> None:
        h = self.households
        h.reviewed[...] = h.standing
        for index, replication in enumerate(self.replications):
            rows = np.flatnonzero((h.replication == index) & (h.standing == 2))
            h.reviewed[rows[: replication % 10 + self._served()]] = 0

    def _served(self) -> int:
        mix = self.scenario.mixes[self.mix]
        if not mix.levers or self.now.year > self.scenario.first_year:
            return 0
        money = sum(envelope.amount_dong for envelope in self.scenario.money if envelope.open_to(self.mix))
        in_time = self.scenario.delivery == "as_planned" and self.scenario.signed.quarter == 1
        return min(money // (COST if in_time else 2 * COST), int(mix.levers["housing"].options["places"]))

    def _pay(self) -> None:
        if self.scenario.mixes[self.mix].levers:
            super()._pay()
