"""Particles run as replications: each draws its own free numbers, and gives the statistics of a fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sim.engine import Simulation
from sim.law.posterior import Joint
from sim.scenario.read import read_scenario
from sim.scenario.shape import NO_POLICY, Scenario
from sim.studies.executors import batches
from sim.studies.fitting import survey
from sim.studies.fitting.flows import shares, year_of_flows
from sim.studies.fitting.free import Reading, Table, noise
from sim.studies.fitting.statistics import statistics
from sim.studies.spread_work import share_out

FILE = Path(__file__).with_name("ninh_thuan_2022.yaml")
ONE_FOR = 8  # households of Ninh Thuận that an agent stands for: 12,500 agents a particle
AT_A_TIME = 8  # particles of a batch
Tell = Callable[[], None]


@dataclass(frozen=True)
class Simulated:
    """Statistics of particles in their units, by name, each (particles,); the survey's parts by name, which any errors may be laid on."""

    flows: dict[str, np.ndarray]
    provinces: dict[str, np.ndarray]

    def rows(self, rows: slice | np.ndarray) -> Simulated:
        """Some of the particles."""
        return Simulated(*({key: values[rows] for key, values in part.items()} for part in (self.flows, self.provinces)))


def ninh_thuan(numbers: Joint) -> Scenario:
    """The population of the flows, with free numbers from a table or posterior."""
    return replace(read_scenario(FILE), posterior=numbers, one_for=ONE_FOR)


def simulate_flows(numbers: Joint, particles: int, seed: int, threads: int, tell: Tell) -> dict[str, np.ndarray]:
    """The statistics of flows of particles 0 to ``particles``."""
    plan = ninh_thuan(numbers)

    def work(task: range, step: Tell) -> dict[str, np.ndarray]:
        simulation = Simulation(Simulation.start(plan, task, seed), NO_POLICY)
        years: list[np.ndarray] = []

        def look(at_end: Simulation) -> None:
            rows = at_end.communes.replication[at_end.households.cell].astype(np.int64) - task.start
            years.append(year_of_flows(at_end.households, at_end.now.year, rows, len(task)))

        simulation.yearly.append(look)
        simulation.run()
        step()
        return shares(np.stack(years, axis=1))

    return _together(share_out(work, batches(particles, AT_A_TIME), threads, tell))


def simulate_provinces(values: dict[str, np.ndarray], seed: int, threads: int, tell: Tell) -> dict[str, np.ndarray]:
    """The simulated groups of provinces of all particles."""
    plan = survey.scenario(survey.columns(values))

    def work(task: range, step: Tell) -> dict[str, np.ndarray]:
        found = survey.simulate(plan, task, seed, values["income_error"])
        step()
        return found

    return _together(share_out(work, batches(len(values["growth"]), AT_A_TIME), threads, tell))


def table_of(reading: Reading, values: dict[str, np.ndarray]) -> Table:
    """The particles' numbers as a scenario takes them, past programmes' growth included."""
    return Table({name: values[name] for name in reading.kept} | {"growth": values["growth"] + values["programme_growth"]})


def compared(found: Simulated, values: dict[str, np.ndarray], seed: int, with_spread: bool = True) -> np.ndarray:
    """Statistics on their scales, (particles, statistics), with the spread between places that the model does not explain."""
    particles = np.arange(len(values["growth"]))
    units = found.flows | survey.published(found.provinces, values, seed, particles)
    scaled = np.stack([one.scaled(units[one.key]) for one in statistics()], axis=1)
    if not with_spread:
        return scaled
    spread = np.array([one.spread for one in statistics()])
    return np.asarray(scaled + spread * np.concatenate([noise(seed, f"spread {one.key}", particles) for one in statistics()], axis=1))


def _together(parts: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
