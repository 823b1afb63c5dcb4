"""What the full models do: years of a made-up province under five levers, from one start that the engine has made."""

from __future__ import annotations

import pickle
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np

from sim.engine import Begun, Simulation
from sim.scenario.shape import AREAS, Place
from tests.oracle import engine_side
from tests.oracle.world import FACTS, MONEY, scenario

COMMUNE = 1500  # households of a commune, about
SEED = 21
# The oracle lets all places grow at one rate (see population/uneven.py).
ALIKE = {"minority_growth_gap": 0.0, "remote_growth_gap": 0.0}


def begin(households: int, replications: int = 1) -> Begun:
    """The start: communes of some 1,500 households, money in proportion to them."""
    communes = max(households // COMMUNE, 2)
    sizes = [households // communes + (k < households % communes) for k in range(communes)]
    names = ["B", *(f"commune {k}" for k in range(1, communes))]
    places = tuple(
        Place(name, size, size // 5, size // 8, area, FACTS, assumption="made up")
        for name, size, area in zip(names, sizes, cycle(AREAS), strict=False)
    )
    money = tuple(replace(envelope, amount_dong=envelope.amount_dong * households // 150) for envelope in MONEY)
    return Simulation.start(replace(scenario(1), places=places, money=money, parameters=ALIKE), range(replications), SEED)


def save(begun: Begun, folder: Path) -> Path:
    """The start in a file, for processes of other environments: the engine's and the oracle's."""
    file = folder / "start.pickle"
    society = replace(begun.society, standard=None)  # type: ignore[arg-type]  # it holds functions, and is read again
    file.write_bytes(pickle.dumps((society, engine_side.start_of(begun))))
    return file


def summary(final: dict[str, np.ndarray]) -> dict[str, list[float]]:
    """Mean and standard error of each measure over households."""
    told = {}
    for name, column in final.items():
        values = np.asarray(column, dtype=np.float64)
        told[name] = [float(values.mean()), float(values.std() / np.sqrt(len(values)))]
    return told

