"""A poverty standard: its lines, indicators, rule and score thresholds, and who is poor by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from sim.kit import maths
from sim.kit.columns import Table
from sim.law.book import Book
from sim.law.dated import Dated, Figure, day_of
from sim.standards.indicator import Indicator
from sim.standards.rules import RULES

BLOCK = 16_384  # rows looked at together: what fits the processor's cache


@dataclass(frozen=True)
class Item:
    """An indicator as one standard uses it: with thresholds of its own and its points."""

    indicator: Indicator
    points: int
    thresholds: Mapping[str, float] = field(default_factory=dict)
    reference: str = ""
    assumption: str = ""

    def deprived(self, h: Table, rows: slice = slice(None)) -> np.ndarray:
        """Whether each of the rows lacks it: bool."""
        given = self.thresholds
        return self.indicator(**{name: given[name] if name in given else h[name][..., rows] for name in self.indicator.needs})


@dataclass(frozen=True)
class Standard:
    """What one standard says. Incomes and lines are thousand dong a head and month; bit k of a mask is the k-th test.

    ``lines`` holds dated series under ``poor`` and perhaps ``second`` and ``average``, each for ``rural`` and ``urban``.
    ``score`` holds the figures of score A: ``slope`` (points per log point of income), ``rural``, ``urban`` and perhaps
    ``second_rural``, ``second_urban``; a threshold that is not given follows from its line.
    """

    key: str
    vi: str
    en: str
    document: str
    since: date
    until: date | None
    rule: str
    lines: Mapping[str, Mapping[str, Dated]]
    items: tuple[Item, ...]
    cutoffs: Mapping[str, Figure]
    score: Mapping[str, Figure]
    prices_of: int | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """Keys of the indicators in the order of their bits."""
        return tuple(item.indicator.key for item in self.items)

    @property
    def points(self) -> np.ndarray:
        """Points of each indicator: int64 of shape (indicators,)."""
        return np.array([item.points for item in self.items], dtype=np.int64)

    @property
    def weights(self) -> tuple[float, ...]:
        """Points of each indicator as shares of all points."""
        total = sum(item.points for item in self.items)
        return tuple(item.points / total for item in self.items)

    @property
    def cutoff(self) -> float:
        """Share of all points from which on a household lacks many services; infinite where deprivations do not matter."""
        total = sum(item.points for item in self.items)
        return self.cutoffs["many"].value / total if "many" in self.cutoffs else float("inf")

    @property
    def reviews(self) -> bool:
        """Whether lists are drawn under it (an index without a line of income is for comparison only)."""
        return bool(self.lines)

    def name(self, lang: str) -> str:
        """What the standard is called, ``vi`` or ``en``."""
        return self.vi if lang == "vi" else self.en

    def line(self, which: str, area: str, when: object) -> float:
        """The line ``poor``, ``second`` or ``average`` for ``rural`` or ``urban`` on a day; the poor line where no second exists."""
        series = self.lines.get(which) or self.lines["poor"]
        indexed = Book.load().price_index(day_of(when).year, self.prices_of) if self.prices_of else 1.0
        return series[area].on(max(day_of(when), series[area].figures[0].since)).value * indexed

    def line_of(self, urban: np.ndarray, when: object, which: str = "poor") -> np.ndarray:
        """The line that holds for each household: float64 of shape (rows,)."""
        return np.where(urban == 1, self.line(which, "urban", when), self.line(which, "rural", when))

    def score_of(self, lasting_income: np.ndarray, when: object) -> np.ndarray:
        """Score A without error: the rural threshold at the rural line, ``slope`` points for each log point of income."""
        log_income = maths.log(np.maximum(lasting_income.astype(np.float64), 1.0))
        start = float(maths.log(np.float64(self.line("poor", "rural", when))))
        return self.score["rural"].value + self.score["slope"].value * (log_income - start)

    def threshold(self, which: str, area: str, when: object) -> float:
        """Score A up to which a household is ``poor`` (or ``second``) in an area."""
        given = self.score.get(area if which == "poor" else f"second_{area}")
        if given is not None:
            return given.value
        if which == "second" and "second" not in self.lines:
            return self.threshold("poor", area, when)
        return float(self.score_of(np.array([self.line(which, area, when)]), when)[0])

    def threshold_of(self, urban: np.ndarray, when: object, which: str = "poor") -> np.ndarray:
        """The score threshold that holds for each household: float64 of shape (rows,)."""
        return np.where(urban == 1, self.threshold(which, "urban", when), self.threshold(which, "rural", when))

    def deprivations(self, h: Table) -> np.ndarray:
        """What each household lacks now: a uint16 mask of bits, shape (rows,)."""
        mask = np.zeros(len(h), dtype=np.uint16)
        for start in range(0, len(h), BLOCK):
            rows = slice(start, start + BLOCK)
            for bit, item in enumerate(self.items):
                mask[rows] |= item.deprived(h, rows).astype(np.uint16) << np.uint16(bit)
        return mask

    def points_of(self, mask: np.ndarray) -> np.ndarray:
        """Points of deprivation (score B) of each mask: int64 of shape (rows,)."""
        return np.take(self._points_by_mask, mask)

    @cached_property
    def _points_by_mask(self) -> np.ndarray:
        """Points of every mask there can be."""
        masks = np.arange(1 << len(self.items))
        return sum((((masks >> bit) & 1) * item.points for bit, item in enumerate(self.items)), np.zeros(len(masks), dtype=np.int64))

    def lacks(self, mask: np.ndarray, indicator: str) -> np.ndarray:
        """Whether each mask holds the bit of one indicator: bool of shape (rows,)."""
        return (mask >> np.uint16(self.indicators.index(indicator))) & np.uint16(1) == 1

    def decide(self, poor_income: np.ndarray, low_income: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Standing (uint8) from the two income items and the deprivations."""
        points = self.points_of(mask)
        many, some = (points >= self.cutoffs[name].value if name in self.cutoffs else points < 0 for name in ("many", "some"))
        return RULES[self.rule](poor_income, low_income, many, some)

    def classify(self, income: np.ndarray, urban: np.ndarray, mask: np.ndarray, when: object) -> np.ndarray:
        """Standing (uint8) by income a head and deprivations; an income exactly at a line is below it."""
        if not self.reviews:
            nobody = np.zeros(mask.shape, dtype=bool)
            return self.decide(nobody, nobody, mask)
        return self.decide(income <= self.line_of(urban, when), income <= self.line_of(urban, when, "second"), mask)
