"""Forecasts of list rates: a sample of each place, with the origin's lists, is reviewed year after year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.measures.flows import POOR
from sim.scenario.shape import NO_POLICY, Mix, Place, PopulationFacts, Runs, Scenario, Structure
from sim.studies.province_sample import COMMUNES, FACTS, Free
from sim.studies.spread_work import Size, Step, spread

FARM_SHARE = 0.4


@dataclass(frozen=True)
class Listed:
    """Places with their lists at the end of ``origin``: rates in percent of households, mean income in thousand dong a month."""

    origin: int
    standard: str
    places: tuple[str, ...]
    poor: np.ndarray
    near_poor: np.ndarray
    income: np.ndarray


def forecast(known: Listed, years: int, free: Free, size: Size, step: Step | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Poor rates of the review in percent 1 to ``years`` years after the origin: (replications, places, years); and what part of their
    variance comes from the chance of who is in a sample, (places, years)."""
    scenario = scenario_of(known, free, size.agents, years)
    parts = spread(partial(_one_batch, scenario, known, size.seed), size, size.agents * len(known.places), step)
    halves = np.concatenate([half for _, half in parts])
    return np.concatenate([whole for whole, _ in parts]), (halves**2).mean(axis=0) / 4.0


def scenario_of(known: Listed, free: Free, agents: int, years: int) -> Scenario:
    """A sample of each place that starts on 1 January after the origin with exactly its lists."""
    places = []
    for at, name in enumerate(known.places):
        poor = round(known.poor[at] / 100.0 * agents)
        facts = PopulationFacts(income_per_head=float(known.income[at]), farm_labour_share=FARM_SHARE, sources={}, **FACTS)
        near = min(round(known.near_poor[at] / 100.0 * agents), agents - poor)
        places.append(Place(name=name, households=agents, poor=poor, near_poor=near, area="ordinary", communes=COMMUNES, facts=facts))
    first = known.origin + 1
    return Scenario(
        key=f"backtest_lists_{known.origin}", path=Path("backtest.yaml"), name={"vi": "Kiểm nghiệm", "en": "Back-test"},
        signed=Quarter(first, 1), first_year=first, last_year=first, follow_years=years - 1, standard=known.standard, stated=(),
        places=tuple(places), population=places[0].facts, money=(), mixes={NO_POLICY: Mix(NO_POLICY)}, targets=(),
        delivery="as_delivered", runs=Runs(1, 0), parameters=dict(free.parameters), structure=Structure(), posterior=free.posterior,
    )  # fmt: skip


def _one_batch(scenario: Any, known: Listed, seed: int, task: range, step: Step) -> tuple[np.ndarray, np.ndarray]:
    from sim.engine import Simulation

    begun = Simulation.start(scenario, task, seed)
    simulation = Simulation(begun, NO_POLICY, begun.society)
    shape = (len(task), len(known.places))
    first = _halves(simulation, shape, simulation.households.standing)
    whole: list[np.ndarray] = []
    halves: list[np.ndarray] = []

    def at_year_end(now: Any) -> None:
        counts = _halves(now, shape, now.households.reviewed)
        rates = [100.0 * poor / np.maximum(all_, 1.0) for poor, all_ in counts]
        whole.append(100.0 * (counts[0][0] + counts[1][0]) / (counts[0][1] + counts[1][1]))
        started = [100.0 * poor / np.maximum(all_, 1.0) for poor, all_ in first]
        halves.append((rates[0] - started[0]) - (rates[1] - started[1]))

    simulation.yearly.append(at_year_end)
    simulation.run()
    step()
    return np.stack(whole, axis=-1), np.stack(halves, axis=-1)


def _halves(simulation: Any, shape: tuple[int, int], standing: np.ndarray) -> Sequence[tuple[np.ndarray, np.ndarray]]:
    """Poor and all households of each half of each sample."""
    h, communes = simulation.households, simulation.communes
    group = (h.replication.astype(np.int64) - simulation.society.first) * shape[1] + communes.home.astype(np.int64)[h.cell]
    found = []
    for half in (0, 1):
        own = group[h.origin % 2 == half]
        poor = np.bincount(own[standing[h.origin % 2 == half] == POOR], minlength=int(np.prod(shape)))
        found.append((poor.reshape(shape).astype(np.float64), np.bincount(own, minlength=int(np.prod(shape))).reshape(shape)))
    return found
