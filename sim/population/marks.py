"""What a review list's marks say of members, written into their words, as far as the family has members whom a mark can be about."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.agents import members as m
from sim.agents.members import Work

# The age bands of the indicators (Decree 07/2021): schooling from 3, work from 16, adult education to 30.
SCHOOL, ADULT, LAST_YOUNG, LAST_ABLE = 3, 16, 30, 64
SHORT, FULL = 8, 12  # years of schooling that fall short for every young adult, and that do for all


def nutrition(words: np.ndarray, lacks: np.ndarray) -> np.ndarray:
    """One undernourished child under 16 where it is lacked, else none."""
    child = _here(words) & (m.get(words, "age") < ADULT)
    return m.put(words, "undernourished", (lacks & _first(child)).astype(np.int32))


def child_schooling(words: np.ndarray, lacks: np.ndarray) -> np.ndarray:
    """One child of school age out of school where it is lacked, else all at school."""
    child = _here(words) & (m.get(words, "age") >= SCHOOL) & (m.get(words, "age") < ADULT)
    return np.where(child, m.put(words, "in_school", (~(lacks & _first(child))).astype(np.int32)), words)


def adult_education(words: np.ndarray, lacks: np.ndarray) -> np.ndarray:
    """One young adult without the level of the age where it is lacked, else all with it."""
    age = m.get(words, "age")
    young = _here(words) & (age >= ADULT) & (age <= LAST_YOUNG) & (m.get(words, "in_school") == 0)
    untaught = m.put(m.put(m.put(words, "trained", 0), "certified", 0), "schooling", np.minimum(m.get(words, "schooling"), SHORT))
    return np.where(young, np.where(lacks & _first(young), untaught, m.put(words, "schooling", FULL)), words)


def employment(words: np.ndarray, lacks: np.ndarray) -> np.ndarray:
    """One member who looks for work in vain where it is lacked and nobody does; else nobody, and no wage work without contract."""
    work, age = m.get(words, "work"), m.get(words, "age")
    able = _here(words) & (age >= ADULT) & (age <= LAST_ABLE) & (m.get(words, "disability") == 0) & (m.get(words, "in_school") == 0)
    odd = _here(words) & ((work == Work.UNEMPLOYED) | (work == Work.CASUAL))
    idle = lacks & ~odd.any(axis=0) & _first(able & (work != Work.ABROAD))
    searching = m.put(m.put(words, "work", int(Work.UNEMPLOYED)), "searching", 1)
    settled = m.put(m.put(words, "work", np.where(work == Work.CASUAL, int(Work.CONTRACT), int(Work.OWN))), "searching", 0)
    return np.where(idle, searching, np.where(odd & ~lacks, settled, words))


def health_insurance(words: np.ndarray, lacks: np.ndarray) -> np.ndarray:
    """No card for whoever is six or more and no pupil where it is lacked, else cards for all."""
    choosing = (m.get(words, "age") >= 6) & (m.get(words, "in_school") == 0)
    return np.where(lacks & choosing, m.put(words, "insured", 0), np.where(lacks, words, m.put(words, "insured", 1)))


MARKS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "nutrition": nutrition, "child_schooling": child_schooling, "adult_education": adult_education,
    "employment": employment, "health_insurance": health_insurance,
}  # fmt: skip


def marked(words: np.ndarray, indicator: str, lacks: np.ndarray) -> np.ndarray:
    """Member words (slots, rows) with one indicator's mark in them; ``lacks`` (rows,) is 1, 0, or not-a-number where nobody knows."""
    told = MARKS[indicator](words, lacks == 1.0)
    return np.where(_here(words) & ~np.isnan(lacks), told, words).astype(np.int32)


def _here(words: np.ndarray) -> np.ndarray:
    return (words & 1) == 1


def _first(mask: np.ndarray) -> np.ndarray:
    """Only the first slot of each row in which ``mask`` holds."""
    return mask & (np.cumsum(mask, axis=0) == 1)
