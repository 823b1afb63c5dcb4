"""One lever whose effect is certain, with money for n households: exactly n are served, and exactly they are changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sim.agents import members as m
from sim.engine import Begun, Simulation
from sim.kit.columns import Table
from sim.scenario.shape import Scenario
from tests.verification import small

N = 7
SURE = {
    **{"departure_failure": 0.0, "migration_credit_months": 200.0, "school_support_drawn": 0.0},
    **{"assistance_drawn": 0.1, "legal_case_won": 1.0, "assistance_recognised": 1.0},
}
# What each lever moves, one number a household.
STATES: dict[str, Callable[[Table], np.ndarray]] = {
    "livelihood_models": lambda h: h.young_animals,
    "vocational_training": lambda h: m.get(h.members, "trained").sum(axis=0),
    "preferential_credit": lambda h: h.loan,
    "housing": lambda h: h.solid_parts,
    "health_insurance": lambda h: (m.get(h.members, "insured") * m.get(h.members, "present")).sum(axis=0),
    "job_matching": lambda h: h.matching,
    "labour_export": lambda h: h.remittance,
    "education_support": lambda h: h.school_support,
    "nutrition": lambda h: h.nutrition_support,
    "legal_aid": lambda h: h.claims,
    "social_assistance": lambda h: h.claims,
}


def plan_for(lever: str, dong: int) -> Scenario:
    """A plan with so many dong for one lever, delivered as planned, with room for everybody."""
    place = small.place(insurance_cover=0.5)  # so that cards are wanting
    parts = {"places": [place], "parameters": small.CERTAIN | SURE, "delivery": "as_planned", "structure": small.uncoupled()}
    scenario = small.plan_of_levers([lever], options={"places": 500}, **parts)
    return replace(scenario, money=tuple(replace(envelope, amount_dong=dong) for envelope in scenario.money))


def cost_of_first(begun: Begun, lever: str, count: int) -> int:
    """Dong that the first ``count`` households in line cost together."""
    simulation = Simulation(begun, "plan")
    simulation.quarter()
    simulation.quarter()
    queue = simulation.programme.queue_of(lever)
    assert queue is not None
    assert len(queue.rows) > count
    return int(queue.spent[count - 1])


def changed_by(begun: Begun, lever: str) -> tuple[set[int], set[int]]:
    """Households served in the plan's year, and those whose state ever differed from their life without the plan."""
    sims = [Simulation(begun, mix) for mix in ("plan", "no_policy")]
    different: set[int] = set()
    for _ in range(4):
        for simulation in sims:
            simulation.quarter()
        plan, none = (simulation.households for simulation in sims)
        different |= set(np.flatnonzero(STATES[lever](plan) != STATES[lever](none)).tolist())
    return set(np.flatnonzero(plan.received[0] > 0).tolist()), different


@pytest.mark.parametrize("lever", STATES)
def test_money_for_n_serves_and_changes_n(lever: str) -> None:
    """With just enough money for seven households seven get it, and nobody else's state moves; with one dong less, six."""
    ample = small.start(plan_for(lever, 10**12))
    dong = cost_of_first(ample, lever, N)
    for amount, count in ((dong, N), (dong - 1, N - 1)):
        begun = Begun(plan_for(lever, amount), ample.society, ample.seed)
        served, changed = changed_by(begun, lever)
        assert len(served) == count
        assert changed == served
