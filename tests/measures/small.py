"""A small random population with its groups, and the slow way to add up over it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from sim.measures.grouping import Grouping
from sim.measures.year import Facts

REPLICATIONS, PLACES, ROWS = 3, 2, 240
FLAGS = ("disabled", "female_head", "labourless", "merit", "minority")
COLUMNS_0_1 = (*FLAGS, "clean_water", "hygienic_toilet", "internet", "devices", "urban")


def households(seed: int = 1, places: int = PLACES) -> SimpleNamespace:
    """Columns that measures read, rows sorted by cell."""
    luck = np.random.default_rng(seed)
    h = SimpleNamespace(cell=np.sort(luck.integers(0, REPLICATIONS * places, ROWS)).astype(np.int32))
    for name in COLUMNS_0_1:
        setattr(h, name, (luck.random(ROWS) < 0.3).astype(np.uint8))
    for name in ("able", "trained", "certified", "unemployed", "undernourished", "children", "uninsured", "workers", "abroad"):
        setattr(h, name, luck.integers(0, 3, ROWS).astype(np.uint8))
    h.wage_workers = np.minimum(h.workers, luck.integers(0, 3, ROWS)).astype(np.uint8)
    h.members_at_home = luck.integers(1, 8, ROWS).astype(np.uint8)
    h.standing, h.reviewed = (luck.integers(0, 3, ROWS).astype(np.uint8) for _ in range(2))
    h.quarters_since_poor, h.quarters_since_listed = (luck.choice([3, 7, 11, 15, 999], ROWS).astype(np.int16) for _ in range(2))
    h.income_per_head = np.round(luck.lognormal(7.5, 0.8, ROWS)).astype(np.float32)
    h.consumption = (h.income_per_head * 0.8).astype(np.float32)
    h.loan, h.overdue = (luck.integers(0, 2, ROWS).astype(np.int32) * 1000 for _ in range(2))
    return h


def facts(h: SimpleNamespace, seed: int = 1, places: int = PLACES) -> Facts:
    """Facts of the same households."""
    luck = np.random.default_rng(seed + 100)
    return Facts(
        replications=REPLICATIONS,
        levels=places,
        line=np.where(luck.random(ROWS) < 0.5, 1500.0, 2000.0).astype(np.float32),
        lacked=luck.integers(0, 16, ROWS).astype(np.uint16),
        truly=luck.integers(0, 3, ROWS).astype(np.uint8),
        poor_at_start=luck.random(ROWS) < 0.2,
        new=luck.random(ROWS) < 0.05,
        children_under_5=luck.integers(1, 3, ROWS),
        undernourished_under_5=luck.integers(0, 2, ROWS),
        when=2024,
        indicators=("a", "b", "c", "d"),
        weights=(0.25, 0.25, 0.25, 0.25),
        cutoff=0.5,
        dealings={"housing": luck.integers(0, 64, ROWS).astype(np.uint8)},
    )


def grouping(h: SimpleNamespace, places: int = PLACES) -> Grouping:
    """Two overlapping groups."""
    return Grouping(h.cell, REPLICATIONS, places, {"minority": h.minority == 1, "poor": h.reviewed == 2})


def rows_of(h: SimpleNamespace, replication: int, place: int | None, mask: np.ndarray, places: int = PLACES) -> list[int]:
    """Rows of a replication, a place (None: all) and a group, found one by one."""
    return [
        row
        for row in range(ROWS)
        if int(h.cell[row]) // places == replication and place in (None, int(h.cell[row]) % places) and bool(mask[row])
    ]


def each_cell(h: SimpleNamespace, groups: dict[str, np.ndarray], places: int = PLACES):
    """Every (position in the result, rows) for the whole and the places, for all and each group."""
    masks = [np.ones(ROWS, dtype=bool), *groups.values()]
    for replication in range(REPLICATIONS):
        for p, place in enumerate([None, *range(places)] if places > 1 else [None]):
            for g, mask in enumerate(masks):
                yield (replication, p, g), rows_of(h, replication, place, mask, places)
