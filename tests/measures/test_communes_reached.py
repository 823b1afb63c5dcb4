"""Communes that levers of communes reach are counted as communes, and in a sample as many as a cell stands for."""

from __future__ import annotations

import numpy as np

from sim.measures.grouping import Grouping
from sim.measures.levels import Levels


def counted(levels: Levels, which: np.ndarray) -> list[list[int]]:
    """Communes by replication and label."""
    return Grouping(np.zeros(0, dtype=np.int64), len(which), levels, {}).communes(which).tolist()


def test_a_cell_counts_for_the_communes_it_stands_for_whatever_a_household_stands_for() -> None:
    """Two places, the first of two cells (three communes), the second of one; two replications."""
    levels = Levels([0, 0, 1], [[0, 1], [0], [1]], weight=20, parts=[2, 1, 1])
    which = np.array([[True, False, True], [True, True, False]])
    assert counted(levels, which) == [[3, 2, 1], [3, 3, 0]]


def test_every_commune_counts_once_in_a_full_run() -> None:
    levels = Levels.flat(3)
    assert counted(levels, np.array([[True, False, True]])) == [[2, 1, 0, 1]]
