"""Social assistance by the law of the day: multiples and ages are the law book's, cases an official can read."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from sim.dynamics.frames import ASSISTANCE_FIELDS
from sim.dynamics.tally_stages import assistance_coefficient
from sim.entitlements import Entitlements
from sim.kit.calendar import Quarter
from sim.law.book import Book

NONE, SEVERE, EXTREME = 0, 1, 2


def law_of(year: int, quarter: int) -> SimpleNamespace:
    rules = Entitlements(Book.load()).assistance_rules(Quarter(year, quarter))
    assert set(rules) == set(ASSISTANCE_FIELDS)
    return SimpleNamespace(**{name: np.float32(value) for name, value in rules.items()})


@pytest.mark.parametrize(
    ("age", "disability", "multiple"),
    [
        (30, NONE, 0.0), (79, NONE, 0.0), (80, NONE, 1.0), (100, NONE, 1.0),
        (30, SEVERE, 1.5), (15, SEVERE, 2.0), (16, SEVERE, 1.5), (59, SEVERE, 1.5), (60, SEVERE, 2.0), (85, SEVERE, 2.0),
        (30, EXTREME, 2.0), (8, EXTREME, 2.5), (70, EXTREME, 2.5),
    ],
)  # fmt: skip
def test_multiples_of_decree_20_2021(age, disability, multiple):
    assert assistance_coefficient(age, disability, law_of(2024, 1)) == multiple


def test_from_july_2025_the_old_draw_from_75():
    assert assistance_coefficient(75, NONE, law_of(2025, 2)) == 0.0
    assert assistance_coefficient(75, NONE, law_of(2025, 3)) == 1.0
    assert assistance_coefficient(74, NONE, law_of(2025, 3)) == 0.0
