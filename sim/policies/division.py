"""How an envelope is divided over communes: by stated criteria or a formula of them, to the dong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sim.policies.money import part_of, proportional_parts

CRITERIA = ("poor", "listed", "households", "equal")
BY_LISTED: Mapping[str, float] = {"listed": 1.0}  # what a plan that says nothing is taken to mean
Counts = Mapping[str, np.ndarray]  # poor, listed and all households, whole numbers by (replication, commune)
POOR_DISTRICTS = "poor_districts"
OF_A_PLACE = 1000  # equal parts: units of weight of one place, which its communes share


class Division:
    """The communes of a replication, whose money is divided: all, or those of some places of a plan.

    An envelope's ``place`` is a place, a district, all poor districts (``poor_districts``), or None for all. ``places`` are all
    places of the plan, with their own counts; they are needed only for money that is settled by them.
    """

    def __init__(self, communes: Sequence[Any], places: Sequence[Any] = ()) -> None:
        self.places, self._counted = tuple(places), dict[tuple[Any, str], np.ndarray]()
        self.names = [getattr(commune, "name", commune) for commune in communes]
        self.districts = [getattr(commune, "district", None) for commune in communes]
        self.first = getattr(communes[0], "number", 0) if communes else 0  # number of the first commune in the plan
        self.homes = np.array([getattr(commune, "home", number) for number, commune in enumerate(communes)], dtype=np.int64)
        self.poor_district = [getattr(commune, "poor_district", False) for commune in communes]
        self.within = np.array([getattr(commune, "parts", 1) for commune in communes], dtype=np.int64)  # communes in one cell

    def parts(self, amount: int, place: Any, criteria: Mapping[str, float], counts: Counts) -> np.ndarray:
        """Dong of each cell, int64: ``amount`` in every replication as a whole.

        ``criteria`` are shares of the amount that add up to one; each is divided by its own counts, the last criterion
        taking what rounding leaves. Where nobody counts, communes get equal parts.
        """
        inside = self._inside(place)
        total = np.zeros(counts["listed"].shape, dtype=np.int64)
        if inside.any():
            for criterion, part in _by_criterion(amount, criteria):
                total += proportional_parts(part, self._weights(criterion, inside, counts))
        return total.ravel()

    def settled_parts(self, amount: int, place: Any, criteria: Mapping[str, float], counts: Counts) -> np.ndarray:
        """The same, but places get their parts by the plan's own counts; only inside a place the counts of the day decide."""
        total = np.zeros(counts["listed"].shape, dtype=np.int64)
        starts = np.flatnonzero(np.diff(self.homes, prepend=-1))
        widths = np.diff(np.append(starts, len(self.homes)))
        everywhere = np.ones(len(self.homes), dtype=bool)
        for criterion, part in _by_criterion(amount, criteria):
            of_place = proportional_parts(part, self._of_plan(place, criterion))[0]
            weights = self._weights(criterion, everywhere, counts)
            for first, width in zip(starts, widths, strict=True):
                dong = int(of_place[self.homes[first]])
                if dong:
                    here = slice(first, first + width)
                    total[:, here] += proportional_parts(dong, weights[:, here])
        return total.ravel()

    def _of_plan(self, place: Any, criterion: str) -> np.ndarray:
        """What a criterion counts of each place by the plan's own figures, none outside: whole numbers (1, places)."""
        if (place, criterion) not in self._counted:
            reached = [reaches(place, one) for one in self.places]
            counted = np.where(reached, [counted_by_plan(one, criterion) for one in self.places], 0)
            self._counted[place, criterion] = (counted if counted.any() else np.array(reached, dtype=np.int64))[None]
        return self._counted[place, criterion]

    def homes_of(self, communes: Any) -> np.ndarray:
        """Index of the place of each commune of a table."""
        return self.homes[communes.place - self.first]

    def parts_of(self, communes: Any) -> np.ndarray:
        """How many communes each cell of a table stands for."""
        return self.within[communes.place - self.first]

    def _inside(self, place: Any) -> np.ndarray:
        """Mask of the communes that the money is for."""
        if isinstance(place, int):
            return np.arange(len(self.names)) == place
        if place == POOR_DISTRICTS:
            return np.array(self.poor_district, dtype=bool)
        pairs = zip(self.names, self.districts, strict=True)
        inside = np.array([place in (None, name, district) for name, district in pairs], dtype=bool)
        if not inside.any() and not any(place in (one.name, one.district) for one in self.places):
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


def _by_criterion(amount: int, criteria: Mapping[str, float]) -> Iterator[tuple[str, int]]:
    """The part of an amount that each criterion divides, the last one taking what rounding leaves."""
    left = amount
    for number, (criterion, share) in enumerate(criteria.items(), start=1):
        part = left if number == len(criteria) else part_of(amount, share)
        left -= part
        yield criterion, part


def reaches(name: Any, place: Any) -> bool:
    """Whether money for what is called ``name`` is for a place: its own name, its district's, all poor districts, None for all."""
    return name in (None, place.name, place.district) or (name == POOR_DISTRICTS and place.poor_district)


def counted_by_plan(place: Any, criterion: str) -> int:
    """What a criterion counts of a place by the plan's own figures."""
    of = {"poor": place.poor, "listed": place.poor + place.near_poor, "households": place.households, "equal": 1}
    return int(of[criterion])
