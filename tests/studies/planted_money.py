"""Planted objectives whose best division of money is known in closed form."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.studies.shares import LEVERS, YEARS, Block, Point

LETTERS = "abcdefghijkl"


class Roots:
    """The sum of worth times the root of the share, over one block: best where shares go with the squares of worth."""

    def __init__(self, worth: Sequence[float], noise: float = 0.0, runs: int = 1) -> None:
        self.worth = np.array(worth)
        self.blocks = (Block(LEVERS, "money", tuple(LETTERS[: len(worth)]), (1.0 / len(worth),) * len(worth), 1000),)
        self.luck = noise * np.random.default_rng(1).standard_normal(runs)
        self.asked = 0

    def evaluate(self, points: Sequence[Point]) -> np.ndarray:
        self.asked += len(points)
        return np.array([[self.value(np.array(point[0])) + self.luck] for point in points])

    def value(self, shares: np.ndarray) -> float:
        return float((self.worth * np.sqrt(shares)).sum())

    @property
    def best(self) -> tuple[np.ndarray, float]:
        return self.worth**2 / (self.worth**2).sum(), float(np.sqrt((self.worth**2).sum()))


class Places(Roots):
    """Each unit of money is worth as much as the next until all places are taken: best where the dearest are filled first."""

    def __init__(self, worth: Sequence[float], room: Sequence[float]) -> None:
        super().__init__(worth)
        self.room = np.array(room)

    def value(self, shares: np.ndarray) -> float:
        return float((self.worth * np.minimum(shares, self.room)).sum())

    @property
    def best(self) -> tuple[np.ndarray, float]:
        left, found = 1.0, np.zeros(len(self.worth))
        for place in np.argsort(-self.worth):
            found[place] = min(left, self.room[place])
            left -= found[place]
        return found, self.value(found)


class TwoBlocks(Roots):
    """Levers by their roots, times a year's shares by theirs."""

    def __init__(self) -> None:
        super().__init__([3.0, 2.0, 1.0])
        self.blocks = (*self.blocks, Block(YEARS, "central/recurrent", ("2024", "2025"), (0.5, 0.5), 1000))

    def evaluate(self, points: Sequence[Point]) -> np.ndarray:
        years = np.array([4.0, 3.0])
        return np.array([[[self.value(np.array(point[0])) * float((years * np.sqrt(np.array(point[1]))).sum())]] for point in points])

    @property
    def greatest(self) -> float:
        return self.best[1] * 5.0


class Rivals(Roots):
    """Two aims that two levers serve one each."""

    def __init__(self) -> None:
        super().__init__([1.0, 1.0])

    def evaluate(self, points: Sequence[Point]) -> np.ndarray:
        return np.array([[[np.sqrt(point[0][0])], [np.sqrt(point[0][1])]] for point in points])
