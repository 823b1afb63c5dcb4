"""The core step in mesa-frames: households as a Polars frame, whole columns by expressions, the model's own generator."""

from __future__ import annotations

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF

from bench.core import task

f4 = np.float32
SERVICES = [f"service_{k}" for k in range(task.SERVICES)]


def number(value: float) -> pl.Expr:
    """A constant in single precision, so that columns stay so."""
    return pl.lit(value, dtype=pl.Float32)


class Households(AgentSetPolars):
    """The households, a row each."""

    def __init__(self, model: ModelDF, households: int):
        super().__init__(model)
        begin = task.start(households)
        columns = {"unique_id": np.arange(households, dtype=np.int64)} | {name: begin[name] for name in ("ability", "z", "assets")}
        columns |= dict(zip(SERVICES, begin["services"], strict=True))
        zeros = {"income": np.zeros(households, f4), "year": np.zeros(households, f4)}
        states = {"poor": np.zeros(households, bool), "grants": np.zeros(households, np.int32)}
        self.add(pl.DataFrame(columns | zeros | states))

    def step(self) -> None:
        """A quarter: each expression takes the columns of the one before."""
        n, rng = len(self.agents), self.model.random
        normal = [pl.Series(rng.standard_normal(n, dtype=f4)) for _ in range(2)]
        passing = number(task.PASSING) * pl.lit(normal[1]) - number(0.5 * task.PASSING**2)
        tools = number(task.ELASTICITY) * ((pl.col("assets") + number(task.GARDEN)) / number(task.USUAL)).log()
        spare = (pl.col("income") - number(task.NEEDS)).clip(lower_bound=0.0)
        grown = pl.col("assets") * number(1.0 - task.WEAR) + number(3.0 * task.SAVED) * spare
        struck = pl.lit(pl.Series(rng.random(n, dtype=f4))) < number(task.SHOCK)
        after = self.agents.with_columns(z=number(task.PERSISTENCE) * pl.col("z") + number(task.NOISE) * pl.lit(normal[0]))
        after = after.with_columns(income=(pl.col("ability") + pl.col("z") + passing + tools).exp())
        self.agents = after.with_columns(
            *[self.next_service(k, rng) for k in range(task.SERVICES)],
            assets=pl.when(struck).then(grown * number(task.KEPT)).otherwise(grown),
            year=pl.col("year") + pl.col("income"),
        )

    def next_service(self, which: int, rng: np.random.Generator) -> pl.Expr:
        """One service, kept, lost or gained."""
        u = pl.lit(pl.Series(rng.random(len(self.agents), dtype=f4)))
        has = pl.col(SERVICES[which])
        return pl.when(has).then(u >= number(task.LOSS)).otherwise(u < number(task.GAIN[which])).alias(SERVICES[which])

    def review(self) -> None:
        """Who is poor."""
        lacking = task.SERVICES - pl.sum_horizontal(SERVICES)
        self.agents = self.agents.with_columns(poor=(pl.col("year") / 4.0 < task.LINE) & (lacking >= task.LACKING))

    def transfer(self) -> None:
        """Grants to the poorest of the poor; then a new year begins."""
        year = self.agents.filter(pl.col("poor"))["year"].sort()
        budget = len(self.agents) * task.BUDGET // 100
        last = year[min(budget, len(year)) - 1] if len(year) else -1.0
        served = pl.col("poor") & (pl.col("year") <= last)
        self.agents = self.agents.with_columns(
            assets=pl.when(served).then(pl.col("assets") + number(task.GRANT)).otherwise(pl.col("assets")),
            grants=pl.col("grants") + served,
            year=pl.lit(0.0, dtype=pl.Float32),
        )


class Model(ModelDF):
    """The model."""

    def __init__(self, households: int, seed: int):
        super().__init__(seed)
        self.households, self.quarter = Households(self, households), 0
        self.agents += self.households
        self.households = self.get_agents_of_type(Households)

    def step(self) -> None:
        """One quarter of everybody."""
        self.households.step()
        self.quarter += 1
        if self.quarter % task.QUARTERS == 0:
            self.households.review()
            self.households.transfer()

    def final(self) -> dict[str, np.ndarray]:
        """What the summary asks for."""
        frame = self.households.agents
        lacking = task.SERVICES - frame.select(SERVICES).to_numpy().sum(axis=1)
        columns = {"income": "income", "assets": "assets", "persistent": "z", "poor": "poor", "grants": "grants"}
        return {measure: frame[name].to_numpy() for measure, name in columns.items()} | {"lacking": lacking}
