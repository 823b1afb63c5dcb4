"""The core step in Mesa: one agent a household, activated in random order, Python numbers, the model's own ``random``."""

from __future__ import annotations

import mesa

from bench.core import plain, task


class HouseholdAgent(plain.Household, mesa.Agent):
    """A household as a Mesa agent."""

    def __init__(self, model: mesa.Model, ability: float, z: float, assets: float, services: list[bool]):
        mesa.Agent.__init__(self, model)
        plain.Household.__init__(self, ability, z, assets, services)

    def step(self) -> None:
        """A quarter."""
        self.live(self.random)


class Model(mesa.Model):
    """The model: a quarter of all in random order; in the fourth the review and the budget."""

    def __init__(self, households: int, seed: int):
        super().__init__(seed=seed)
        for row in plain.rows_of_start(households):
            HouseholdAgent(self, *row)
        self.quarter = 0

    def step(self) -> None:
        """One quarter of everybody."""
        self.agents.shuffle_do("step")
        self.quarter += 1
        if self.quarter % task.QUARTERS == 0:
            self.agents.do("is_reviewed")
            plain.transfer(list(self.agents))

    def final(self) -> dict[str, list[float]]:
        """What the summary asks for."""
        return plain.final(list(self.agents))
