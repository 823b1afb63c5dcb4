"""What the money of each lever alone does: its state moves at once, and two years on its outcome, in the direction it states.

Every uncertain number is at its median; the same households live with and without the plan, in the same luck.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.agents import members as m
from sim.agents.codebook import Coping, Standing
from sim.engine import Begun, Simulation
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.policies.lever import Outcome
from sim.scenario.shape import Scenario
from tests.verification import small

TAKERS = {f"{lever}_take_up": 1.0 for lever in ("livelihood", "training", "credit", "housing", "insurance")}
SOLD = int(Coping.SOLD_ANIMAL) | int(Coping.SOLD_CAPITAL)


def plan_with(lever: str, places: int = 1000, parameters: dict[str, float] | None = None, **changes: Any) -> Scenario:
    """Plenty of money for one lever from January on, in a commune of many poor; ``places`` bound who is served at one choice."""
    place = small.place(households=1000, poor=300, near_poor=250, insurance_cover=0.5)
    known = small.medians() | TAKERS | (parameters or {})
    parts = {"signed": Quarter(2024, 1), "delivery": "as_planned", "structure": small.uncoupled(list_pressure=False)}
    return small.plan_of_levers([lever], 100_000.0, {"places": places}, places=[place], parameters=known, **parts, **changes)


@cache
def begin(lever: str, replications: int = 3, follow_years: int = 3, entitlements: bool = True, **parameters: float) -> Begun:
    """The start for a lever."""
    scenario = plan_with(lever, parameters=parameters, follow_years=follow_years, entitlements=entitlements)
    return small.start(scenario, replications)


class Pair:
    """A plan and no_policy side by side; differences are of the households that were served, plan less no_policy."""

    def __init__(self, begun: Begun):
        self.plan, self.none = Simulation(begun, "plan"), Simulation(begun, "no_policy")

    def live(self, quarters: int, each: Callable[[Pair], None] | None = None) -> Pair:
        """So many quarters, telling ``each`` after every one."""
        for _ in range(quarters):
            self.plan.quarter()
            self.none.quarter()
            if each is not None:
                each(self)
        return self

    @property
    def served(self) -> np.ndarray:
        """Rows of those served, the same in both lives."""
        h = self.plan.households
        assert (small.identity(h) == small.identity(self.none.households)).all()
        return np.flatnonzero(h.received[0] > 0)

    def gain(self, of: str | Callable) -> np.ndarray:
        """Difference in a column, or in a function of the table, for each household served."""
        read = (lambda h: h[of]) if isinstance(of, str) else of
        one, other = (read(simulation.households).astype(np.float64) for simulation in (self.plan, self.none))
        return one[self.served] - other[self.served]


def is_above(values: np.ndarray) -> bool:
    """Whether a mean is above zero by more than three times its standard error."""
    return bool(values.mean() > 3.0 * values.std(ddof=1) / np.sqrt(len(values)) > 0)


def is_below(values: np.ndarray) -> bool:
    """Whether a mean is below zero by more than three times its standard error."""
    return is_above(-values)


def listed(h: Table) -> np.ndarray:
    """Found poor or near-poor by the last review."""
    return h.reviewed > 0


def test_an_animal_is_seen_by_the_score_at_once_and_by_income_years_later() -> None:
    """Livelihood models: herd and skill grow; two years on the score is higher and fewer are listed, while keeping the animal still
    costs more than it brings; five years on it brings more."""
    pair = Pair(begin("livelihood_models", replications=8, follow_years=5)).live(4)
    assert is_above(pair.gain(lambda h: h.young_animals + h.grown_animals.astype(int)))
    assert is_above(pair.gain("skill"))
    pair.live(5)
    assert is_above(pair.gain("lasting_income"))
    assert is_below(pair.gain(listed))
    assert is_below(pair.gain("income_per_head"))
    pair.live(15)
    assert is_above(pair.gain("income_per_head"))


def test_a_course_brings_wage_work() -> None:
    """Vocational training: a member is trained; two years on more members are in wage work and wages are higher."""
    pair = Pair(begin("vocational_training")).live(4)
    assert pair.gain(lambda h: m.get(h.members, "trained").sum(axis=0)).mean() == pytest.approx(0.86, abs=0.05)
    pair.live(5)
    assert is_above(pair.gain("wage_workers"))
    assert is_above(pair.gain("wage_income"))
    assert is_above(pair.gain("income_per_head"))


def test_a_loan_works_for_some_and_is_owed_by_all() -> None:
    """Preferential credit: a loan and borrowed money at work; two years on own income is higher, by the quarter of borrowers whose
    business responds, while all others are no better off; and all have paid back a part."""
    pair = Pair(begin("preferential_credit")).live(4)
    assert (pair.gain("loan") > 0).mean() > 0.99
    assert is_above(pair.gain("venture"))
    pair.live(5)
    gain = pair.gain("own_income")
    assert is_above(gain)
    respond = gain > 1000
    assert 0.15 < respond.mean() < 0.4
    assert is_above(gain[respond])
    assert gain[~respond].mean() < 0
    assert pair.plan.programme.ledger.total("repaid") > 0


def test_a_house_ends_the_lack_of_one() -> None:
    """Housing: nine in ten works end the lack of a sound house at once; two years on fewer lack one and fewer are found poor."""
    pair = Pair(begin("housing")).live(4)
    standard = pair.plan.society.standard

    def lack(h: Table) -> np.ndarray:
        return standard.lacks(standard.deprivations(h), "housing_quality")

    assert is_above(pair.gain("solid_parts"))
    assert lack(pair.plan.households)[pair.served].mean() < 0.2 < 0.8 < lack(pair.none.households)[pair.served].mean()
    pair.live(4)
    assert is_below(pair.gain(lack))
    assert is_below(pair.gain(lambda h: h.reviewed == Standing.POOR))


def test_a_house_brings_no_income() -> None:
    """Where the household adds nothing of its own, would not have built by itself, does not spend more for living better and loses no
    allowance or card with its standing, its income by every source, its animals, tools and debts are the same to the last bit."""
    free = {"own_money_to_housing_support": 0.0, "solid_part_cost": 1e8, "dwelling_in_score": 0.0, "large_illness": 0.0}
    pair = Pair(begin("housing", entitlements=False, **free))

    def same(now: Pair) -> None:
        means = [
            "own_income",
            "wage_income",
            "remittance_income",
            "transfer_income",
            "capital",
            "grown_animals",
            "informal_debt",
            "savings",
        ]
        assert small.differing(now.plan.households, now.none.households, means) == set()

    pair.live(16, same)
    assert is_above(pair.gain("solid_parts"))


def test_a_card_saves_costs_and_sales_but_earns_nothing() -> None:
    """Health insurance: cards; in their year nobody served pays more for illness and some pay less; over two years less is paid and fewer
    sell animals or tools in need, while wages are the same to the last bit. (Illness is made frequent, to be seen.)"""
    pair = Pair(begin("health_insurance", replications=8, large_illness=0.3, insurance_relief=0.8, card_reaches_near_poor=0.0))
    costs, sales = [], []

    def note(now: Pair) -> None:
        assert small.differing(now.plan.households, now.none.households, ["wage_income"]) == set()
        costs.append(now.gain("health_cost"))
        sales.append(now.gain(lambda h: (h.coping & SOLD) > 0).sum())

    pair.live(4, note)
    assert is_below(pair.gain("uninsured"))
    assert all((cost <= 0).all() for cost in costs)
    pair.live(4, note)
    assert sum(cost.sum() for cost in costs) < 0
    assert sum(sales) < -10


@pytest.mark.parametrize("lever", small.LEVERS)
def test_without_capacity_nobody_is_served(lever: str) -> None:
    """With all the money and no place, every household lives as without the plan, bit for bit, and is told why."""
    begun = begin(lever)
    simulation = small.run_years(Begun(plan_with(lever, places=0), begun.society, begun.seed), "plan", 2)
    none = small.run_years(begun, "no_policy", 2)
    assert small.differing(simulation.households, none.households) == set()
    assert simulation.programme.ledger.total("contracted") == 0
    assert (simulation.households.outcome[0] == Outcome.NO_CAPACITY).sum() > 20
    assert small.differing(small.run_years(begun, "plan", 1).households, small.run_years(begun, "no_policy", 1).households)
