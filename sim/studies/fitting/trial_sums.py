"""What befalls a trial's households with and without the lever: the same households, in the same luck, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zlib import crc32

import numpy as np

from sim.agents.members import get
from sim.engine import Simulation
from sim.kit import draws
from sim.kit.columns import Table
from sim.scenario.shape import NO_POLICY, Scenario

HALVES = crc32(b"halves of a trial")


def worker(plan: Scenario, entry: Mapping[str, Any], seed: int) -> Callable[[range, Callable[[], None]], np.ndarray]:
    """Sums of a batch (2 x 2 x 2, replications), then the households that the trial is about."""

    def work(task: range, step: Callable[[], None]) -> np.ndarray:
        begun = Simulation.start(plan, task, seed)
        one, other = Simulation(begun, "plan"), Simulation(begun, NO_POLICY)
        among = _eligible(other.households, entry.get("among", "served"))
        sums = np.zeros((2, 2, 2, len(task)))  # of what, with or without, half, replication
        served = np.zeros(len(task))
        for _ in range(entry["year"] - 1):
            for _ in range(4):
                one.quarter()
                other.quarter()
        for _ in range(4):
            one.quarter()
            other.quarter()
            served = _add(sums, one.households, other.households, (entry, among, task.start, seed))
        step()
        return np.concatenate([sums.reshape(8, -1), served[None]])

    return work


def _eligible(h: Table, among: str) -> np.ndarray:
    """Numbers of the households that a trial may be about, by what they are at the start."""
    chosen = {"offered": h.standing > 0, "seeking": h.seekers > 0}
    return number(h)[chosen.get(among, np.ones(len(h), dtype=bool))]


def _add(sums: np.ndarray, with_it: Table, without: Table, about: tuple[Mapping[str, Any], np.ndarray, int, int]) -> np.ndarray:
    """Add a quarter of those whom the trial is about; returns how many they are, by replication."""
    entry, eligible, first, seed = about
    numbers, a, b = np.intersect1d(number(with_it), number(without), return_indices=True)
    chosen = np.isin(numbers, eligible)
    if entry.get("among", "served") in ("served", "seeking"):
        chosen &= with_it.received[0][a] > 0
    a, b = a[chosen], b[chosen]
    of = with_it.replication[a] - first
    luck = draws.uniform(seed, with_it.origin[a], with_it.branch[a], with_it.replication[a], 0, HALVES)
    half = (luck < 0.5).astype(np.int64)
    for side, (h, rows) in enumerate(((with_it, a), (without, b))):
        for what, values in enumerate(measured(h, rows, str(entry["measure"]))):
            np.add.at(sums[what, side], (half, of), values)
    return np.bincount(of, minlength=sums.shape[-1]).astype(np.float64)


def measured(h: Table, rows: np.ndarray, measure: str) -> tuple[np.ndarray, np.ndarray]:
    """By household: what is counted, and of how many."""
    if measure == "enrolment":
        members = h.members[:, rows]
        child = (get(members, "present") == 1) & (get(members, "age") >= 6) & (get(members, "age") <= 15)
        return (child & (get(members, "in_school") == 1)).sum(axis=0).astype(np.float64), child.sum(axis=0).astype(np.float64)
    return h[measure][rows].astype(np.float64), np.ones(len(rows))


def number(h: Table) -> np.ndarray:
    """One number a household: replication, origin and branch."""
    return (h.replication.astype(np.int64) << 48) | (h.origin.astype(np.int64) << 16) | h.branch.astype(np.int64)
