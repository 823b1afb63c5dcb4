"""How much of an outcome's spread each independent source of it brings: shares that add up to one, whatever the model.

Each source is drawn twice (side 0 and side 1), and the model is run with every mixture of sides. Two runs that share the sides of
some sources and differ in all others differ the less, the more these shared sources decide. From all such pairs come the variance
that every set of sources explains by itself, and from these the Shapley effects: what a source adds, on average over all orders in
which the sources could become known. They add up to one, interactions shared evenly; of a linear model they are the shares of
variance.

Sobol' (1993); Song, Nelson and Staum (2016), Shapley effects for global sensitivity analysis, SIAM/ASA Journal on Uncertainty
Quantification 4; pairs that differ in the rest after Jansen (1999), Computer Physics Communications 117.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import comb
from typing import Protocol

import numpy as np

RESAMPLES = 400
LEVEL = 0.90
Sides = tuple[int, ...]  # 0 or 1 for each source


class Model(Protocol):
    """What can be split: an outcome by replication, each with draws of its own, for a mixture of sides."""

    def __call__(self, sides: Sides) -> np.ndarray: ...


@dataclass(frozen=True)
class Part:
    """One source: its ``share`` of the variance (Shapley effect) with a 90 % interval, what it explains ``alone`` and ``with_all``:
    what is left unexplained when all others are known (total effect)."""

    source: str
    share: float
    low: float
    high: float
    alone: float
    with_all: float


def all_sides(count: int) -> list[Sides]:
    """Every mixture of the sides of so many sources, side 0 of all first."""
    return list(product((0, 1), repeat=count))


def split(sources: Sequence[str], runs: Mapping[Sides, np.ndarray], seed: int = 0) -> tuple[Part, ...]:
    """The split from the outcomes of all mixtures, each of shape (replications,); not-a-number shares where nothing varies.

    Intervals are of the bootstrap over replications.
    """
    count = len(sources)
    table = np.array([runs[sides] for sides in all_sides(count)], dtype=np.float64)
    table = table[:, ~np.isnan(table).any(axis=0)]
    squares = _squares(table, count)
    found = _parts(squares.mean(axis=1), count)
    luck = np.random.default_rng(seed)
    replications = table.shape[1]
    picked = luck.integers(0, replications, (RESAMPLES, replications)) if replications else np.zeros((1, 0), dtype=int)
    resampled = np.array([_parts(squares[:, some].mean(axis=1), count)[:, 0] for some in picked])
    low, high = np.nanquantile(resampled, ((1 - LEVEL) / 2, (1 + LEVEL) / 2), axis=0) if _varies(squares) else (found[:, 0], found[:, 0])
    rows = np.column_stack([found[:, 0], low, high, found[:, 1:]])
    return tuple(Part(source, *(float(rows[k, at]) for at in range(5))) for k, source in enumerate(sources))


def split_of(model: Model, sources: Sequence[str], seed: int = 0, step: Callable[[], None] = lambda: None) -> tuple[Part, ...]:
    """Run a model with every mixture of sides and split its variance; ``step`` is called after each run."""
    runs = {}
    for sides in all_sides(len(sources)):
        runs[sides] = np.asarray(model(sides), dtype=np.float64)
        step()
    return split(sources, runs, seed)


def _squares(table: np.ndarray, count: int) -> np.ndarray:
    """Half the mean squared difference, by set of shared sources (a bit each, the first source lowest) and replication."""
    every = all_sides(count)
    place = {sides: at for at, sides in enumerate(every)}
    squares = np.zeros((2**count, table.shape[1]))
    for shared in range(2**count):
        others = [tuple(side if shared >> k & 1 else 1 - side for k, side in enumerate(sides)) for sides in every]
        gap = table - table[[place[sides] for sides in others]]
        squares[shared] = 0.5 * (gap * gap).mean(axis=0)
    return squares


def _varies(squares: np.ndarray) -> bool:
    return bool(squares.size and squares[0].mean() > 0)


def _parts(squares: np.ndarray, count: int) -> np.ndarray:
    """Share, alone and with all by source: (sources, 3). Runs that share nothing differ by the whole variance."""
    if not squares[0] > 0:
        return np.full((count, 3), np.nan)
    explained = 1.0 - squares / squares[0]
    parts = np.zeros((count, 3))
    for k in range(count):
        for some in range(2**count):
            if some >> k & 1:
                continue
            weight = 1.0 / (count * comb(count - 1, some.bit_count()))
            parts[k, 0] += weight * (explained[some | 1 << k] - explained[some])
        parts[k, 1:] = explained[1 << k], 1.0 - explained[2**count - 1 - (1 << k)]
    return parts
