"""The core step in whole-array NumPy: single precision, its own generator, one array operation at a time."""

from __future__ import annotations

import numpy as np

from bench.core import task

f4 = np.float32


class Model:
    """All households as columns."""

    def __init__(self, households: int, seed: int):
        begin = task.start(households)
        self.rng = np.random.default_rng(seed)
        self.ability, self.z, self.assets, self.services = (begin[name].copy() for name in ("ability", "z", "assets", "services"))
        self.gain = np.array(task.GAIN, dtype=f4)[:, None]
        self.income, self.year = np.zeros(households, dtype=f4), np.zeros(households, dtype=f4)
        self.poor, self.grants = np.zeros(households, dtype=bool), np.zeros(households, dtype=np.int32)
        self.quarter = 0

    def step(self) -> None:
        """One quarter of everybody."""
        n, rng = len(self.z), self.rng
        self.z = f4(task.PERSISTENCE) * self.z + f4(task.NOISE) * rng.standard_normal(n, dtype=f4)
        passing = f4(task.PASSING) * rng.standard_normal(n, dtype=f4) - f4(0.5 * task.PASSING**2)
        tools = f4(task.ELASTICITY) * np.log((self.assets + f4(task.GARDEN)) * f4(1.0 / task.USUAL))
        self.income = np.exp(self.ability + self.z + passing + tools)
        self.assets = self.assets * f4(1.0 - task.WEAR) + f4(3.0 * task.SAVED) * np.maximum(self.income - f4(task.NEEDS), f4(0.0))
        self.assets[rng.random(n, dtype=f4) < f4(task.SHOCK)] *= f4(task.KEPT)
        u = rng.random(self.services.shape, dtype=f4)
        self.services = np.where(self.services, u >= f4(task.LOSS), u < self.gain)
        self.year += self.income
        self.quarter += 1
        if self.quarter % task.QUARTERS == 0:
            self.review()
            self.transfer()
            self.year[:] = 0.0

    def review(self) -> None:
        """Who is poor."""
        lacking = task.SERVICES - self.services.sum(axis=0)
        self.poor = (self.year * f4(0.25) < f4(task.LINE)) & (lacking >= task.LACKING)

    def transfer(self) -> None:
        """Grants to the poorest of the poor, as far as the budget goes."""
        poor = np.flatnonzero(self.poor)
        served = poor[np.argsort(self.year[poor])[: len(self.z) * task.BUDGET // 100]]
        self.assets[served] += f4(task.GRANT)
        self.grants[served] += 1

    def final(self) -> dict[str, np.ndarray]:
        """What the summary asks for."""
        lacking = task.SERVICES - self.services.sum(axis=0)
        return {
            "income": self.income, "assets": self.assets, "persistent": self.z, "lacking": lacking, "poor": self.poor,
            "grants": self.grants,
        }  # fmt: skip
