"""The core step in Starsim with common random numbers: a module with states of its own, a distribution for each decision."""

from __future__ import annotations

import numpy as np
import starsim as ss

from bench.core import task

f4 = np.float32
SERVICES = [f"service_{k}" for k in range(task.SERVICES)]
ss.options(verbose=0)


class Living(ss.Module):
    """Households as Starsim's agents."""

    def __init__(self, begin: dict[str, np.ndarray]):
        super().__init__(name="living")
        self.begin, self.quarter = begin, 0
        floats = [ss.FloatArr(name) for name in ("ability", "z", "assets", "income", "year", "grants")]
        self.define_states(*floats, ss.BoolState("poor"), *[ss.BoolState(name) for name in SERVICES])
        self.persistent, self.passing, self.shock = ss.normal(), ss.normal(), ss.bernoulli(p=task.SHOCK)
        for name in SERVICES:
            setattr(self, f"luck_of_{name}", ss.random())
        self.define_results(ss.Result("poverty", dtype=float))

    def init_post(self) -> None:
        """The same start as everybody's."""
        super().init_post()
        for name in ("ability", "z", "assets"):
            getattr(self, name)[:] = self.begin[name]
        for name, services in zip(SERVICES, self.begin["services"], strict=True):
            getattr(self, name)[:] = services
        for name in ("income", "year", "grants"):
            getattr(self, name)[:] = 0.0

    def step(self) -> None:
        """One quarter of everybody."""
        everybody = self.sim.people.auids
        self.z[:] = f4(task.PERSISTENCE) * self.z.values + f4(task.NOISE) * self.persistent.rvs(everybody)
        passing = f4(task.PASSING) * self.passing.rvs(everybody) - f4(0.5 * task.PASSING**2)
        tools = f4(task.ELASTICITY) * np.log((self.assets.values + f4(task.GARDEN)) * f4(1.0 / task.USUAL))
        income = np.exp(self.ability.values + self.z.values + passing + tools)
        spare = np.maximum(income - f4(task.NEEDS), f4(0.0))
        self.income[:] = income
        self.assets[:] = self.assets.values * f4(1.0 - task.WEAR) + f4(3.0 * task.SAVED) * spare
        struck = self.shock.filter(everybody)
        self.assets[struck] = self.assets[struck] * f4(task.KEPT)
        for name, gain in zip(SERVICES, task.GAIN, strict=True):
            u, state = getattr(self, f"luck_of_{name}").rvs(everybody), getattr(self, name)
            state[:] = np.where(state.values, u >= f4(task.LOSS), u < f4(gain))
        self.year[:] = self.year.values + income
        self.quarter += 1
        if self.quarter % task.QUARTERS == 0:
            self.review()
            self.transfer()

    @property
    def lacking(self) -> np.ndarray:
        """How many services each lacks."""
        return task.SERVICES - np.sum([getattr(self, name).values for name in SERVICES], axis=0)

    def review(self) -> None:
        """Who is poor."""
        self.poor[:] = (self.year.values * f4(0.25) < f4(task.LINE)) & (self.lacking >= task.LACKING)

    def transfer(self) -> None:
        """Grants to the poorest of the poor, as far as the budget goes; then a new year begins."""
        poor = self.poor.uids
        served = poor[np.argsort(self.year[poor])[: len(self.sim.people) * task.BUDGET // 100]]
        self.assets[served] = self.assets[served] + f4(task.GRANT)
        self.grants[served] = self.grants[served] + 1
        self.year[:] = 0.0


class Model:
    """A simulation whose steps are taken one at a time."""

    def __init__(self, households: int, seed: int):
        living = Living(task.start(households))
        self.sim = ss.Sim(n_agents=households, modules=living, start=0, stop=1000, dt=1, rand_seed=seed, verbose=0)
        self.sim.init()
        self.living = self.sim.get_module("living")

    def step(self) -> None:
        """One quarter of everybody."""
        self.sim.run_one_step()

    def final(self) -> dict[str, np.ndarray]:
        """What the summary asks for."""
        living = self.living
        columns = {"income": "income", "assets": "assets", "persistent": "z", "poor": "poor", "grants": "grants"}
        return {measure: getattr(living, name).values for measure, name in columns.items()} | {"lacking": living.lacking}
