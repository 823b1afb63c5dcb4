"""The Hoàng Kim plan in three replications: one line for each mix, replication and year."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np

from sim.agents.codebook import Standing
from sim.engine import Begun, Simulation
from sim.kit.columns import Table
from sim.scenario.read import read_scenario

FILE = Path(__file__).with_name("hoang_kim_2024.csv")
SCENARIO = Path(__file__).parents[2] / "scenarios" / "hoang_kim_2024.yaml"
COLUMNS = ("mix", "replication", "year", "households", "poor", "near_poor", "income", "paid_dong", "served", "state")
REPLICATIONS, SEED = 3, 2024


def lines() -> list[dict[str, str]]:
    """The run as it is now, every figure as text.

    ``income`` is the sum over households of yearly income a head in whole thousand dong; ``paid_dong`` what all levers have
    paid so far in all replications; ``served`` households that ever received anything; ``state`` the first digits of a hash
    of every column of every household.
    """
    scenario = read_scenario(SCENARIO)
    begun = Simulation.start(scenario, range(REPLICATIONS), SEED)
    return [line for mix in scenario.mixes for line in _lines_of(begun, mix)]


def read() -> list[dict[str, str]]:
    """The run as it was written down."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _lines_of(begun: Begun, mix: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def note(simulation: Simulation) -> None:
        h, paid = simulation.households, simulation.programme.ledger.total("paid")
        for replication in range(REPLICATIONS):
            found.append(_line(mix, replication, simulation.now.year, h.take(h.replication == replication), paid))

    simulation = Simulation(begun, mix)
    simulation.yearly.append(note)
    simulation.run()
    return found


def _line(mix: str, replication: int, year: int, h: Table, paid: int) -> dict[str, str]:
    digest = hashlib.sha256()
    for array in h.arrays().values():
        digest.update(np.ascontiguousarray(array).tobytes())
    counts = [int((h.reviewed == standing).sum()) for standing in (Standing.POOR, Standing.NEAR_POOR)]
    income = int(np.floor(h.income_per_head.astype(np.float64)).sum())
    served = int((h.received > 0).any(axis=0).sum())
    values = (mix, replication, year, len(h), *counts, income, paid, served, digest.hexdigest()[:16])
    return {name: str(value) for name, value in zip(COLUMNS, values, strict=True)}
