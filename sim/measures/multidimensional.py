"""Multidimensional poverty by the method of Alkire and Foster (2011), Journal of Public Economics 95(7-8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.measures.grouping import Grouping, ratio


@dataclass(frozen=True)
class AlkireFoster:
    """Headcount ratio H, intensity A among the poor, M0 = H x A, all 0 to 1.

    ``censored[k]`` is the share of people that lack indicator k and are poor.
    """

    h: np.ndarray
    a: np.ndarray
    m0: np.ndarray
    censored: tuple[np.ndarray, ...]


def score(lacked: np.ndarray, weights: Sequence[float]) -> np.ndarray:
    """Weighted sum of the indicators lacked; bit k of ``lacked`` is indicator k, shape (rows,)."""
    by_mask = np.zeros(1 << len(weights))
    masks = np.arange(1 << len(weights))
    for bit, weight in enumerate(weights):
        by_mask += weight * ((masks >> bit) & 1)
    return by_mask[lacked]


def alkire_foster(grouping: Grouping, lacked: np.ndarray, weights: Sequence[float], cutoff: float, people: np.ndarray) -> AlkireFoster:
    """All Alkire-Foster figures of bit masks ``lacked``.

    ``weights`` of the indicators add up to 1; a household is poor when its score is at least ``cutoff`` (0 to 1,
    a hair of rounding allowed); ``people`` weighs the rows.
    """
    lack = score(lacked, weights)
    poor = np.flatnonzero(lack >= cutoff - 1e-9)
    bits, weight = lacked[poor], np.asarray(people)[poor].astype(np.float64)
    everyone = grouping.total(people)
    poor_people = grouping.of_subset(poor, weight)
    intensity = grouping.of_subset(poor, weight * lack[poor])
    censored = tuple(ratio(grouping.of_subset(poor, weight * ((bits >> bit) & 1)), everyone) for bit in range(len(weights)))
    return AlkireFoster(ratio(poor_people, everyone), ratio(intensity, poor_people), ratio(intensity, everyone), censored)


def uncensored(grouping: Grouping, lacked: np.ndarray, indicators: int) -> tuple[np.ndarray, ...]:
    """Share of households that lack each indicator, poor or not, 0 to 1."""
    households = grouping.rows()
    return tuple(ratio(lacking, households) for lacking in grouping.of_bits(lacked, indicators))
