"""Sums over (replication, place, group): the one loop under all measures.

Groups overlap (a household may be poor, headed by a woman and of a minority), so each row gets a pattern of the
groups it is in; sums over (cell, pattern), by the compiled loops of ``adding``, give every group's sum at once.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.measures.adding import (
    LANES,
    add_bits,
    add_few,
    add_few_bits,
    add_places,
    add_stretches,
    count_stretches,
    sort_rows,
    sum_by_place,
)
from sim.measures.levels import Levels, as_levels
from sim.measures.tape import Tape

ALL = "all"


class Grouping:
    """Rows sorted into cells (replication x commune) and overlapping groups.

    ``cell`` is replication index * communes + commune index, shape (rows,), sorted. ``groups`` maps a group's name to a mask
    of rows. Results have the shape (replications, P, G): P is the place axis of ``levels`` (a number stands for so many
    places side by side), G is ``all`` first and then the groups as given. Sums are in real households. All of them pass ``tape``
    by place, if there is one.
    """

    def __init__(
        self, cell: np.ndarray, replications: int, levels: int | Levels, groups: Mapping[str, np.ndarray], tape: Tape | None = None
    ):
        self.replications, self.levels, self.tape = replications, as_levels(levels), tape
        self.cell = np.asarray(cell)
        self.masks = {name: np.asarray(mask, dtype=bool) for name, mask in groups.items()}
        self.names = (ALL, *self.masks)
        self.pattern = np.zeros(len(self.cell), dtype=np.uint32)
        for bit, mask in enumerate(self.masks.values()):
            self.pattern |= mask.astype(np.uint32) << np.uint32(bit)
        seen = np.flatnonzero(np.bincount(self.pattern, minlength=1))
        rank_of = np.zeros(int(seen[-1]) + 1 if len(seen) else 1, dtype=np.int64)
        rank_of[seen] = np.arange(len(seen))
        self._in_group = np.stack([np.ones(len(seen)), *[((seen >> bit) & 1).astype(np.float64) for bit in range(len(self.masks))]], axis=1)
        self._key = self.cell * np.int64(len(seen)) + rank_of[self.pattern]
        self._stretches = (self.cells, len(seen))
        self._order, self._ends = np.empty(len(self.cell), dtype=np.uint32), np.zeros(self.cells * len(seen), dtype=np.int64)
        sort_rows(self._key, len(self._ends), self._order, self._ends)

    @property
    def cells(self) -> int:
        """Number of cells, replications x communes."""
        return self.replications * self.levels.communes

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape of every result: (replications, place axis, groups)."""
        return self.replications, self.levels.width, len(self.names)

    def count(self, mask: np.ndarray) -> np.ndarray:
        """Rows for which ``mask`` holds."""
        return self.total(np.asarray(mask, dtype=bool))

    def total(self, values: np.ndarray) -> np.ndarray:
        """Sum of ``values`` (any number type)."""
        values, table = np.asarray(values), np.empty(len(self._ends))
        if values.dtype.kind == "f":
            add_stretches(np.ascontiguousarray(values, dtype=np.float64), self._order, self._ends, table)
        else:
            whole = values.view(np.uint8) if values.dtype in (np.uint8, np.bool_) else values.astype(np.int64, copy=False)
            count_stretches(np.ascontiguousarray(whole), self._order, self._ends, table)
        return self._spread(table)

    def of_subset(self, rows: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Sum of ``values``, one for each of the row numbers ``rows``: cheap where few rows matter."""
        table = np.zeros(len(self._ends))
        add_few(np.asarray(values, dtype=np.float64), self._key[rows], table)
        return self._spread(table)

    def of_bits(self, words: np.ndarray, count: int) -> tuple[np.ndarray, ...]:
        """Rows in whose word, of 16 bits at most, each of the lowest ``count`` bits is set."""
        table = np.empty((count, len(self._ends)))
        add_bits(words.astype(np.uint16, copy=False), count, LANES, self._order, self._ends, table)
        return tuple(self._spread(column) for column in table)

    def bits_of_subset(self, rows: np.ndarray, words: np.ndarray, count: int) -> tuple[np.ndarray, ...]:
        """As :meth:`of_bits` with words, uint8, for the row numbers ``rows`` only: cheap where few words have any bit."""
        table = np.zeros((count, len(self._ends)))
        add_few_bits(words, self._key[rows], table)
        return tuple(self._spread(column) for column in table)

    def rows(self) -> np.ndarray:
        """Number of rows."""
        return self._spread(np.diff(self._ends, prepend=0).astype(np.float64))

    def communes(self, which: np.ndarray) -> np.ndarray:
        """Communes among ``which``, shape (replications, communes), by label: (replications, place axis)."""
        return self._by_label(self.levels.count_communes(which))[:, :, 0]

    def pass_on(self, by_place: np.ndarray) -> np.ndarray:
        """Figures by place, as they pass the tape."""
        return by_place if self.tape is None else self.tape.pass_on(by_place)

    def _spread(self, table: np.ndarray) -> np.ndarray:
        """Sums by cell and pattern to sums by replication, place and group, in real households."""
        by_place = np.zeros((self.replications, self.levels.places, len(self.names)))
        sum_by_place(table.reshape(self._stretches), self._in_group, self.levels.place_ends, by_place)
        sums = self._by_label(by_place)
        return sums if self.levels.weight == 1 else sums * self.levels.weight

    def _by_label(self, by_place: np.ndarray) -> np.ndarray:
        """Sums (replications, places, any) added up by label of the place axis."""
        by_place = self.pass_on(by_place)
        sums = np.zeros((self.replications, self.levels.width, by_place.shape[2]))
        add_places(by_place, self.levels.members, self.levels.ends, sums)
        return sums


def ratio(numerator: np.ndarray, denominator: np.ndarray, scale: float = 1.0) -> np.ndarray:
    """``scale`` x numerator / denominator; not-a-number where the denominator is zero."""
    result = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    return np.divide(scale * numerator, denominator, out=result, where=np.asarray(denominator) != 0)
