"""A plan whose outcome is a sum of what each source brings, by known weights; of the uncertain numbers only growth matters."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from sim.policies.calendar import Calendar
from sim.scenario.shape import NO_POLICY, Mix, Runs, Scenario
from sim.scenario.target import Target
from tests.studies.fake_engine import FakeSimulation, FakeStart, scenario

WEIGHTS = {"population": 8.0, "parameters": 10.0, "world": 4.0, "delivery": 2.0, "luck": 4.0}  # households for a spread of one
LEAVE = 60.0  # households that leave the list on average
GROWTH, SPREAD = 0.055, 0.02
TAG = {name: number for number, name in enumerate(WEIGHTS)}


def sensitive(**changes) -> Scenario:
    """150 poor, 60 of whom leave give or take what the sources bring; the plan helps most where growth is low."""
    target = Target("few", "official_poor_households", "level", 90.0, "count", 2024, 2023)
    mixes = {"plan": Mix("plan", {}), NO_POLICY: Mix(NO_POLICY)}
    return replace(scenario(households=180, poor=150, follow=0), targets=(target,), mixes=mixes, runs=Runs(64, 1), **changes)


def luck_of(source: str, seed: int, replications: range) -> np.ndarray:
    """A standard normal number for each replication."""
    return np.array([np.random.default_rng((TAG[source], seed, r)).normal() for r in replications])


class SensitiveStart(FakeStart):
    """A start that knows the sources' seeds."""

    def __init__(self, scenario: Scenario, replications: range, seed: int, parameters: np.ndarray) -> None:
        super().__init__(scenario, replications, 1)
        self.parameters, self.population = parameters, seed
        self.society = Society(SimpleNamespace(seed=seed))


class Society:
    """What a mixture of sources sets seeds of."""

    def __init__(self, world: SimpleNamespace) -> None:
        self.world, self.seed = world, 0

    def copy(self) -> Society:
        return Society(SimpleNamespace(seed=self.world.seed))


class SensitiveSimulation(FakeSimulation):
    """The stand-in with that plan."""

    def __init__(self, start: SensitiveStart, mix: str) -> None:
        super().__init__(start, mix)
        self.begun = start
        self.programme.books = SimpleNamespace(calendar=Calendar("as_delivered"))

    @staticmethod
    def start(scenario: Scenario, replications: range, seed: int, parameters: np.ndarray | None = None) -> SensitiveStart:
        return SensitiveStart(scenario, replications, seed, parameters)

    def _review(self) -> None:
        h = self.households
        h.reviewed[...] = h.standing
        for index, leave in enumerate(self._leave()):
            rows = np.flatnonzero((h.replication == index) & (h.standing == 2))
            h.reviewed[rows[: int(np.clip(round(leave), 0, len(rows)))]] = 0

    def _leave(self) -> np.ndarray:
        begun, calendar = self.begun, self.programme.books.calendar
        seeds = {"population": begun.population, "world": begun.society.world.seed, "delivery": calendar.seed, "luck": begun.seed}
        growth = (begun.parameters["growth"].astype(np.float64) - GROWTH) / SPREAD
        leave = LEAVE + WEIGHTS["parameters"] * growth
        for source, seed in seeds.items():
            leave = leave + WEIGHTS[source] * luck_of(source, seed, self.replications)
        return leave if self.mix == NO_POLICY else leave + np.round(-6.0 * growth)

    def _pay(self) -> None:
        return
