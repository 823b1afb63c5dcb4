"""A small run as digests, for comparison between processors (see test_processors.py)."""

from __future__ import annotations

import hashlib

import numpy as np

from sim.policies.discovery import discover
from sim.studies.run import run
from tests.verification import small


def history() -> dict[str, str]:
    """What stands in every column after two years, and what a run of the same plan measures, each as the start of a SHA-256."""
    scenario = small.plan_of_levers(
        levers=[key for key in discover() if key not in ("housing", "infrastructure", "water_sanitation", "land_forest")],
        places=[small.place(name, 220, 40, 30) for name in ("A", "B", "C")],
        millions=900.0,
        follow_years=1,
    )
    simulation = small.run_years(small.start(scenario, 2), "plan")
    found = {name: digest(array) for name, array in simulation.households.arrays().items()}
    found |= {f"commune.{name}": digest(array) for name, array in simulation.communes.arrays().items()}
    results = run(scenario, replications=2, threads=1)
    for mix in results.frame.mixes:
        cube = results.measures[mix]
        found |= {f"{mix}.{name}": digest(cube.values[..., at]) for at, name in enumerate(cube.measures)}
        found |= {f"{mix}.flows": digest(results.flows[mix]), f"{mix}.dong": digest(results.ledger[mix].columns["dong"])}
    return found


def digest(array: np.ndarray) -> str:
    """The start of the hash of an array's bytes."""
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()[:12]


if __name__ == "__main__":
    for name, value in history().items():
        print(name, value)
