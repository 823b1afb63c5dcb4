"""The place axis of results: the whole, districts, the places that a plan names; each a set of communes, the cells of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.measures import catalogue

COUNTS = ("households", "people", "dong", "communes")  # units of what is added up over places; other figures are rates or means


class Levels:
    """Which places, and so which communes of each replication, every label of the place axis takes in.

    ``homes`` is the place of each commune, ascending, shape (communes,); ``place_ends[k]`` is where the communes of place k end.
    ``labels`` holds the places of each label; ``members`` are those of all labels, those of label k up to ``ends[k]``. ``means``
    holds, for each further label at the end of the axis, the labels whose plain mean it is. ``weight`` is how many real households
    a row stands for: ``Grouping`` and ``by_place`` multiply every sum over rows by it, and nothing else does. ``in_classes``: there
    are so many households that incomes of several places together are looked at by classes of income (see inequality.py).
    ``kin``: a number for each place, the same for places that the same labels of several places hold.
    """

    def __init__(
        self,
        homes: Sequence[int] | np.ndarray,
        labels: Sequence[Sequence[int]],
        means: Sequence[Sequence[int]] = (),
        weight: int = 1,
        parts: Sequence[int] | np.ndarray | None = None,
        in_classes: bool = False,
        kin: np.ndarray | None = None,
    ) -> None:
        self.homes, self.weight, self.in_classes = np.asarray(homes, dtype=np.int64), weight, in_classes
        self.parts = np.ones(len(self.homes), dtype=np.int64) if parts is None else np.asarray(parts, dtype=np.int64)
        self.labels = [np.asarray(places, dtype=np.int64) for places in labels]
        self.means = [np.asarray(units, dtype=np.int64) for units in means]
        self.members, self.ends = np.concatenate(self.labels), np.cumsum([len(some) for some in self.labels])
        self._starts = np.flatnonzero(np.diff(self.homes, prepend=-1))
        self.place_ends = np.append(self._starts[1:], len(self.homes))
        self.kin = self._kin() if kin is None else kin

    @classmethod
    def flat(cls, communes: int) -> Levels:
        """Each commune a place of its own: the whole, then the communes if there are several."""
        each = [[commune] for commune in range(communes)]
        return cls(np.arange(communes), [list(range(communes)), *each] if communes > 1 else each)

    @property
    def communes(self) -> int:
        """Communes of a replication."""
        return len(self.homes)

    @property
    def width(self) -> int:
        """Length of the place axis without its means."""
        return len(self.labels)

    @property
    def places(self) -> int:
        """Places of a replication."""
        return len(self.place_ends)

    def part(self, places: range) -> Levels:
        """Some of the places, each a label of its own, for a part of a run (see tape.py)."""
        inside = (self.homes >= places.start) & (self.homes < places.stop)
        homes = self.homes[inside] - places.start
        kin = np.unique(self.kin[places.start : places.stop], return_inverse=True)[1]
        return Levels(homes, [[place] for place in range(len(places))], (), self.weight, self.parts[inside], self.in_classes, kin)

    @property
    def kins(self) -> int:
        """How many kins of places there are."""
        return int(self.kin.max()) + 1

    def _kin(self) -> np.ndarray:
        held = [np.isin(np.arange(self.places), places) for places in self.labels if len(places) > 1]
        return np.unique(np.stack([np.ones(self.places, dtype=bool), *held]), axis=1, return_inverse=True)[1].reshape(-1)

    def of_places(self, figures: np.ndarray) -> np.ndarray:
        """Real figures of each place, shape (..., places), added up by label, shape (..., width)."""
        return np.stack([add_in_order(figures[..., places], axis=-1) for places in self.labels], axis=-1)

    def by_place(self, sums: np.ndarray) -> np.ndarray:
        """Sums over the rows of each commune, shape (replications, communes, ...), to places, in real households."""
        return np.add.reduceat(sums, self._starts, axis=1) * self.weight

    def count_communes(self, which: np.ndarray) -> np.ndarray:
        """Communes among ``which``, shape (replications, communes), by place, shape (replications, places, 1).

        A cell counts for as many communes as it stands for, whatever its households stand for.
        """
        by_place = np.add.reduceat(np.asarray(which, dtype=np.int64) * self.parts, self._starts, axis=1)
        return by_place.astype(np.float64)[..., None]

    def with_means(self, measures: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Measures of shape (replications, width, groups) with the mean labels added to their place axis.

        A rate of a mean label is the plain mean of its units' rates, whatever their size; a count is their sum, so that a
        gap in the mean rate, were every unit short by as much, can be given in households.
        """
        return {name: self._with_means(name, values) for name, values in measures.items()} if self.means else dict(measures)

    def _with_means(self, name: str, values: np.ndarray) -> np.ndarray:
        counted = catalogue.describe(name).unit in COUNTS
        sums = [add_in_order(values[:, units], axis=1) / (1.0 if counted else len(units)) for units in self.means]
        return np.concatenate([values, np.stack(sums, axis=1)], axis=1)


def as_levels(places: int | Levels) -> Levels:
    """The levels meant: a number stands for so many places side by side."""
    return places if isinstance(places, Levels) else Levels.flat(places)


def add_in_order(table: np.ndarray, axis: int) -> np.ndarray:
    """Sum along an axis, strictly one after the other.

    ``np.sum`` adds in an order that depends on the array's shape, so a replication alone and among others would
    differ in the last bit.
    """
    if not table.shape[axis]:
        return table.sum(axis=axis)
    return np.take(np.add.accumulate(table, axis=axis), -1, axis=axis)
