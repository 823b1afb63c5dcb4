"""Writes down each year of one simulation: measures, flows, ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.measures.flows import Lists, close, stock, transitions
from sim.measures.levels import Levels, add_in_order
from sim.measures.year import Facts, measure_year
from sim.studies.results import Cube


@dataclass
class Recorder:
    """Keeps the years of one batch of replications under one mix.

    Call :meth:`record` once at the start and at the end of every year, after the review and before 1 January.
    """

    replications: int
    levels: Levels
    years: list[dict[str, np.ndarray]] = field(default_factory=list)
    flows: list[np.ndarray] = field(default_factory=list)
    groups: tuple[str, ...] = ()
    _stock: np.ndarray | None = None

    def record(self, h: Any, facts: Facts) -> None:
        """Measure the year that ends; the first call measures the start, which has no flows."""
        self.groups, measures = measure_year(h, facts)
        measures = self.levels.with_means(measures)
        cells = self.replications * self.levels.communes
        if self._stock is not None:
            lists = Lists(h.standing, h.reviewed, h.quarters_since_poor, h.quarters_since_listed, facts.new, facts.when)
            self.flows.append(close(transitions(lists, h.cell, cells), self._stock))
        self.years.append(measures)
        self._stock = stock(h.reviewed, h.cell, cells)

    def add_spending(self, spent: Mapping[str, np.ndarray]) -> None:
        """Add what each lever paid out, whole dong of shape (years, replications, places); known for all households only."""
        for lever, by_year in spent.items():
            self._add(f"spent:{lever}", by_year.astype(np.float64))

    def add_jobs(self, found: Sequence[np.ndarray]) -> None:
        """Add the people who found work in each year, each (replications, places); known for all households only."""
        self._add("jobs_found", found)

    def _add(self, measure: str, by_year: Iterable[np.ndarray]) -> None:
        """Add a count of each year by replication and place, for all households together."""
        for measures, by_place in zip(self.years, by_year, strict=True):
            figures = np.full(measures["households"].shape, np.nan)
            figures[:, : self.levels.width, 0] = self.levels.of_places(by_place)
            for label, units in enumerate(self.levels.means, start=self.levels.width):
                figures[:, label, 0] = add_in_order(figures[:, units, 0], axis=1)
            measures[measure] = figures

    def cube(self) -> Cube:
        """The measures recorded, by replication, year, place, group and measure in alphabetical order."""
        names = tuple(sorted({name for year in self.years for name in year}))
        shape = next(iter(self.years[-1].values())).shape
        empty = np.full(shape, np.nan)
        by_year = [np.stack([year.get(name, empty) for name in names], axis=-1) for year in self.years]
        return Cube(self.groups, names, np.stack(by_year, axis=1))

    def flow_table(self) -> np.ndarray:
        """The flows recorded, int64, by replication, year, place, from and to."""
        shape = (self.replications, self.levels.communes)
        by_year = [self.levels.by_place(year.reshape(*shape, *year.shape[1:])) for year in self.flows]
        return np.stack(by_year, axis=1)


def join_cubes(parts: list[Cube]) -> Cube:
    """Batches of replications put together."""
    first = parts[0]
    if any(part.measures != first.measures for part in parts):
        raise ValueError("batches measured different things")
    return Cube(first.groups, first.measures, np.concatenate([part.values for part in parts]))
