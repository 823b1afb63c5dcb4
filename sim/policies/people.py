"""Who lives in a household, as levers ask: members at home by age, who might go abroad, who is entitled to assistance.

Words are member words of shape (slots, households); answers have one element a household.
"""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.agents.members import Work
from sim.kit.calendar import Quarter
from sim.law.book import Book

YOUNGEST_TRAVELLER, OLDEST_TRAVELLER = 18, 40
ADULT = 16


def is_at_home(words: np.ndarray) -> np.ndarray:
    """Which members belong to the household and are not abroad: (slots, households) bool."""
    return (m.get(words, "present") == 1) & (m.get(words, "work") != Work.ABROAD)


def aged(words: np.ndarray, youngest: int, below: int) -> np.ndarray:
    """Members at home from an age on and below another: int64."""
    age = m.get(words, "age")
    return (is_at_home(words) & (age >= youngest) & (age < below)).sum(axis=0)


def traveller(words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slot of the youngest adult at home who could take contract work abroad, and whether there is one.

    From 18 to 40, able, past school, in good health (all contracts ask for a health check).
    """
    age = m.get(words, "age")
    fit = is_at_home(words) & (age >= YOUNGEST_TRAVELLER) & (age <= OLDEST_TRAVELLER)
    for hindrance in ("disability", "chronic", "in_school"):
        fit &= m.get(words, hindrance) == 0
    return np.argmin(np.where(fit, age, 127), axis=0), fit.any(axis=0)


def is_entitled_to_assistance(words: np.ndarray, now: Quarter) -> np.ndarray:
    """Whether somebody at home is entitled to a monthly allowance: severely disabled, or of the age that the law of the day asks."""
    old_from = Book.load().value("social_assistance.age.without_pension", now)
    by_right = (m.get(words, "disability") > 0) | (m.get(words, "age") >= old_from)
    return (is_at_home(words) & by_right).any(axis=0)
