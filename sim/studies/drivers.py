"""What befell each run beside the plan: growth, money paid out, common shocks; recorded while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.studies.results import Results

PERCENT = 100.0
LAST_QUARTER_SEEN = 3  # the review looks at the end of the third quarter
GROWTH, SHOCKS, DRIFT, TRAP, PAID, EARLY = "growth", "shocks", "drift", "trap", "paid", "paid_before_review"
START = "true_poor_at_start"


@dataclass
class Weather:
    """Watches one mix from its start to the end of ``until`` and keeps what the world did, by replication.

    ``growth``: real growth of mean income without programmes, percent a year; ``shocks``: own production lost to common shocks,
    percent a year; ``drift``: how fast deprivations fall by themselves, probit a year; ``trap``: 1 where there is one.
    """

    mix: str
    until: int
    kept: dict[int, dict[str, np.ndarray]] = field(default_factory=dict)

    def watch(self, simulation: Any, replications: range) -> None:
        """Begin to watch a simulation, if it is of the mix."""
        if simulation.mix != self.mix or not hasattr(simulation, "society"):
            return
        lost = np.zeros(len(replications))
        simulation.quarterly.append(lambda now: self._add_loss(now, lost))
        simulation.yearly.append(lambda now: self._close(now, replications.start, lost))

    def drivers(self) -> dict[str, np.ndarray]:
        """The drivers of all replications in order; empty where nothing was watched."""
        parts = [self.kept[first] for first in sorted(self.kept)]
        return {name: np.concatenate([part[name] for part in parts]) for name in (parts[0] if parts else ())}

    def _add_loss(self, simulation: Any, lost: np.ndarray) -> None:
        if simulation.now.year <= self.until:
            lost += np.asarray(simulation.communes.covariate_loss, dtype=np.float64).reshape(len(lost), -1).mean(axis=1) / 4.0

    def _close(self, simulation: Any, first: int, lost: np.ndarray) -> None:
        if simulation.now.year != self.until:
            return
        world, society = simulation.society.world, simulation.society
        years = simulation.now.year - simulation.scenario.first_year + 1
        gained = world.log_growth / years + world.own_growth
        self.kept[first] = {
            GROWTH: PERCENT * np.expm1(gained),
            SHOCKS: PERCENT * lost / years,
            DRIFT: society.parameters["deprivation_drift"].astype(np.float64),
            TRAP: society.parameters["trap"].astype(np.float64),
        }


@dataclass(frozen=True)
class Watched:
    """An engine as ``run`` asks for, whose simulations are seen by ``weather`` before they begin."""

    engine: Any
    weather: Weather

    def start(self, scenario: Any, replications: range, seed: int) -> tuple[range, Any]:
        """The start of a batch."""
        return replications, self.engine.start(scenario, replications, seed)

    def side_by_side(self, begun: tuple[range, Any], mixes: Sequence[str], at_start: Callable[[Any], None]) -> Iterator[Any]:
        """The simulations of the engine."""
        replications, start = begun

        def tell(simulation: Any) -> None:
            self.weather.watch(simulation, replications)
            at_start(simulation)

        return self.engine.side_by_side(start, mixes, tell)


def payments(results: Results, mix: str, until: int, planned: float) -> dict[str, np.ndarray]:
    """Of the grants that the plan as written holds to a year (``planned`` dong), percent paid by its end, and before its review.

    Empty where there are none.
    """
    if not planned > 0:
        return {}
    c, runs = results.ledger[mix].columns, results.frame.replications
    rows = (c["entry"] == "paid") & (c["kind"] != "credit") & (c["kind"] != "contribution") & (c["year"] <= until)
    seen = rows & ((c["year"] < until) | (c["quarter"] <= LAST_QUARTER_SEEN))
    dong = c["dong"].astype(np.float64)
    paid = {name: np.bincount(c["replication"][some], weights=dong[some], minlength=runs) for name, some in ((PAID, rows), (EARLY, seen))}
    return {name: PERCENT * total[:runs] / planned for name, total in paid.items()}


def at_start(results: Results, mix: str) -> dict[str, np.ndarray]:
    """Households truly poor when the run begins, whatever the list says."""
    return {START: results.at(mix, "true_poor_households", results.frame.start_year).astype(np.float64)}
