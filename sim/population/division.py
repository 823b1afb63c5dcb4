"""The cells of the dynamics: a place is a commune, or is divided into those that it stands for.

In a sample a cell stands for several communes, so that its markets, queues and budgets are about as large as a commune's
are: among the few agents of one commune the luck of the draw would empty markets and leave money unspent.

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
    """A cell of the dynamics: the whole of a place, or a part of it.

    ``home`` is the place's index in the plan; ``name`` and ``district`` are the place's, whose money it shares;
    ``households`` are its agents, ``parts`` the communes that it stands for; ``poor_district`` as the place's; ``number`` counts
    all cells of the plan.
    """

    name: str
    district: str
    home: int
    households: int
    parts: int = 1
    poor_district: bool = False
    number: int = 0


def divide(places: Sequence[Any], seed: int, one_for: int = 1, only: range | None = None) -> tuple[Commune, ...]:
    """The cells of all places (or ``only`` of some), in the order of the places; the same in every replication of a seed.

    ``places`` count agents, each of whom stands for ``one_for`` households.
    """
    communes = []
    only = range(len(places)) if only is None else only
    before = sum(_cells_of(place, one_for) for place in places[: only.start])
    for home in only:
        place, cells = places[home], _cells_of(places[home], one_for)
        district, parts = getattr(place, "district", "") or place.name, getattr(place, "communes", 1)
        poor = bool(getattr(place, "poor_district", False))
        for number, agents in enumerate(sizes_of(place.households, cells, home, seed)):
            part = parts * (number + 1) // cells - parts * number // cells
            communes.append(Commune(place.name, district, home, int(agents), part, poor, before + number))
        before += cells
    return tuple(communes)


def _cells_of(place: Any, one_for: int) -> int:
    """Cells that a place is divided into."""
    return max((2 * getattr(place, "communes", 1) + one_for) // (2 * one_for), 1)


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
