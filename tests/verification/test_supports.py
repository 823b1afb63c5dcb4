"""What supports with a term, claims and money from abroad do in the quarter: each moves what it says, for as long as it says."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents import members as m
from sim.agents.codebook import Shock
from sim.agents.members import Work
from sim.kit.calendar import Quarter
from sim.society import Society
from tests.verification import small

MONTHS = np.float32(3.0)


@pytest.fixture(scope="module")
def society() -> Society:
    """A poor society at its start, where no household's life depends on another's and all supports are strong."""
    strong = {"return_to_school": 0.9, "dropout": 0.3, "dropout_when_supported": 0.1, "nutrition_recovery": 0.8, "nutrition_onset_cut": 0.9,
              "become_undernourished": 0.3, "matching_search_advantage": 0.4, "matching_begins_search": 8.0, "early_return": 0.0}
    place = small.place(households=2000, poor=600, near_poor=400)
    return small.start(small.plan([place], parameters=strong, structure=small.uncoupled())).society


def lives(society: Society, quarters: int = 1, **columns: float) -> Society:
    """A copy with columns of all households set, some quarters on."""
    other = society.copy()
    for name, value in columns.items():
        other.households[name][...] = value
    other.take_stock()
    for number in range(quarters):
        other.live(Quarter(2024, 1).plus(number))
    return other


def count(society: Society, column: str) -> int:
    return int(society.households[column].sum(dtype=np.int64))


def test_a_household_that_does_not_claim_draws_no_assistance_and_one_that_claims_draws_it_all(society):
    without, with_claims = lives(society, claims=0).households, lives(society, claims=1).households
    assistance = lambda h: h.transfer_income + h.uncounted_transfers  # noqa: E731
    poor = with_claims.standing == 2
    power = MONTHS * society.world.record["electricity"][0]
    assert (assistance(without) == np.where(poor, power, 0)).all()
    entitled = (with_claims.disabled > 0) | (m.get(with_claims.members, "age") * (with_claims.members & 1) >= 80).any(axis=0)
    drawn = assistance(with_claims) - assistance(without)
    assert entitled.sum() > 50 and (drawn[entitled] >= MONTHS * society.world.record["assistance_standard"][0] * 0.999).all()
    assert (drawn[~entitled] == 0).all()


def test_nine_in_ten_claim_at_the_start(society):
    drawn = float(society.parameters["assistance_drawn"][0])
    assert society.households.claims.mean() == pytest.approx(drawn, abs=0.03)


def test_support_keeps_children_at_school_and_brings_some_back_while_it_lasts(society):
    none, some = lives(society, 4), lives(society, 4, school_support=4)
    assert count(some, "children_out_of_school") < 0.7 * count(none, "children_out_of_school")
    assert count(some, "school_support") == 0
    out = none.households.children_out_of_school
    once = lives(society, 1, school_support=1)
    later = lives(once, 1)
    assert (later.households.children_out_of_school >= once.households.children_out_of_school).all()  # nobody comes back unsupported
    assert out.sum() > 0


def test_help_with_finding_work_makes_more_look_and_find_but_opens_no_job(society):
    none, helped = lives(society, 4), lives(society, 4, matching=8)
    assert count(helped, "wage_workers") > count(none, "wage_workers")
    assert (helped.communes.vacancies == none.communes.vacancies).all()
    assert (helped.households.matching == 4).all()


def test_a_nutrition_programme_lowers_undernourishment(society):
    assert count(lives(society, 4, nutrition_support=4), "undernourished") < 0.6 * count(lives(society, 4), "undernourished")


def test_a_forest_fee_is_own_income_until_its_contract_ends(society):
    none, paid = lives(society), lives(society, forest_fee=500.0, forest_fee_quarters=1)
    assert np.allclose(paid.households.own_income - none.households.own_income, 500.0, rtol=1e-3)
    assert not paid.households.forest_fee.any() and not paid.households.forest_fee_quarters.any()
    assert (lives(society, forest_fee=500.0).households.own_income == none.households.own_income).all()


def go_abroad(society: Society, remittance: float) -> tuple[Society, np.ndarray]:
    """The second member of every household that has two adults at work leaves; and which households these are."""
    left = society.copy()
    h = left.households
    word = h.members[1]
    goes = (word & 1 == 1) & (m.get(word, "age") < 60) & (m.get(word, "work") == Work.OWN) & (h.abroad == 0)
    word[goes] = m.put(m.put(word[goes], "work", np.int32(Work.ABROAD)), "quarters_in_state", np.int32(0))
    h.remittance[goes] = remittance
    left.take_stock()
    return left, goes


def test_money_from_abroad_comes_from_the_third_quarter_to_the_end_of_the_contract(society):
    left, goes = go_abroad(society, 10_000.0)
    assert goes.sum() > 100
    for quarter in range(1, 14):
        left.live(Quarter(2024, 1).plus(quarter - 1))
        h = left.households
        sent = h.remittance_income - h.outside_support * left.world.record["nominal"][0]
        expected = 10_000.0 * left.world.record["price_level"][0] if 3 <= quarter <= 12 else 0.0
        assert np.allclose(sent[goes], expected, atol=2.0), quarter
        assert (sent[~goes] == 0).all()
        assert ((h.shocks[goes] & Shock.CAME_HOME) != 0).all() == (quarter == 13)
    assert (left.households.remittance == 0).all() and (left.households.abroad[goes] == 0).all()


def test_most_of_the_money_from_abroad_is_put_by_and_pays_debts(society):
    sends, nothing = (go_abroad(society, amount)[0] for amount in (10_000.0, 0.0))
    eaten = 0.0
    for number in range(6):
        for one in (sends, nothing):
            one.live(Quarter(2024, 1).plus(number))
        h, other = sends.households, nothing.households
        gets = h.remittance > 0
        eaten += float(((h.consumption - other.consumption)[gets] * MONTHS * h.members_counted[gets]).mean())
    sent = 4 * 10_000.0
    kept = (h.savings.astype(float) - h.informal_debt - other.savings + other.informal_debt)[gets]
    assert 0.05 * sent < eaten < 0.5 * sent
    assert kept.mean() > 0.5 * sent and (kept > 0).mean() > 0.9
