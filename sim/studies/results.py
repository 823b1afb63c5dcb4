"""The results of a run in memory: what charts and reports read, whether fresh or loaded from a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sim.measures import catalogue
from sim.measures.flows import FROM, TO
from sim.measures.grouping import ALL
from sim.studies.frame import Frame


@dataclass(frozen=True)
class Cube:
    """All measures of one mix: ``values[replication, year, place, group, measure]``, not-a-number where undefined."""

    groups: tuple[str, ...]
    measures: tuple[str, ...]
    values: np.ndarray


@dataclass(frozen=True)
class LedgerTable:
    """Entries of one mix's ledger, aggregated: equal-length arrays, strings as Python objects, ``dong`` int64."""

    columns: Mapping[str, np.ndarray]

    KEYS = ("replication", "year", "quarter", "place", "source", "kind", "lever", "entry")

    def __len__(self) -> int:
        return len(self.columns["dong"])

    def total(self, entry: str, **where: Any) -> int:
        """Whole dong of all entries called ``entry`` whose columns have the given values, over all replications."""
        mask = self.columns["entry"] == entry
        for name, value in where.items():
            mask = mask & (self.columns[name] == value)
        return int(self.columns["dong"][mask].sum())


@dataclass(frozen=True)
class Part:
    """What one batch of replications gives under one mix. ``incomes``: of a piece of a replication only (see joining.py)."""

    cube: Cube
    flows: np.ndarray
    ledger: LedgerTable
    incomes: tuple[np.ndarray, ...] = ()


Parts = dict[str, Part]  # by mix


@dataclass(frozen=True)
class Results:
    """A run's results, by mix; ``flows[mix][replication, year, place, from, to]`` begins with the first simulated year."""

    frame: Frame
    measures: Mapping[str, Cube]
    flows: Mapping[str, np.ndarray]
    ledger: Mapping[str, LedgerTable]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None

    @property
    def run_id(self) -> str:
        """Ten hex digits that name the run."""
        return str(self.manifest.get("run", ""))

    def series(self, mix: str, measure: str, place: str = ALL, group: str = ALL) -> np.ndarray:
        """A measure by replication and year (``frame.years``), shape (replications, years).

        A lever that a mix does not have served nobody and cost nothing under it.
        """
        cube = self.measures[mix]
        if measure not in cube.measures and catalogue.lever_of(measure) in self.frame.labels:
            return np.zeros(cube.values.shape[:2])
        where = (self.frame.place_index(place), cube.groups.index(group), cube.measures.index(measure))
        return cube.values[:, :, where[0], where[1], where[2]]

    def has(self, mix: str, measure: str) -> bool:
        """Whether the run measured this."""
        return measure in self.measures[mix].measures

    def at(self, mix: str, measure: str, year: int, place: str = ALL, group: str = ALL) -> np.ndarray:
        """A measure in one year, shape (replications,)."""
        return self.series(mix, measure, place, group)[:, self.frame.years.index(year)]

    def flow(self, mix: str, year: int, origin: str, to: str, place: str = ALL) -> np.ndarray:
        """Households that went from ``origin`` to ``to`` in the review of ``year``, shape (replications,)."""
        table = self.flows[mix][:, self.frame.years.index(year) - 1, :, FROM.index(origin), TO.index(to)]
        places = self.frame.places if place == ALL else self.frame.districts.get(place, (place,))
        return table[:, [self.frame.places.index(one) for one in places]].sum(axis=1)
