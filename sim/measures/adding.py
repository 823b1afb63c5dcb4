"""Sums over rows by pattern of groups and cell: the compiled loops under ``Grouping``.

Rows are put into order once, by cell and pattern; then every sum runs over stretches of that order. A float sum adds in the order
of rows within its cell and pattern, and patterns in their order: the same bytes for any split of replications into batches.
"""

from __future__ import annotations

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
def add_bits(words, count, order, ends, table):
    """How many ``words`` have each of their lowest ``count`` bits set in each stretch: ``table`` (stretches, count)."""
    begin = 0
    for k in range(len(ends)):
        for at in range(begin, ends[k]):
            word = words[order[at]]
            for bit in range(count):
                table[k, bit] += (word >> bit) & 1
        begin = ends[k]


@entry
def add_few(values, key, table):
    """The sum of a few ``values`` by their keys, into ``table``."""
    for i in range(len(values)):
        table[key[i]] += values[i]


@entry
def spread_sums(table, of_group, places, out):
    """Sums by (cell, pattern) to sums by (replication, whole and places, group).

    ``of_group`` (groups, patterns) says which patterns belong to a group; ``out`` has a column for the whole before those of
    places, if there are several.
    """
    cells, groups, several = table.shape[0], of_group.shape[0], 1 if places > 1 else 0
    for cell in range(cells):
        replication, place = cell // places, cell % places
        for group in range(groups):
            total = 0.0
            for pattern in range(table.shape[1]):
                if of_group[group, pattern]:
                    total += table[cell, pattern]
            out[replication, place + several, group] = total
            if several:
                out[replication, 0, group] += total
