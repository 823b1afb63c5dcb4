"""What the money of production support, information, water and sanitation, and land and forest alone does, in the whole simulation."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.engine import Begun
from sim.kit.calendar import Quarter
from sim.policies.lever import Outcome
from sim.scenario.shape import Scenario
from tests.verification import small
from tests.verification.test_levers_move import Pair, is_above, is_below

LEVERS = ("production_support", "information_access", "water_sanitation", "land_forest")
SURE = {f"{lever}_take_up": 1.0 for lever in ("production", "information", "water", "land_forest")} | {"land_is_found": 0.5}
INCOMES = ("own_income", "wage_income", "remittance_income", "transfer_income", "capital", "informal_debt", "savings")
# No allowance or card goes with standing, and a better dwelling is neither expected income nor spent more on.
NEUTRAL = {"dwelling_in_score": 0.0, "large_illness": 0.0}


def plan_with(lever: str, options: dict[str, Any], parameters: dict[str, float], **changes: Any) -> Scenario:
    """Plenty of money for one lever in January, in a poor upland commune."""
    facts = {"income_per_head": 2000.0, "minority_share": 0.8, "urban_share": 0.0, "farm_labour_share": 0.7}
    place = replace(small.place(households=1000, poor=300, near_poor=250, **facts), area="especially_difficult")
    known = small.medians() | SURE | parameters
    parts = {"signed": Quarter(2024, 1), "delivery": "as_planned", "structure": small.uncoupled(list_pressure=False), "follow_years": 3}
    return small.plan_of_levers([lever], 100_000.0, {"places": 1000} | options, places=[place], parameters=known, **parts | changes)


@cache
def usual(lever: str) -> Begun:
    """The start for a lever with its usual options."""
    return small.start(plan_with(lever, {}, {}), 3)


def begin(lever: str, options: dict[str, Any], parameters: dict[str, float]) -> Begun:
    """A start without entitlements by standing."""
    return small.start(plan_with(lever, options, parameters, entitlements=False), 3)


def lacks(pair: Pair, indicator: str) -> Any:
    """A function of a table: who lacks an indicator."""
    standard = pair.plan.society.standard
    return lambda h: standard.lacks(standard.deprivations(h), indicator)


def same_incomes(pair: Pair) -> None:
    """Every source of income, tools, debts and savings are the same to the last bit with and without the plan."""
    assert small.differing(pair.plan.households, pair.none.households, INCOMES) == set()


def test_a_package_makes_more_of_the_farm_for_some_years() -> None:
    """Production support: working capital; two years on own production is higher; of the capital not two thirds are left after four,
    since it wears and the household buys less of its own."""
    pair = Pair(usual("production_support")).live(4)
    first = pair.gain("capital").mean()
    assert is_above(pair.gain("capital"))
    pair.live(5)
    assert is_above(pair.gain("own_income")) and is_above(pair.gain("lasting_income"))
    pair.live(7)
    assert 0 < pair.gain("capital").mean() < 0.7 * first


def test_radios_end_a_lack_and_earn_nothing() -> None:
    """Information access: a radio costs the household nothing; two years on fewer lack a device, and no income has moved a bit."""
    pair = Pair(begin("information_access", {"radio": True, "internet": False}, NEUTRAL))
    pair.live(9, same_incomes)
    assert is_above(pair.gain("devices")) and not pair.gain("internet").any()
    assert is_below(pair.gain(lacks(pair, "information_devices")))


def test_a_phone_and_its_service_are_used_and_paid_for() -> None:
    """Information access: two years on fewer lack either; the household has paid its part."""
    pair = Pair(usual("information_access")).live(4)
    assert is_above(pair.gain("internet"))
    assert pair.plan.programme.ledger.total("contributed") > 0
    pair.live(5)
    assert is_below(pair.gain(lacks(pair, "telecom")))


def test_water_and_toilets_end_two_lacks_and_earn_nothing() -> None:
    """Water and sanitation, paid whole: two years on fewer lack either, fewer are found poor, and no income has moved a bit."""
    pair = Pair(begin("water_sanitation", {"grant_share": 1.0}, NEUTRAL)).live(8, same_incomes)
    for indicator in ("water_source", "toilet"):
        assert is_below(pair.gain(lacks(pair, indicator)))
    assert pair.gain(lambda h: h.reviewed == 2).mean() < 0


def test_a_loan_for_works_is_paid_back() -> None:
    """Water and sanitation on credit: the lack ends, the bank is owed, and interest comes off income."""
    scenario = plan_with("water_sanitation", {"loan": True, "toilet": True}, {})
    credit = tuple(replace(envelope, kind="credit", source="bank") for envelope in scenario.money)
    pair = Pair(small.start(replace(scenario, money=credit), 3)).live(4)
    assert is_above(pair.gain("loan")) and not pair.gain("venture").any()
    assert is_above(pair.gain(lambda h: h.clean_water + h.hygienic_toilet))
    pair.live(5)
    assert pair.plan.programme.ledger.total("repaid") > 0 and is_below(pair.gain("own_income"))


def test_land_makes_more_of_the_farm_and_stays() -> None:
    """Land: two years on production is higher where land was found for a poor household short of it."""
    pair = Pair(small.start(plan_with("land_forest", {"forest": False}, {}), 3)).live(4)
    assert is_above(pair.gain("land"))
    pair.live(5)
    assert is_above(pair.gain("land")) and is_above(pair.gain("own_income"))


def test_a_forest_contract_is_income_while_it_lasts() -> None:
    """Forest: the fee of ten hectares comes on top of what the household makes for four quarters, and then no more."""
    pair = Pair(small.start(plan_with("land_forest", {"land": False}, {}), 3))
    fees = np.zeros(1)

    def note(now: Pair) -> None:
        nonlocal fees
        gain = now.gain("own_income")
        fees = gain if fees.shape != gain.shape else fees + gain

    pair.live(4)
    assert (pair.plan.households.forest_fee_quarters[pair.served] > 0).any()
    pair.live(4, note)
    assert is_above(fees)
    assert not pair.plan.households.forest_fee_quarters.any()


@pytest.mark.parametrize("lever", LEVERS)
def test_without_capacity_nobody_is_served(lever: str) -> None:
    """With all the money and no place, every household lives as without the plan, bit for bit, and is told why."""
    begun = usual(lever)
    stopped = Begun(plan_with(lever, {"places": 0}, {}), begun.society, begun.seed)
    simulation, none = small.run_years(stopped, "plan", 2), small.run_years(begun, "no_policy", 2)
    assert small.differing(simulation.households, none.households) == set()
    assert simulation.programme.ledger.total("contracted") == 0
    assert (simulation.households.outcome[0] == Outcome.NO_CAPACITY).sum() > 20
