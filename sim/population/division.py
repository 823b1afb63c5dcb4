"""The communes of a plan: a place that stands for several is divided into them, each a cell of the dynamics.

Who is poor where inside such a place is not drawn apart: communes differ in living standards as communes do, and the
place's list falls where that puts it, so that its parts always add up to what the plan counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.agents.purposes import Purpose
from sim.kit import draws, maths
from sim.population.tables import table


@dataclass(frozen=True)
class Commune:
    """A cell of the dynamics: the whole of a place, or one of the ``communes`` that the place was divided into.

    ``home`` is the place's index in the plan; ``name`` and ``district`` are the place's, whose money it shares.
    """

    name: str
    district: str
    home: int
    households: int


def divide(places: Sequence[Any], seed: int) -> tuple[Commune, ...]:
    """The communes of all places, in the order of the places; the same in every replication of a seed."""
    communes = []
    for home, place in enumerate(places):
        district = getattr(place, "district", "") or place.name
        for households in sizes_of(place.households, getattr(place, "communes", 1), home, seed):
            communes.append(Commune(place.name, district, home, int(households)))
    return tuple(communes)


def sizes_of(households: int, communes: int, home: int, seed: int) -> np.ndarray:
    """Households of each commune, int64, at least one in each, that add up to ``households``.

    Sizes spread log-normally, as those of neighbouring communes do.
    """
    if communes == 1:
        return np.array([households], dtype=np.int64)
    if communes > households:
        raise ValueError(f"{households} households cannot make {communes} communes")
    number = np.arange(communes)
    weights = maths.exp(table("communes")["spread"] * draws.normal(seed, home, draws.COMMUNE_BRANCH, number, 0, int(Purpose.COMMUNE_SIZE)))
    ends = np.floor(np.cumsum(weights) / np.cumsum(weights)[-1] * (households - communes) + 0.5).astype(np.int64)
    return 1 + np.diff(ends, prepend=0)


def homes_of(communes: Sequence[Commune]) -> np.ndarray:
    """Index of each commune's place, int64."""
    return np.array([commune.home for commune in communes], dtype=np.int64)
