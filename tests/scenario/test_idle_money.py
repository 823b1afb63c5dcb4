"""Money that nothing in a mix may buy with is told before anything is run."""

from __future__ import annotations

from dataclasses import replace

from sim.scenario.idle_money import idle_money
from sim.scenario.shape import Allocation, Envelope, Mix
from tests.verification import small


def test_money_of_a_kind_that_buys_nothing_there_is_found() -> None:
    mixes = {"plan": {"vocational_training": Allocation(share=0.5)}}
    usable, idle = Envelope("central", "recurrent", 2024, 10**9), Envelope("central", "investment", 2024, 5 * 10**8, reference="L9")
    found = list(idle_money(small.plan(mixes=mixes, money=[usable, idle])))
    assert [(one.code, one.reference, one.facts["year"], one.facts["amount"].value) for one in found] == [("money_idle", "L9", 2024, 500.0)]


def test_money_for_another_mix_is_not() -> None:
    mixes = {"plan": {"vocational_training": Allocation(share=0.5)}}
    plan = small.plan(mixes=mixes, money=[Envelope("central", "recurrent", 2024, 10**9)])
    houses = Envelope("central", "investment", 2024, 10**9, only=("houses",))
    more = {"houses": Mix("houses", {"housing": Allocation(share=1.0)})}
    with_houses = replace(plan, money=(*plan.money, houses), mixes={**plan.mixes, **more})
    assert not list(idle_money(with_houses))


def test_a_plan_without_a_mix_has_none() -> None:
    assert not list(idle_money(small.plan(money=[Envelope("central", "investment", 2024, 10**9)])))
