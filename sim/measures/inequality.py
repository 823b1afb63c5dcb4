"""Inequality of income among people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.kit.compiling import entry
from sim.measures.grouping import Grouping

# One 64-bit word holds cell, income (31 bits of a positive float32), people and groups of a row, so that one sort of
# plain numbers, fast and the same on every processor, replaces an index sort.
CELL_BITS, INCOME_BITS, PEOPLE_BITS, PATTERN_BITS = 15, 31, 8, 10


def gini(grouping: Grouping, income: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Gini coefficient of income per head over people, 0 (all equal) to 1; losses count as zero income.

    Rows in, income as float32, at most 255 people a row and 10 groups; (replications, places, groups) out;
    not-a-number for an empty group or one without income.
    """
    result = np.full(grouping.shape, np.nan)
    words = _words(grouping, income, people)
    replication, commune = grouping.cell // grouping.levels.communes, grouping.cell % grouping.levels.communes
    members = [grouping.levels.communes_of(label) for label in range(grouping.levels.width)]
    for labels in _layers(members):
        label_of = np.full(grouping.levels.communes, -1)
        for number, label in enumerate(labels):
            label_of[members[label]] = number
        rows = np.flatnonzero(label_of[commune] >= 0)
        cell = replication[rows] * len(labels) + label_of[commune[rows]]
        rows = rows[np.argsort(cell, kind="stable")]
        cells = grouping.replications * len(labels)
        by_cell = _by_group(grouping, np.sort(cell), cells, words[rows])
        result[:, labels] = by_cell.reshape(grouping.replications, len(labels), -1)
    return result


def _layers(members: Sequence[np.ndarray]) -> list[list[int]]:
    """The labels of the place axis in groups of which no two share a commune, so that one sort serves a whole group."""
    layers: list[tuple[list[int], set[int]]] = []
    for label, communes in enumerate(members):
        layer = next((layer for layer in layers if layer[1].isdisjoint(communes.tolist())), None)
        if layer is None:
            layers.append(([label], set(communes.tolist())))
        else:
            layer[0].append(label)
            layer[1].update(communes.tolist())
    return [labels for labels, _ in layers]


def _words(grouping: Grouping, income: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Income, people and pattern of groups of each row in one uint64, income highest."""
    if len(grouping.masks) > PATTERN_BITS:
        raise ValueError(f"at most {PATTERN_BITS} groups, not {len(grouping.masks)}")
    bits = np.maximum(np.asarray(income, dtype=np.float32), np.float32(0.0)).view(np.uint32).astype(np.uint64)
    word = (bits << np.uint64(PEOPLE_BITS)) | np.asarray(people).astype(np.uint64)
    return (word << np.uint64(PATTERN_BITS)) | grouping.pattern.astype(np.uint64)


def _by_group(grouping: Grouping, cell: np.ndarray, cells: int, words: np.ndarray) -> np.ndarray:
    """Gini by cell for all rows and for each group, shape (cells, groups); rows come sorted by cell."""
    step, parts = 1 << CELL_BITS, []
    for first in range(0, cells, step):
        low, high = np.searchsorted(cell, (first, first + step))
        inside = (cell[low:high] - first).astype(np.uint64) << np.uint64(64 - CELL_BITS)
        parts.append(_sorted_by_group(np.sort(inside | words[low:high]), min(step, cells - first), len(grouping.masks)))
    return np.concatenate(parts)


def _sorted_by_group(words: np.ndarray, cells: int, groups: int) -> np.ndarray:
    """Gini by cell and group of sorted words."""
    result = np.full((cells, groups + 1), np.nan)
    rank_money(words, result, np.zeros((groups + 1, 3)))
    return result


@entry
def rank_money(words, result, sums):
    """Gini by cell and group of words sorted by cell and income; cells without income are left as they are.

    G = sum of w x (2 C - w) / (W sum of w x) - 1, with C the people up to and including the row and W all people. ``sums`` is
    scratch: people and money of each group so far, and the weighted money.
    """
    end = len(words)
    for i in range(end):
        word = words[i]
        cell = np.int64(word >> np.uint64(64 - CELL_BITS))
        bits = np.uint32((word >> np.uint64(PEOPLE_BITS + PATTERN_BITS)) & np.uint64((1 << INCOME_BITS) - 1))
        people = np.float64((word >> np.uint64(PATTERN_BITS)) & np.uint64((1 << PEOPLE_BITS) - 1))
        money = people * np.float64(bits.view(np.float32))
        pattern = (np.int64(word & np.uint64((1 << PATTERN_BITS) - 1)) << 1) | 1
        for group in range(len(sums)):
            if (pattern >> group) & 1:
                sums[group, 0] += people
                sums[group, 1] += money
                sums[group, 2] += money * (2.0 * sums[group, 0] - people)
        if i + 1 == end or np.int64(words[min(i + 1, end - 1)] >> np.uint64(64 - CELL_BITS)) != cell:
            for group in range(len(sums)):
                if sums[group, 1] > 0.0:
                    result[cell, group] = sums[group, 2] / (sums[group, 0] * sums[group, 1]) - 1.0
                sums[group, 0], sums[group, 1], sums[group, 2] = 0.0, 0.0, 0.0
