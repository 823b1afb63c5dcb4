"""A plan whose levers take known numbers of households off the list: what each adds, and what two add together."""

from __future__ import annotations

import numpy as np

from sim.kit.calendar import Quarter
from sim.policies.ledger import Account
from sim.policies.readings import split
from sim.scenario.shape import NO_POLICY, Allocation, Envelope, Mix, Runs, Scenario
from sim.scenario.target import Target
from tests.studies.fake_engine import FakeSimulation, scenario

MONEY = 1_000_000_000
ALONE = {"livelihood_models": 6, "production_support": 4, "nutrition": 4, "communication": 0}
TOGETHER = {frozenset({"production_support", "nutrition"}): 2}  # the two help each other
BY_GROWTH = 0  # the stand-in has no world


def planted_levers(levers: tuple[str, ...] = tuple(ALONE), **changes) -> Scenario:
    """50 poor; 0 to 4 leave by themselves; every lever of ``levers`` has an equal share of a billion dong."""
    allocations = {lever: Allocation(share=0.2) for lever in levers}
    values = {
        "money": (Envelope("central", "recurrent", 2024, MONEY),),
        "mixes": {"plan": Mix("plan", allocations), NO_POLICY: Mix(NO_POLICY)},
        "targets": (Target("few", "official_poor_households", "level", 40.0, "count", 2024, 2023),),
        "runs": Runs(20, 1),
    }
    return scenario(**{"households": 200, "poor": 50, "follow": 0, **values, **changes})


class LeverSimulation(FakeSimulation):
    """The stand-in with that plan."""

    def _review(self) -> None:
        h = self.households
        h.reviewed[...] = h.standing
        for index, replication in enumerate(self.replications):
            rows = np.flatnonzero((h.replication == index) & (h.standing == 2))
            h.reviewed[rows[: replication % 5 + self._served()]] = 0

    def _served(self) -> int:
        levers = set(self.scenario.mixes[split(self.mix)[0]].levers)
        return sum(ALONE.get(lever, 1) for lever in levers) + sum(more for pair, more in TOGETHER.items() if pair <= levers)

    def _pay(self) -> None:
        for envelope in self.scenario.money:
            if envelope.open_to(self.mix):
                for lever, dong in (envelope.parts or {}).items():
                    paid = np.full(len(self.communes), dong, dtype=np.int64)
                    self.programme.ledger.post(Quarter(self.now.year, 4), Account(envelope.source, envelope.kind, lever), "paid", paid)


COSTS = {"livelihood_models": 1_000_000, "production_support": 2_000_000}  # a household off the list, for certain
ROOM = {"livelihood_models": 100}  # households, however much money there is; the others have room for all


def planted_costs(**changes) -> Scenario:
    """300 million: a hundred households for 100 million, then as many for 200; today 40 % is for what helps nobody."""
    shares = {"livelihood_models": 0.3, "production_support": 0.3, "communication": 0.4}
    values = {
        "money": (Envelope("central", "recurrent", 2024, 300_000_000),),
        "mixes": {
            "plan": Mix("plan", {lever: Allocation(share=share) for lever, share in shares.items()}),
            "one": Mix("one", {"communication": Allocation(share=0.5)}),
            NO_POLICY: Mix(NO_POLICY),
        },
        "targets": (Target("few", "official_poor_households", "level", 206.0, "count", 2024, 2023),),
        "runs": Runs(10, 1),
    }
    return planted_levers(households=500, poor=400, **{**values, **changes})


class CostSimulation(LeverSimulation):
    """The stand-in with that plan: every lever takes off as many households as its money pays for."""

    def _served(self) -> int:
        paid: dict[str, int] = {}
        for envelope in self.scenario.money:
            if envelope.open_to(self.mix):
                for lever, dong in (envelope.parts or {}).items():
                    paid[lever] = paid.get(lever, 0) + dong
        return sum(min((paid.get(lever, 0) + 1000) // cost, ROOM.get(lever, 1000)) for lever, cost in COSTS.items())
