"""Who holds a health-insurance card on 1 January."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.codebook import Standing
from sim.agents.members import Work, pack
from sim.dynamics.family import card_by_law, insured_next
from sim.entitlements import Entitlements
from sim.kit.calendar import Quarter
from sim.law.book import Book

f4 = np.float32
P = SimpleNamespace(
    card_reaches_poor=f4(0.9), card_reaches_near_poor=f4(0.8), card_lost_on_exit=f4(0.3), insurance_lapse=f4(0.05), insurance_buy=f4(0.5)
)


@pytest.mark.parametrize(("year", "youngest"), [(2025, 80), (2026, 75)])
def test_the_old_hold_one_from_the_age_of_the_law_of_the_day(year: int, youngest: int):
    """Until July 2025 from 80 years on, since then from 75."""
    old_from = Entitlements(Book.load()).assistance_rules(Quarter(year - 1, 4))["old_from"]
    ages = [age for age in range(60, 100) if card_by_law(pack(present=1, age=age), age, old_from)]
    assert ages[0] == youngest and len(ages) == 100 - youngest


def test_small_children_pupils_and_workers_with_a_contract_hold_one():
    held = [pack(present=1, age=5), pack(present=1, age=15, in_school=1), pack(present=1, age=40, work=int(Work.CONTRACT))]
    none = [pack(present=1, age=6), pack(present=1, age=18, in_school=1), pack(present=1, age=40, work=int(Work.CASUAL))]
    ages = (5, 15, 40, 6, 18, 40)
    found = [bool(card_by_law(word, age, f4(80))) for word, age in zip(held + none, ages, strict=True)]
    assert found == [True] * 3 + [False] * 3


def test_a_card_is_not_lost_by_coming_onto_a_list():
    """Whom the list's card does not reach keeps the one in hand, but for the few that lapse; without one, none is bought."""
    missed, keeps, lapses = f4(0.95), f4(0.5), f4(0.96)
    for standing in (Standing.POOR, Standing.NEAR_POOR):
        assert insured_next(1, standing, False, keeps, missed, P) == 1
        assert insured_next(1, standing, False, lapses, missed, P) == 0
        assert insured_next(0, standing, False, f4(0.01), missed, P) == 0
        assert insured_next(0, standing, False, keeps, f4(0.5), P) == 1
    assert insured_next(1, Standing.NOT_LISTED, True, f4(0.8), missed, P) == 0
    assert insured_next(1, Standing.NOT_LISTED, False, f4(0.8), missed, P) == 1
    assert insured_next(0, Standing.NOT_LISTED, False, f4(0.4), missed, P) == 1
