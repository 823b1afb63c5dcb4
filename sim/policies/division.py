"""How an envelope is divided over communes: by stated criteria or a formula of them, to the dong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.policies.money import part_of, proportional_parts

CRITERIA = ("poor", "listed", "households", "equal")
BY_LISTED: Mapping[str, float] = {"listed": 1.0}  # what a plan that says nothing is taken to mean
Counts = Mapping[str, np.ndarray]  # poor, listed and all households, whole numbers by (replication, commune)
POOR_DISTRICTS = "poor_districts"
OF_A_PLACE = 1000  # equal parts: units of weight of one place, which its communes share


class Division:
    """The communes of a replication, whose money is divided.

    An envelope's ``place`` is a place, a district, all poor districts (``poor_districts``), or None for all.
    """

    def __init__(self, communes: Sequence[Any]) -> None:
        self.names = [getattr(commune, "name", commune) for commune in communes]
        self.districts = [getattr(commune, "district", None) for commune in communes]
        self.homes = np.array([getattr(commune, "home", number) for number, commune in enumerate(communes)], dtype=np.int64)
        self.poor_district = [getattr(commune, "poor_district", False) for commune in communes]
        self.within = np.array([getattr(commune, "parts", 1) for commune in communes], dtype=np.int64)  # communes in one cell

    def parts(self, amount: int, place: Any, criteria: Mapping[str, float], counts: Counts) -> np.ndarray:
        """Dong of each cell, int64: ``amount`` in every replication as a whole.

        ``criteria`` are shares of the amount that add up to one; each is divided by its own counts, the last criterion
        taking what rounding leaves. Where nobody counts, communes get equal parts.
        """
        inside = self._inside(place)
        total, left = np.zeros(counts["listed"].shape, dtype=np.int64), amount
        for number, (criterion, share) in enumerate(criteria.items(), start=1):
            part = left if number == len(criteria) else part_of(amount, share)
            total += proportional_parts(part, self._weights(criterion, inside, counts))
            left -= part
        return total.ravel()

    def _inside(self, place: Any) -> np.ndarray:
        """Mask of the communes that the money is for."""
        if isinstance(place, int):
            return np.arange(len(self.names)) == place
        if place == POOR_DISTRICTS:
            return np.array(self.poor_district, dtype=bool)
        pairs = zip(self.names, self.districts, strict=True)
        inside = np.array([place in (None, name, district) for name, district in pairs], dtype=bool)
        if not inside.any():
            raise ValueError(f"no place or district is called {place!r}")
        return inside

    def _weights(self, criterion: str, inside: np.ndarray, counts: Counts) -> np.ndarray:
        """Whole weights by (replication, commune), none outside."""
        if criterion != "equal":
            weights = np.where(inside, counts[criterion].astype(np.int64), 0)
            return np.where(weights.sum(axis=1, keepdims=True) > 0, weights, inside)
        households = np.where(inside, counts["households"].astype(np.int64), 0)
        weights = np.zeros_like(households)
        for home in np.unique(self.homes[inside]):
            of_place = np.flatnonzero(self.homes == home)
            running = np.cumsum(households[:, of_place], axis=1)
            weights[:, of_place] = np.diff(OF_A_PLACE * running // np.maximum(running[:, -1:], 1), axis=1, prepend=0)
        return weights
