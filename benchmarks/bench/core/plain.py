"""The core step of one household in plain Python numbers, as a Mesa agent or any other object would have it."""

from __future__ import annotations

from math import exp, log
from random import Random

from bench.core import task

LOG_USUAL = log(task.USUAL)
DRIFT = -0.5 * task.PASSING**2


class Household:
    """One household: ability, persistent shock, assets, a list of twelve services."""

    def __init__(self, ability: float, z: float, assets: float, services: list[bool]):
        self.ability, self.z, self.assets, self.services = ability, z, assets, services
        self.income, self.year, self.poor, self.grants = 0.0, 0.0, False, 0

    def live(self, random: Random) -> None:
        """A quarter."""
        self.z = task.PERSISTENCE * self.z + task.NOISE * random.gauss(0.0, 1.0)
        passing = task.PASSING * random.gauss(0.0, 1.0) + DRIFT
        tools = task.ELASTICITY * (log(self.assets + task.GARDEN) - LOG_USUAL)
        self.income = exp(self.ability + self.z + passing + tools)
        self.assets = self.assets * (1.0 - task.WEAR) + 3.0 * task.SAVED * max(self.income - task.NEEDS, 0.0)
        if random.random() < task.SHOCK:
            self.assets *= task.KEPT
        services = self.services
        for k, gain in enumerate(task.GAIN):
            if services[k]:
                if random.random() < task.LOSS:
                    services[k] = False
            elif random.random() < gain:
                services[k] = True
        self.year += self.income

    @property
    def lacking(self) -> int:
        """How many services it lacks."""
        return self.services.count(False)

    def is_reviewed(self) -> None:
        """Whether it is poor this year."""
        self.poor = self.year / 4.0 < task.LINE and self.lacking >= task.LACKING

    def receive(self) -> None:
        """A grant."""
        self.assets += task.GRANT
        self.grants += 1


def transfer(households: list[Household]) -> None:
    """Grants to the poorest of the poor, as far as the budget goes; then a new year begins."""
    poor = sorted((h for h in households if h.poor), key=lambda h: h.year)
    for household in poor[: len(households) * task.BUDGET // 100]:
        household.receive()
    for household in households:
        household.year = 0.0


def final(households: list[Household]) -> dict[str, list[float]]:
    """What the summary asks for."""
    names = {name: name for name in ("income", "assets", "lacking", "poor", "grants")} | {"persistent": "z"}
    return {measure: [getattr(h, name) for h in households] for measure, name in names.items()}


def rows_of_start(households: int) -> list[tuple[float, float, float, list[bool]]]:
    """The start as Python numbers, a tuple a household."""
    begin = task.start(households)
    return list(zip(*(begin[name].tolist() for name in ("ability", "z", "assets")), begin["services"].T.tolist(), strict=True))


class Model:
    """The step over plain objects, without any framework."""

    def __init__(self, households: int, seed: int):
        self.random, self.quarter = Random(seed), 0
        self.households = [Household(*row) for row in rows_of_start(households)]

    def step(self) -> None:
        """One quarter of everybody."""
        for household in self.households:
            household.live(self.random)
        self.quarter += 1
        if self.quarter % task.QUARTERS == 0:
            for household in self.households:
                household.is_reviewed()
            transfer(self.households)

    def final(self) -> dict[str, list[float]]:
        """What the summary asks for."""
        return final(self.households)
