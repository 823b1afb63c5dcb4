"""A lever in one commune moves nobody elsewhere, and nobody unserved but through what couples neighbours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.scenario.shape import Structure
from tests.verification import small

PLACES = [small.place(name, 300, 60, 80, insurance_cover=0.5) for name in ("A", "B", "C")]


def moved_by_plan(levers: tuple[str, ...], couplings: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """With money in commune B alone, by household at the end of three years: its commune, who was served, who lives another life."""
    scenario = small.plan_of_levers(levers, places=PLACES, millions=3000.0, place_name="B", follow_years=2)
    scenario = replace(scenario, structure=Structure(couplings=couplings))
    begun = small.start(scenario)
    plan, none = (small.run_years(begun, mix).households for mix in ("plan", "no_policy"))
    # Families differ by chance alone, never by plan, so both lives have the same households.
    assert (small.identity(plan) == small.identity(none)).all()
    differ = np.zeros(len(plan), dtype=bool)
    for name in small.STATE:
        different = plan[name] != none[name]
        differ |= different.any(axis=0) if different.ndim > 1 else different
    origins_served = plan.origin[(plan.received > 0).any(axis=0)]
    return plan.cell, np.isin(plan.origin, origins_served), differ


@pytest.mark.parametrize("lever", small.LEVERS)
@pytest.mark.parametrize("couplings", [True, False])
def test_nobody_in_another_commune_moves(lever: str, couplings: bool) -> None:
    """Jobs, markets, learning and loan groups are the commune's own: with couplings or without, A and C live bit for bit the same."""
    cell, served, differ = moved_by_plan((lever,), couplings)
    assert served[cell == 1].sum() >= 5
    assert not served[cell != 1].any()
    assert differ[served].any()
    assert not differ[cell != 1].any()


def test_neighbours_move_only_through_couplings() -> None:
    """In the commune with the money, households that got nothing feel it through jobs and markets, and not where these are off."""
    levers = ("livelihood_models", "vocational_training", "preferential_credit")
    cell, served, differ = moved_by_plan(levers, couplings=True)
    assert differ[(cell == 1) & ~served].any()
    cell, served, differ = moved_by_plan(levers, couplings=False)
    assert not differ[(cell == 1) & ~served].any()
