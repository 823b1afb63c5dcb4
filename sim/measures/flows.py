"""Flows between standings from one list to the next: who escaped, who is newly poor, who fell back, who stayed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.law.newly_escaped import left_lately, quarters

NOT_LISTED, NEAR_POOR, POOR = 0, 1, 2  # the values of the standing columns
NEVER = 900  # a clock beyond this was never started

# Where households were when the year began and where its review found them, in the order of the arrays below.
# ``_newly_escaped``: left the poor list within the time that the law counts as newly escaped.
FROM = ("near_poor", "near_poor_newly_escaped", "new_household", "not_listed", "not_listed_newly_escaped", "poor")
TO = ("gone", "near_poor", "not_listed", "poor")
_TO_OF_STANDING = np.array([TO.index("not_listed"), TO.index("near_poor"), TO.index("poor")])
_FROM_OF_STANDING = np.array([FROM.index("not_listed"), FROM.index("near_poor"), FROM.index("poor")])


@dataclass(frozen=True)
class Lists:
    """The columns that say who is on which list: one row a household, at the end of a year.

    ``standing`` in force during the year, ``reviewed`` as the year's review found it, ``quarters_since_poor`` since
    the household last left the poor list, ``new`` whether it split off within the year; ``when`` is a day of that year,
    whose law says how long "newly escaped" lasts (36 months).
    """

    standing: np.ndarray
    reviewed: np.ndarray
    quarters_since_poor: np.ndarray
    quarters_since_listed: np.ndarray
    new: np.ndarray
    when: object

    @property
    def escaped(self) -> np.ndarray:
        """Was on the poor list and is found not poor."""
        return (self.standing == POOR) & (self.reviewed != POOR) & ~self.new

    @property
    def newly_poor(self) -> np.ndarray:
        """Was not on the poor list (or not yet a household) and is found poor."""
        return (self.reviewed == POOR) & ((self.standing != POOR) | self.new)

    @property
    def stayed(self) -> np.ndarray:
        """Was on the poor list and still is."""
        return (self.reviewed == POOR) & (self.standing == POOR) & ~self.new

    @property
    def was_newly_escaped(self) -> np.ndarray:
        """Not on the poor list now, but left it within 36 months before this review."""
        return (self.standing != POOR) & left_lately(self.quarters_since_poor, self.when) & ~self.new

    @property
    def fallen_back(self) -> np.ndarray:
        """Found poor again within 36 months of leaving the poor list."""
        return self.was_newly_escaped & (self.reviewed == POOR)

    @property
    def left_lists(self) -> np.ndarray:
        """Was poor or near-poor and is found neither."""
        return (self.standing != NOT_LISTED) & (self.reviewed == NOT_LISTED) & ~self.new

    @property
    def newly_escaped(self) -> np.ndarray:
        """Found to have left the poor list, or all lists, now or within the last 36 months."""
        from_poor = (self.reviewed != POOR) & ((self.standing == POOR) | left_lately(self.quarters_since_poor, self.when))
        from_all = (self.reviewed == NOT_LISTED) & ((self.standing != NOT_LISTED) | left_lately(self.quarters_since_listed, self.when))
        return from_poor | from_all

    @property
    def kept_out(self) -> np.ndarray:
        """Left the poor list 36 months ago or earlier, is still off it and is found not poor.

        Exits count from 1 January, so at the end of its third year a clock shows 11 or 12, as the last quarter is counted
        or not, and never a year later or earlier: 11 stands for three whole years.
        """
        left_once = (self.quarters_since_poor >= quarters(self.when) - 1) & (self.quarters_since_poor < NEVER)
        return left_once & (self.standing != POOR) & (self.reviewed != POOR)


def transitions(lists: Lists, cell: np.ndarray, cells: int) -> np.ndarray:
    """Households by cell, origin (FROM) and destination (TO), int64, shape (cells, len(FROM), len(TO)); ``gone`` left 0."""
    origin = _FROM_OF_STANDING[lists.standing]
    origin = origin + (lists.was_newly_escaped & (lists.standing != POOR))  # each *_newly_escaped follows its plain form
    origin = np.where(lists.new, FROM.index("new_household"), origin)
    key = (np.asarray(cell, dtype=np.int64) * len(FROM) + origin) * len(TO) + _TO_OF_STANDING[lists.reviewed]
    return np.bincount(key, minlength=cells * len(FROM) * len(TO)).reshape(cells, len(FROM), len(TO))


def close(flows: np.ndarray, stock_before: np.ndarray) -> np.ndarray:
    """The flows with ``gone`` filled in, so that stocks and flows close.

    ``stock_before`` is last year's stock by cell and TO (its ``gone`` 0), shape (cells, len(TO)). ``gone`` is what a
    stock held and no row accounts for: died out or moved away, net of households that moved in.
    """
    closed = flows.copy()
    for to, origins in (("near_poor", (0, 1)), ("not_listed", (3, 4)), ("poor", (5,))):
        closed[:, origins[0], TO.index("gone")] = stock_before[:, TO.index(to)] - flows[:, origins, :].sum(axis=(1, 2))
    return closed


def stock(reviewed: np.ndarray, cell: np.ndarray, cells: int) -> np.ndarray:
    """Households by cell and TO, int64, shape (cells, len(TO))."""
    key = np.asarray(cell, dtype=np.int64) * len(TO) + _TO_OF_STANDING[reviewed]
    return np.bincount(key, minlength=cells * len(TO)).reshape(cells, len(TO))
