"""How long a household that left a list still counts as newly escaped: the one home of that rule."""

from __future__ import annotations

from functools import cache

import numpy as np

from sim.law.book import Book

MONTHS = "entitlements.newly_escaped_months"


@cache
def quarters(when: object) -> int:
    """Quarters for which a household that left a list counts as newly escaped, by the law of a day."""
    return int(Book.load().value(MONTHS, when)) // 3


def left_lately(quarters_since: np.ndarray, when: object) -> np.ndarray:
    """Whether clocks that count quarters since a household left a list are still within that time: bool."""
    return quarters_since <= quarters(when)
