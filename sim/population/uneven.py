"""Levels and paths of income that differ between the places of a plan, and between its minority households and others.

A commune plan has one place, and none of this: everything here is about differences within the plan, around the means
that the plan's figures and the growth of the replication give.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.agents.codebook import Area
from sim.agents.purposes import Purpose
from sim.kit import draws, maths
from sim.population.tables import facts_of, stated

LEAST_RATE, MOST_RATE = 0.002, 0.9  # of listed households: beyond these a rate says no more of income
NO_DIFFERENCE = 1e-9
DIFFERENCES = ("minority_growth_gap", "remote_growth_gap", "district_growth_sd")


def shared_levels(places: Sequence[Any], slope: np.ndarray) -> np.ndarray:
    """Mean income of each place over the figure that it shares with others, shape (replications, places) float64.

    Places that state no income of their own share that of their district or of the whole plan (``income_of``). Poorer
    places lie below it: by ``slope`` log points (by replication) for each unit of the normal score of their listed rate.
    The mean over people stays the figure.
    """
    listed = np.array([(place.poor + place.near_poor) / max(place.households, 1) for place in places])
    score = maths.normal_quantile(np.clip(listed, LEAST_RATE, MOST_RATE))
    people = np.array([place.households * facts_of(place).household_size for place in places])
    ratio = np.ones((len(slope), len(places)))
    shares = [getattr(place, "income_of", None) for place in places]
    for owner in sorted({share for share in shares if share is not None}):
        some = np.flatnonzero([share == owner for share in shares])
        centred = score[some] - score[some[0]]
        level = maths.exp(slope[:, None] * centred)
        mean = np.cumsum(level * people[some], axis=1)[:, -1] / np.cumsum(people[some])[-1]
        ratio[:, some] = level / mean[:, None]
    return ratio


def income_owners(places: Sequence[Any]) -> np.ndarray:
    """The first place that shares each place's income figure, itself where it has its own: int64."""
    shares = [getattr(place, "income_of", None) for place in places]
    return np.array([number if share is None else shares.index(share) for number, share in enumerate(shares)], dtype=np.int64)


def growth_offsets(society: Any, places: Sequence[Any], usual: float) -> np.ndarray | None:
    """Growth of each cell above that of its replication, log points a year: (2, cells), other and minority households.

    Stated growth of a place (or its minority households) replaces ``usual``, the middle of the prior of growth. Beside it
    places differ by their minority share, by remoteness and, districts among them, by luck; these differences leave the
    growth of the whole plan where it is. None where nothing differs.
    """
    communes = society.communes
    home, index = communes.home.astype(np.int64), communes.replication - society.first
    p = {name: society.parameters[name].astype(np.float64)[:, None] for name in DIFFERENCES}
    weight = np.array([place.households for place in places], dtype=np.float64)
    minority = np.array([facts_of(place).minority_share for place in places])
    remote = np.array([Area[place.area.upper()] == Area.ESPECIALLY_DIFFICULT for place in places], dtype=np.float64)
    differing = p["minority_growth_gap"] * _around_mean(minority, weight) + p["remote_growth_gap"] * _around_mean(remote, weight)
    differing = differing + p["district_growth_sd"] * _luck_of_districts(society, places, weight)
    others = np.array([stated(place, "growth", usual) - usual for place in places])
    of_minority = np.array([stated(place, "minority_growth", stated(place, "growth", usual)) - usual for place in places])
    offsets = np.stack([(differing + others)[index, home], (differing + of_minority)[index, home]])
    return offsets if np.abs(offsets).max() > NO_DIFFERENCE else None


def _luck_of_districts(society: Any, places: Sequence[Any], weight: np.ndarray) -> np.ndarray:
    """A lasting standard normal number of each district around their mean, (replications, places); 0 outside districts."""
    names = [getattr(place, "district", None) or (place.name if getattr(place, "communes", 1) > 1 else None) for place in places]
    districts = list(dict.fromkeys(name for name in names if name is not None))
    replications = society.first + np.arange(len(society.parameters))
    luck = np.zeros((len(replications), len(places)))
    for number, district in enumerate(districts):
        drawn = draws.normal(society.seed, number, draws.WORLD_BRANCH, replications, 0, int(Purpose.DISTRICT_GROWTH))
        luck[:, [name == district for name in names]] = drawn[:, None]
    within = np.array([name is not None for name in names])
    return np.where(within, _around_mean(luck, weight * within), 0.0) if len(districts) > 1 else np.zeros_like(luck)


def _around_mean(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Values of the places (last axis) less their weighted mean."""
    return values - (np.cumsum(values * weight, axis=-1)[..., -1] / np.cumsum(weight)[-1])[..., None]
