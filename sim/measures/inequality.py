"""Inequality of income among people."""

from __future__ import annotations

import numpy as np

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
    if grouping.places > 1:
        result[:, 0] = _by_group(grouping, grouping.cell // grouping.places, grouping.replications, words)
        places = _by_group(grouping, grouping.cell, grouping.cells, words)
        result[:, 1:] = places.reshape(grouping.replications, grouping.places, -1)
    else:
        result[:, 0] = _by_group(grouping, grouping.cell, grouping.cells, words)
    return result


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
    cell = (words >> np.uint64(64 - CELL_BITS)).astype(np.int64)
    income = ((words >> np.uint64(PEOPLE_BITS + PATTERN_BITS)) & np.uint64((1 << INCOME_BITS) - 1)).astype(np.uint32)
    income = income.view(np.float32).astype(np.float64)
    people = ((words >> np.uint64(PATTERN_BITS)) & np.uint64((1 << PEOPLE_BITS) - 1)).astype(np.int64)
    pattern = (words & np.uint64((1 << PATTERN_BITS) - 1)).astype(np.int64)
    columns = [_sorted_gini(cell, cells, income, people)]
    for bit in range(groups):
        kept = np.flatnonzero((pattern >> bit) & 1)
        columns.append(_sorted_gini(cell[kept], cells, income[kept], people[kept]))
    return np.stack(columns, axis=-1)


def _sorted_gini(cell: np.ndarray, cells: int, income: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Gini by cell of rows sorted by (cell, income).

    G = sum of w x (2 C - w) / (W sum of w x) - 1, with C the people up to and including the row and W all people.
    """
    people_in = np.bincount(cell, weights=people, minlength=cells)
    before = np.concatenate([[0.0], np.cumsum(people_in)[:-1]])
    rank = np.cumsum(people) - before[cell]
    money = people * income
    total = np.bincount(cell, weights=money, minlength=cells)
    weighted = np.bincount(cell, weights=money * (2.0 * rank - people), minlength=cells)
    result = np.full(cells, np.nan)
    return np.divide(weighted, people_in * total, out=result, where=total > 0) - 1.0
