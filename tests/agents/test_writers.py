"""Columns are moved by the writers that the codebook names, and by nobody else."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.codebook import HOUSEHOLD_COLUMNS, lever_columns
from sim.dynamics.households_come_and_go import found_households
from sim.kit.calendar import Quarter
from sim.policies import delivery
from tests.policies.small import communes, households, programme, run_year, state
from tests.policies.test_levers import DEALINGS, MONEY, MOVES
from tests.policies.test_levers import plan_of as plan_of_lever
from tests.verification import small

WRITERS = {column.name: set(column.writer.split(", ")) for column in (*HOUSEHOLD_COLUMNS, *lever_columns(1))}


def named(writer: str) -> set[str]:
    """The columns of a writer."""
    return {name for name, writers in WRITERS.items() if writer in writers}


@pytest.mark.parametrize("lever", MOVES)
def test_levers_move_what_delivery_writes(lever):
    assert set(delivery.MOVABLE) | DEALINGS <= named("delivery")
    h, c = households(), communes()
    before = state(h)
    run_year(programme(plan_of_lever(lever, 3_000, **MONEY.get(lever, {}))), h, c)
    moved = {name for name, array in before.items() if not np.array_equal(array, h[name])}
    assert moved <= named("delivery")


def test_couples_and_their_parents_change_what_dynamics_write():
    society = small.start(small.plan([small.place(households=800)])).society
    h = society.households
    before = h.copy()
    everybody = np.ones(len(h), dtype=bool)
    new = found_households(h, society.parameters, society.rates, 2025, Quarter(2025, 1).number, small.SEED, everybody)
    parents = np.flatnonzero(np.isin(before.origin, new.origin))
    moved = {name for name in before.columns if not np.array_equal(before[name], h[name], equal_nan=True)}
    moved |= {name for name in before.columns if not np.array_equal(before[name][..., parents], new[name], equal_nan=True)}
    assert len(new) > 5 and {"land", "branch", "ability"} <= moved <= named("dynamics")


def test_what_only_the_population_writes_stands_still():
    begun = small.start(small.plan([small.place(households=400)]))
    first = begun.society.households
    last = small.run_years(begun, "no_policy", 3).households
    was, now = np.flatnonzero(np.isin(first.origin, last.origin[last.branch == 0])), np.flatnonzero(last.branch == 0)
    assert np.array_equal(first.origin[was], last.origin[now])
    moved = {name for name in first.columns if not np.array_equal(first[name][..., was], last[name][..., now], equal_nan=True)}
    assert moved <= named("dynamics") | named("review")
    assert not moved & {"ability", "propensity", "outside_support", "urban", "minority", "merit", "village", "origin", "branch"}
