"""Sums over rows by pattern of groups and cell: the compiled loops under ``Grouping``.

Rows are put into order once, by cell and pattern; then every sum runs over stretches of that order. A float sum adds in the order
of rows within its cell and pattern, and patterns in their order: the same bytes for any split of replications into batches.
"""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import entry


@entry
def sort_rows(key, keys, order, ends):
    """Order of the rows by ``key`` (0 to keys - 1), equal keys in row order; ``ends[k]`` is where key k ends in the order."""
    for i in range(len(key)):
        ends[key[i]] += 1
    before = 0
    for k in range(keys):
        count = ends[k]
        ends[k] = before
        before += count
    for i in range(len(key)):
        order[ends[key[i]]] = i
        ends[key[i]] += 1


@entry
def add_stretches(values, order, ends, table):
    """The sum of ``values`` over each stretch of the order, into ``table`` (float64; exact for whole numbers)."""
    begin = 0
    for k in range(len(ends)):
        total = 0.0
        for at in range(begin, ends[k]):
            total += values[order[at]]
        table[k] = total
        begin = ends[k]


@entry
def count_stretches(values, order, ends, table):
    """The sum of whole ``values`` over each stretch of the order: a third of the time that adding floats takes."""
    begin = 0
    for k in range(len(ends)):
        total = 0
        for at in range(begin, ends[k]):
            total += values[order[at]]
        table[k] = total
        begin = ends[k]


# The eight bits of a byte, each in a byte of its own of a 64-bit word: sums of up to 255 such words keep eight counts apart.
LANES = sum((((np.arange(256) >> bit) & 1).astype(np.uint64) << np.uint64(8 * bit) for bit in range(8)), np.zeros(256, np.uint64))
LANE = np.uint64(255)


@entry
def add_bits(words, count, lanes, order, ends, table):
    """How many ``words`` (16 bits) have each of their lowest ``count`` bits set in each stretch: ``table`` (count, stretches)."""
    begin = 0
    for k in range(len(ends)):
        for bit in range(count):
            table[bit, k] = 0.0
        while begin < ends[k]:
            end = min(begin + 255, ends[k])
            low, high = np.uint64(0), np.uint64(0)
            for at in range(begin, end):
                word = words[order[at]]
                low += lanes[word & 255]
                high += lanes[word >> 8]
            for bit in range(count):
                eight = low if bit < 8 else high
                table[bit, k] += (eight >> np.uint64(8 * (bit & 7))) & LANE
            begin = end


@entry
def add_few_bits(words, key, table):
    """How many of a few ``words`` have each of their lowest bits set, by their keys, into ``table`` (bits, keys)."""
    for i in range(len(words)):
        for bit in range(len(table)):
            table[bit, key[i]] += (words[i] >> bit) & 1


@entry
def add_few(values, key, table):
    """The sum of a few ``values`` by their keys, into ``table``."""
    for i in range(len(values)):
        table[key[i]] += values[i]


@entry
def sum_by_place(table, in_group, ends, out):
    """Sums by (cell, pattern) to sums by (replication, place, group).

    ``in_group`` (patterns, groups) is 1.0 where a pattern belongs to a group, else 0.0; place k of a replication has its communes
    from where place k - 1 ends up to ``ends[k]``, and their sums are added in that order.
    """
    groups, communes = in_group.shape[1], ends[-1]
    for replication in range(out.shape[0]):
        commune = 0
        for place in range(len(ends)):
            while commune < ends[place]:
                by_commune = np.zeros(groups)
                for pattern in range(table.shape[1]):
                    here = table[replication * communes + commune, pattern]
                    if here != 0.0:
                        for group in range(groups):
                            by_commune[group] += here * in_group[pattern, group]
                for group in range(groups):
                    out[replication, place, group] += by_commune[group]
                commune += 1


@entry
def add_places(by_place, members, ends, out):
    """Sums by (replication, place, group) to sums by (replication, label of the place axis, group).

    Label k has the places ``members`` from where label k - 1 ends up to ``ends[k]``; they are added in that order.
    """
    for replication in range(out.shape[0]):
        begin = 0
        for label in range(len(ends)):
            for at in range(begin, ends[label]):
                for group in range(out.shape[2]):
                    out[replication, label, group] += by_place[replication, members[at], group]
            begin = ends[label]


@entry
def count_classes(words, kin, lowest, counts):
    """People by (kin, group, class of income) into ``counts``, from words as ``inequality`` packs them.

    ``kin`` is which block of counts a row belongs to; classes are steps of the income's leading bits above ``lowest``, the first and the
    last of them open. Group 0 is everybody.
    """
    last = counts.shape[2] - 1
    for i in range(len(words)):
        word = words[i]
        at = min(max(np.int64(word >> np.uint64(34)) - lowest, 0), last)
        people, pattern = np.int64(word >> np.uint64(10)) & 255, (np.int64(word & np.uint64(1023)) << 1) | 1
        for group in range(counts.shape[1]):
            if (pattern >> group) & 1:
                counts[kin[i], group, at] += people
