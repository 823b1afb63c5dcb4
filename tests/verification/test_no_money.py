"""Levers without money are no levers: only statutory entitlements are left, bit for bit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.engine import Begun, Simulation
from sim.scenario.shape import Scenario
from tests.verification import small


@pytest.fixture(scope="module")
def hoang_kim() -> Begun:
    """The real plan at its start, two replications."""
    return small.start(small.hoang_kim(), 2)


def without_money(scenario: Scenario) -> Scenario:
    """The scenario with every envelope empty."""
    return replace(scenario, money=tuple(replace(envelope, amount_dong=0) for envelope in scenario.money))


@pytest.mark.parametrize("mix", ["plan", "plan_as_printed", "credit_only"])
def test_a_mix_without_money_is_no_policy(hoang_kim: Begun, mix: str) -> None:
    """Every column of every household is the same as without a plan, to the last bit, in each quarter of four years."""
    begun = Begun(without_money(hoang_kim.scenario), hoang_kim.society, hoang_kim.seed)
    one, other = Simulation(begun, mix), Simulation(begun, "no_policy")
    while not one.finished:
        one.quarter()
        other.quarter()
        assert small.differing(one.households, other.households) == set()
    assert one.programme.ledger.total("paid") == 0


def test_with_its_money_the_plan_does_differ(hoang_kim: Begun) -> None:
    """The same comparison sees the plan when it has its money."""
    one, other = (small.run_years(hoang_kim, mix, 1) for mix in ("plan", "no_policy"))
    assert one.programme.ledger.total("paid") > 0
    assert small.differing(one.households, other.households)
