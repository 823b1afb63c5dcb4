"""Sums over (replication, place, group): the one loop under all measures.

Groups overlap (a household may be poor, headed by a woman and of a minority), so each row gets a pattern of the
groups it is in; one ``np.bincount`` over (pattern, cell) gives every group's sum at once. Sums run in row order
inside a cell and in pattern order across patterns: the same bytes for any split of replications into batches.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

ALL = "all"


class Grouping:
    """Rows sorted into cells (replication x place) and overlapping groups.

    ``cell`` is replication index * places + place index, shape (rows,), sorted. ``groups`` maps a group's name to a mask of
    rows. Results have the shape (replications, P, G): P is the places, or the whole first and then the places if
    there are several; G is ``all`` first and then the groups as given.
    """

    def __init__(self, cell: np.ndarray, replications: int, places: int, groups: Mapping[str, np.ndarray]):
        self.replications, self.places = replications, places
        self.cell = np.asarray(cell, dtype=np.int64)
        self.masks = {name: np.asarray(mask, dtype=bool) for name, mask in groups.items()}
        self.names = (ALL, *self.masks)
        self.pattern = np.zeros(len(self.cell), dtype=np.int64)
        for bit, mask in enumerate(self.masks.values()):
            self.pattern |= mask.astype(np.int64) << bit
        seen = np.flatnonzero(np.bincount(self.pattern, minlength=1))
        rank_of = np.zeros(int(seen[-1]) + 1 if len(seen) else 1, dtype=np.int64)
        rank_of[seen] = np.arange(len(seen))
        self._members = np.stack([np.ones(len(seen), dtype=bool)] + [(seen >> bit) & 1 == 1 for bit in range(len(self.masks))])
        self._exact_members = self._members.astype(np.float64)
        self._patterns = max(len(seen), 1)
        self._key = rank_of[self.pattern] * self.cells + self.cell

    @property
    def cells(self) -> int:
        """Number of cells, replications x places."""
        return self.replications * self.places

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape of every result: (replications, whole and places, groups)."""
        return self.replications, self.places + (self.places > 1), len(self.names)

    def count(self, mask: np.ndarray) -> np.ndarray:
        """Rows for which ``mask`` holds."""
        rows = np.flatnonzero(mask)
        return self._spread_exact(np.bincount(self._key[rows], minlength=self._patterns * self.cells))

    def total(self, values: np.ndarray) -> np.ndarray:
        """Sum of ``values`` (any number type)."""
        spread = self._spread if np.asarray(values).dtype.kind == "f" else self._spread_exact
        return spread(np.bincount(self._key, weights=values, minlength=self._patterns * self.cells))

    def of_subset(self, rows: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Sum of ``values``, one for each of the row numbers ``rows``: cheap where few rows matter."""
        return self._spread(np.bincount(self._key[rows], weights=values, minlength=self._patterns * self.cells))

    def rows(self) -> np.ndarray:
        """Number of rows."""
        return self._spread_exact(np.bincount(self._key, minlength=self._patterns * self.cells))

    def _spread_exact(self, table: np.ndarray) -> np.ndarray:
        """As :meth:`_spread` for whole numbers, whose sums are exact in any order: one product of matrices."""
        by_group = self._exact_members @ table.astype(np.float64).reshape(self._patterns, self.cells)
        return np.stack([with_whole(row.reshape(self.replications, self.places)) for row in by_group], axis=-1)

    def _spread(self, table: np.ndarray) -> np.ndarray:
        """Sums by pattern and cell to sums by replication, place and group."""
        table = table.reshape(self._patterns, self.cells)
        by_group = [add_in_order(table[members], axis=0) for members in self._members]
        return np.stack([with_whole(row.reshape(self.replications, self.places)) for row in by_group], axis=-1)


def with_whole(by_place: np.ndarray) -> np.ndarray:
    """Figures of shape (replications, places) with their sum put first, if there are several places."""
    if by_place.shape[1] == 1:
        return by_place
    return np.concatenate([add_in_order(by_place, axis=1)[:, None], by_place], axis=1)


def add_in_order(table: np.ndarray, axis: int) -> np.ndarray:
    """Sum along an axis, strictly one after the other.

    ``np.sum`` adds in an order that depends on the array's shape, so a replication alone and among others would
    differ in the last bit.
    """
    if not table.shape[axis]:
        return table.sum(axis=axis)
    return np.take(np.add.accumulate(table, axis=axis), -1, axis=axis)


def ratio(numerator: np.ndarray, denominator: np.ndarray, scale: float = 1.0) -> np.ndarray:
    """``scale`` x numerator / denominator; not-a-number where the denominator is zero."""
    result = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    return np.divide(scale * numerator, denominator, out=result, where=np.asarray(denominator) != 0)
