"""What a year's measures are made of, place by place, for runs that never hold all places at once.

Every measure is made of sums over places, asked for in one fixed order. A part of the places writes its own sums down in that
order; once all parts are done, the same measures are made again from what they wrote, without a single household.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Tape:
    """The sums of some places of one replication: ``sums`` in the order asked for, each (1, places, groups); ``incomes`` what is
    needed of incomes where several places are looked at together (see inequality.py). Read if ``written``, else written."""

    sums: list[np.ndarray] = field(default_factory=list)
    incomes: list[np.ndarray] = field(default_factory=list)
    written: bool = False
    _read: list[int] = field(default_factory=lambda: [0, 0])

    def pass_on(self, by_place: np.ndarray) -> np.ndarray:
        """Write these sums down, or read those that stand in their place."""
        return self._pass(0, self.sums, by_place)

    def pass_incomes(self, incomes: np.ndarray) -> np.ndarray:
        """The same for incomes."""
        return self._pass(1, self.incomes, incomes)

    def _pass(self, which: int, kept: list[np.ndarray], array: np.ndarray) -> np.ndarray:
        if not self.written:
            kept.append(array)
            return array
        self._read[which] += 1
        return kept[self._read[which] - 1]

    @property
    def stacked(self) -> np.ndarray:
        """All sums in one array (1, places, sums, groups); where some have fewer groups, not-a-number."""
        groups = max(array.shape[2] for array in self.sums)
        stacked = np.full((1, self.sums[0].shape[1], len(self.sums), groups), np.nan)
        for at, array in enumerate(self.sums):
            stacked[:, :, at, : array.shape[2]] = array
        return stacked
