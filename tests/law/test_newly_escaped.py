"""How long "newly escaped" lasts stands once, in the law book, and lists, levers and measures follow it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.codebook import NEVER
from sim.kit.calendar import Quarter
from sim.law import newly_escaped
from sim.law.book import Book
from sim.measures.flows import Lists
from sim.policies.applicants import Applicants, Moment
from sim.standards import lists
from tests.policies.small import communes, households

NOW = Quarter(2024, 3)
CLOCKS = np.array([0, 8, 9, 11, 12, 13, NEVER])


@pytest.fixture(params=[36, 24])
def months(request, monkeypatch):
    """The law as it is, and another one."""
    monkeypatch.setattr(newly_escaped, "quarters", lambda when: request.param // 3)
    return request.param


def test_the_law_says_36_months():
    assert newly_escaped.quarters(NOW) * 3 == Book.load().value(newly_escaped.MONTHS, NOW) == 36


def test_all_three_follow_it(months):
    expected = (months >= CLOCKS * 3).tolist()
    h = households(count=len(CLOCKS), replications=1, places=1)
    h.standing[...], h.quarters_since_poor[...], h.quarters_since_listed[...] = 0, NEVER, CLOCKS
    moment = Moment(NOW, 1, np.zeros(1), 1)
    applicants = Applicants(h, communes(1, 1), moment, SimpleNamespace())
    found = Lists(h.standing, h.standing, h.quarters_since_poor, h.quarters_since_listed, np.zeros(len(h), dtype=bool), NOW)
    assert lists.newly_escaped(h, NOW).tolist() == applicants.newly_escaped.tolist() == found.newly_escaped.tolist() == expected
