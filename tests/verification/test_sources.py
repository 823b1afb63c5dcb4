"""Sources of spread have keys of their own: equal seeds give the plain run, another seed moves its source only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.engine import Simulation
from sim.scenario.shape import NO_POLICY
from sim.start import parameters_of
from sim.studies.run import run
from sim.studies.sources import DELIVERY, LUCK, SOURCES, WORLD, Sourced, other_seed, seeds_of
from tests.verification.small import SEED

RUNS = 3


@pytest.fixture(scope="module")
def plan():
    from sim import load

    whole = load("scenarios/hoang_kim_2024.yaml")
    place = replace(whole.places[0], households=260, poor=26, near_poor=26)
    return replace(whole, places=(place,), follow_years=1)


def _begun(plan, **seeds):
    every = dict.fromkeys(SOURCES, SEED) | seeds
    return Sourced(Simulation, every), every


def _income(plan, engine, mix: str, year: int = 2025) -> np.ndarray:
    results = run(plan, [mix], seed=SEED, replications=RUNS, threads=1, engine=engine, beside_no_policy=False)
    return results.at(mix, "income_per_head_mean", year)


def test_equal_seeds_are_the_plain_run(plan) -> None:
    plain = run(plan, ["plan"], seed=SEED, replications=RUNS, threads=1)
    engine, _ = _begun(plan)
    sourced = run(plan, ["plan", NO_POLICY], seed=SEED, replications=RUNS, threads=1, engine=engine)
    for mix in ("plan", NO_POLICY):
        assert np.array_equal(plain.measures[mix].values, sourced.measures[mix].values, equal_nan=True)


@pytest.mark.parametrize("source", [WORLD, DELIVERY, LUCK])
def test_another_seed_of_a_source_leaves_the_start_and_moves_what_follows(plan, source: str) -> None:
    usual, _ = _begun(plan)
    other, _ = _begun(plan, **{source: other_seed(SEED)})
    assert np.array_equal(_income(plan, usual, "plan", 2023), _income(plan, other, "plan", 2023))
    assert not np.array_equal(_income(plan, usual, "plan"), _income(plan, other, "plan"))


def test_delivery_matters_only_where_there_is_money(plan) -> None:
    usual, _ = _begun(plan)
    other, _ = _begun(plan, **{DELIVERY: other_seed(SEED)})
    assert np.array_equal(_income(plan, usual, NO_POLICY), _income(plan, other, NO_POLICY))


def test_given_parameters_are_those_of_the_start(plan) -> None:
    drawn = parameters_of(plan, range(RUNS), 99)
    begun = Sourced(Simulation, dict.fromkeys(SOURCES, SEED), lambda scenario, rows: drawn).start(plan, range(RUNS), SEED)
    assert np.array_equal(begun.society.parameters, drawn)
    assert begun.society.world.parameters is begun.society.parameters


def test_sides_have_seeds() -> None:
    assert seeds_of((0, 1, 0, 0, 1), 5) == dict(zip(SOURCES, (5, other_seed(5), 5, 5, other_seed(5)), strict=True))
