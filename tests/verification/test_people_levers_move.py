"""What the money of job matching, labour export, education, nutrition, legal aid and social assistance does to lives, each alone.

Every uncertain number is at its median but for take-up, luck of a case, and those named to make an effect be seen.
"""

from __future__ import annotations

from functools import cache

import pytest

from sim.agents import members as m
from sim.agents.members import Work
from sim.engine import Begun
from sim.kit.calendar import Quarter
from sim.policies.lever import Outcome
from sim.scenario.shape import Scenario, Structure
from tests.verification import small
from tests.verification.test_levers_move import Pair, is_above, is_below

LEVERS = ("job_matching", "labour_export", "education_support", "nutrition", "legal_aid", "social_assistance")
TAKERS = {
    **{f"{name}_take_up": 1.0 for name in ("matching", "labour_export", "school_support", "nutrition", "legal_aid", "assistance")},
    **{"assistance_drawn": 0.3, "legal_case_won": 1.0, "assistance_recognised": 1.0, "school_support_drawn": 0.0},
    **{"departure_failure": 0.0, "migration_credit_months": 200.0},
}
MEANS = ["own_income", "wage_income", "remittance_income", "transfer_income", "capital", "grown_animals", "informal_debt", "savings"]


def plan_with(lever: str, places: int = 1000, structure: Structure | None = None, **parameters: float) -> Scenario:
    """Plenty of money for one lever from January on, in a commune of many poor, with or without what households do to one another."""
    place = small.place(households=1000, poor=300, near_poor=250)
    known = small.medians() | TAKERS | parameters
    entitlements = bool(known.pop("entitlements", 1.0))
    return small.plan_of_levers(
        [lever], 100_000.0, {"places": places}, places=[place], parameters=known, entitlements=entitlements, follow_years=3,
        signed=Quarter(2024, 1), delivery="as_planned", structure=structure or small.uncoupled(list_pressure=False),
    )  # fmt: skip


@cache
def begin(lever: str, replications: int = 3, **parameters: float) -> Begun:
    """The start for a lever."""
    return small.start(plan_with(lever, **parameters), replications)




def test_matching_places_more_of_those_served() -> None:
    """Job matching: support for a year; two years on more members are in wage work. (Its advantage is made large, to be seen.)"""
    pair = Pair(begin("job_matching", matching_search_advantage=3.0, matching_begins_search=5.0)).live(1)
    assert (pair.gain("matching") == 4).all()
    pair.live(4)
    assert is_above(pair.gain("wage_workers"))
    pair.live(4)
    assert (pair.gain("matching") == 0).all()
    assert is_above(pair.gain("wage_workers"))
    assert is_above(pair.gain("wage_income"))


def test_matching_opens_no_jobs() -> None:
    """Where households share the commune's vacancies, as many find work in it over three years with the lever as without."""
    scenario = plan_with("job_matching", 150, Structure(list_pressure=False), matching_search_advantage=3.0, ageing=0.0)
    pair = Pair(small.start(scenario, 8))
    found = {"plan": 0, "none": 0}

    def count(now: Pair) -> None:
        found["plan"] += int(now.plan.communes.found.sum())
        found["none"] += int(now.none.communes.found.sum())

    pair.live(5, count)
    assert is_above(pair.gain("wage_workers"))
    pair.live(7, count)
    assert found["plan"] == pytest.approx(found["none"], rel=0.03)


def test_a_worker_abroad_sends_money_and_comes_home() -> None:
    """Labour export: one member is abroad and a debt is made; in the first half year nothing comes; two years on income a head is higher;
    after the contract the money ends."""
    pair = Pair(begin("labour_export", early_return=0.0, ageing=0.0)).live(3)
    assert (pair.gain(lambda h: (m.get(h.members, "work") == Work.ABROAD).sum(axis=0)) == 1).mean() > 0.95
    assert is_above(pair.gain("informal_debt"))
    pair.live(1)
    assert (pair.gain("remittance_income") == 0).all()
    pair.live(5)
    assert is_above(pair.gain("remittance_income"))
    assert is_above(pair.gain("income_per_head"))
    assert is_below(pair.gain("workers"))
    pair.live(7)
    first = pair.plan.households.received[0] == Quarter(2024, 3).number
    assert first.sum() > 50 and not pair.plan.households.remittance[first].any()


def test_a_failed_departure_leaves_the_debt() -> None:
    """Labour export gone wrong: nobody leaves, nothing is sent, and two years on more is owed than without."""
    pair = Pair(begin("labour_export", departure_failure=1.0)).live(9)
    assert not pair.plan.households.remittance.any()
    assert (pair.gain("abroad") == 0).all()
    assert is_above(pair.gain("informal_debt"))


def test_support_keeps_children_at_school() -> None:
    """Education support: cash and a supported year; two years on fewer children are out of school."""
    pair = Pair(begin("education_support", dropout=0.2)).live(1)
    assert (pair.gain("school_support") == 4).all()
    assert is_above(pair.gain("savings"))
    pair.live(8)
    assert is_below(pair.gain("children_out_of_school"))


def test_nutrition_feeds_children() -> None:
    """Nutrition: a programme of a year; two years on fewer children are undernourished."""
    pair = Pair(begin("nutrition")).live(1)
    assert (pair.gain("nutrition_support") == 4).all()
    pair.live(8)
    assert is_below(pair.gain("undernourished"))


def test_nutrition_brings_no_income() -> None:
    """Where a household loses no allowance or card with its standing, income by every source, means and debts are the same to the last
    bit for three years."""

    def same(now: Pair) -> None:
        assert small.differing(now.plan.households, now.none.households, MEANS) == set()

    pair = Pair(begin("nutrition", entitlements=0.0, large_illness=0.0)).live(12, same)
    assert is_below(pair.gain("undernourished"))


@pytest.mark.parametrize("lever", ["legal_aid", "social_assistance"])
def test_a_claim_brings_the_allowance_and_no_counted_income(lever: str) -> None:
    """Legal aid, social assistance: the household claims; two years on it draws an allowance, which the standard of 2022 does not count."""
    pair = Pair(begin(lever)).live(2)
    assert (pair.gain("claims") == 1).all() and len(pair.served) > 30
    pair.live(7)
    assert is_above(pair.gain("uncounted_transfers"))
    assert (pair.gain("transfer_income") == 0).all()
    assert is_above(pair.gain("savings"))


@pytest.mark.parametrize("lever", LEVERS)
def test_without_capacity_nobody_is_served(lever: str) -> None:
    """With all the money and no place, every household lives as without the plan, bit for bit, and is told why."""
    begun = begin(lever)
    simulation = small.run_years(Begun(plan_with(lever, places=0), begun.society, begun.seed), "plan", 2)
    none = small.run_years(begun, "no_policy", 2)
    assert small.differing(simulation.households, none.households) == set()
    assert simulation.programme.ledger.total("contracted") == 0
    assert (simulation.households.outcome[0] == Outcome.NO_CAPACITY).sum() > 20
    assert small.differing(small.run_years(begun, "plan", 1).households, small.run_years(begun, "no_policy", 1).households)
