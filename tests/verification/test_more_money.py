"""Within one envelope, with a strict queue and equal unit cost, more money never serves fewer."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import Begun, Simulation
from sim.policies.money import proportional_parts
from tests.policies.small import SIGNED, communes, households, plan_of, programme
from tests.verification import small

# Million dong, from nothing to what serves more than half; an animal and its coaching cost 26 million.
budgets = st.lists(st.integers(0, 900), min_size=4, max_size=8).map(sorted)


def served_with(millions: int) -> np.ndarray:
    """Who of sixty households in two communes gets an animal with so much money for the whole plan."""
    plan = plan_of("livelihood_models", 1, places=500)
    plan.money[0] = replace(plan.money[0], amount_dong=millions * small.MILLION)
    table, places = households(), communes()
    table.standing[...] = 2  # all poor, so that all cost the same
    policy = programme(plan)
    policy.open_year(SIGNED, table, places)
    policy.choose(SIGNED, table, places)
    return table.owed[0] > 0


@settings(max_examples=40, deadline=None)
@given(budgets)
def test_more_money_serves_all_it_served_before_and_perhaps_more(millions: list[int]) -> None:
    """Whoever is served with less money is served with more, for any amounts, in every commune and replication."""
    chosen = [served_with(amount) for amount in millions]
    for less, more in itertools.pairwise(chosen):
        assert (more | ~less).all()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=5), st.integers(0, 10**9), st.integers(1, 50))
def test_no_commune_loses_when_the_whole_grows(listed: list[int], dong: int, more: int) -> None:
    """Money of the whole plan is split so that a larger sum leaves no commune a dong less: else one household could lose its place."""
    weights = np.array([listed])
    parts, larger = proportional_parts(dong, weights), proportional_parts(dong + more, weights)
    assert (larger >= parts).all()
    assert larger.sum() - parts.sum() == more


def test_more_money_in_a_whole_run() -> None:
    """New houses at one price in three communes over a year of the whole model: served households only ever join."""
    places = [small.place(name, 300, 60, 40) for name in ("A", "B", "C")]
    scenario = small.plan_of_levers(["housing"], places=places, options={"repair": False, "places": 500}, parameters=small.CERTAIN)
    begun = small.start(scenario)
    chosen = []
    for houses in (0, 0.9, 1, 3.4, 8, 40, 400):
        money = tuple(replace(envelope, amount_dong=int(houses * 60 * small.MILLION)) for envelope in scenario.money)
        simulation = Simulation(Begun(replace(scenario, money=money), begun.society, begun.seed), "plan")
        simulation.quarter()
        simulation.quarter()
        chosen.append(set(np.flatnonzero(simulation.households.owed[0] > 0).tolist()))
    assert all(less <= more for less, more in itertools.pairwise(chosen))
    assert len(chosen[0]) == 0
    assert len(chosen[4]) > len(chosen[2])
    assert len(chosen[-1]) > len(chosen[4])
