"""Inequality of income among people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.kit.compiling import entry
from sim.measures.adding import count_classes
from sim.measures.grouping import Grouping

# One 64-bit word holds cell, income (31 bits of a positive float32), people and groups of a row, so that one sort of
# plain numbers, fast and the same on every processor, replaces an index sort.
CELL_BITS, INCOME_BITS, PEOPLE_BITS, PATTERN_BITS = 15, 31, 8, 10
# Classes of income by the leading bits of a float32: 128 to each doubling, from a thousand dong to four billion.
LEADING_BITS, DOUBLINGS = 16, 22
BELOW = int(np.float32(1.0).view(np.uint32) >> LEADING_BITS) - 1  # the leading bits of the class below the first
CLASSES = DOUBLINGS * 128 + 1


def gini(grouping: Grouping, income: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Gini coefficient of income per head over people, 0 (all equal) to 1; losses count as zero income.

    Rows in, income as float32, at most 255 people a row and 10 groups; (replications, places, groups) out;
    not-a-number for an empty group or one without income. Where ``levels.in_classes`` incomes of several places together are
    taken to be those of their class, which moves the coefficient by a few hundred-thousandths at most.
    """
    levels = grouping.levels
    result = np.full(grouping.shape, np.nan)
    words = _words(grouping, income, people)
    replication, commune = np.divmod(grouping.cell, levels.communes)
    place = levels.homes[commune]
    cells = grouping.replications * levels.places
    by_place = _by_group(grouping, replication * levels.places + place, cells, words).reshape(grouping.replications, levels.places, -1)
    by_place = grouping.pass_on(by_place)
    together = [label for label, places in enumerate(levels.labels) if len(places) > 1]
    alone = [label for label, places in enumerate(levels.labels) if len(places) == 1]
    result[:, alone] = by_place[:, [levels.labels[label][0] for label in alone]]
    if levels.in_classes:
        _of_classes(grouping, together, (replication, place, words), result)
    elif together or grouping.tape is not None:
        _of_words(grouping, together, (replication, place, words), result)
    return result


def _of_words(grouping: Grouping, labels: Sequence[int], rows: tuple[np.ndarray, np.ndarray, np.ndarray], result: np.ndarray) -> None:
    """Write the figures of labels of several places, from all their rows: replication, place and word of each."""
    levels, (replication, place, words) = grouping.levels, rows
    if grouping.tape is not None:
        sizes = np.bincount(place, minlength=levels.places)
        words, sizes = (grouping.tape.pass_incomes(array[None])[0] for array in (words, sizes))
        place, replication = np.repeat(np.arange(len(sizes)), sizes), np.zeros(len(words), dtype=np.int64)
    for some in _layers([levels.labels[label] for label in labels], labels):
        label_of = np.full(levels.places, -1)
        for number, label in enumerate(some):
            label_of[levels.labels[label]] = number
        inside = np.flatnonzero(label_of[place] >= 0)
        cell = replication[inside] * len(some) + label_of[place[inside]]
        inside = inside[np.argsort(cell, kind="stable")]
        by_cell = _by_group(grouping, np.sort(cell), grouping.replications * len(some), words[inside])
        result[:, some] = by_cell.reshape(grouping.replications, len(some), -1)


def _of_classes(grouping: Grouping, labels: Sequence[int], rows: tuple[np.ndarray, np.ndarray, np.ndarray], result: np.ndarray) -> None:
    """The same from how many people each class of income has in places of one kin (see Levels)."""
    levels, (replication, place, words) = grouping.levels, rows
    kins = levels.kins
    counts: np.ndarray = np.zeros((grouping.replications * kins, len(grouping.names), CLASSES), dtype=np.int64)
    count_classes(words, replication * kins + levels.kin[place], BELOW, counts)
    counts = counts.reshape(grouping.replications, kins, *counts.shape[1:])
    if grouping.tape is not None:
        counts = grouping.tape.pass_incomes(counts.astype(np.int32))
    bits = (np.arange(CLASSES, dtype=np.uint32) + np.uint32(BELOW)) << np.uint32(LEADING_BITS) | np.uint32(1 << (LEADING_BITS - 1))
    value = np.where(np.arange(CLASSES) > 0, bits.view(np.float32).astype(np.float64), 0.0)
    for label in labels:
        people = counts[:, np.unique(levels.kin[levels.labels[label]])].sum(axis=1, dtype=np.int64).astype(np.float64)
        money = people * value
        heads, dong = np.cumsum(people, axis=-1), np.cumsum(money, axis=-1)[..., -1]
        weighted = np.cumsum(money * (2.0 * heads - people), axis=-1)[..., -1]
        result[:, label] = np.where(dong > 0.0, weighted / np.maximum(heads[..., -1] * dong, 1e-300) - 1.0, np.nan)


def _layers(members: Sequence[np.ndarray], labels: Sequence[int]) -> list[list[int]]:
    """Labels of the place axis in groups of which no two share a place, so that one sort serves a whole group."""
    layers: list[tuple[list[int], set[int]]] = []
    for label, places in zip(labels, members, strict=True):
        layer = next((layer for layer in layers if layer[1].isdisjoint(places.tolist())), None)
        if layer is None:
            layers.append(([label], set(places.tolist())))
        else:
            layer[0].append(label)
            layer[1].update(places.tolist())
    return [some for some, _ in layers]


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
