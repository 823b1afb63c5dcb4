"""Rules for failures, planted and found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.studies.discovery import ABOVE, BELOW, Condition, discover, round_number, thresholds

RUNS = 2000


def _drivers(seed: int = 1) -> dict[str, np.ndarray]:
    luck = np.random.default_rng(seed)
    return {"growth": luck.normal(5.5, 2.0, RUNS), "paid": luck.uniform(20.0, 100.0, RUNS), "shocks": luck.gamma(1.0, 3.0, RUNS)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_box_of_two_conditions_is_found(seed: int) -> None:
    drivers = _drivers(seed)
    fails = (drivers["paid"] < 60.0) & (drivers["growth"] < 4.0)
    rule = discover(drivers, fails)[0]
    found = {(one.driver, one.side): one.threshold for one in rule.conditions}
    assert set(found) == {("paid", BELOW), ("growth", BELOW)}
    assert found["paid", BELOW] == pytest.approx(60.0, abs=5.0) and found["growth", BELOW] == pytest.approx(4.0, abs=0.5)
    assert rule.share > 0.8 and rule.coverage > 0.8


def test_figures_are_those_of_the_other_half() -> None:
    """In the half that is learnt from all runs with low growth fail, in the other half of them only six in ten."""
    growth = np.random.default_rng(4).uniform(0.0, 10.0, RUNS)
    learn = np.arange(RUNS) < RUNS // 2
    fails = (growth < 3.0) & (learn | (np.arange(RUNS) % 10 < 6))
    (rule,) = discover({"growth": growth}, fails, learn)
    assert rule.share == pytest.approx(0.6, abs=0.1) and rule.base == pytest.approx(0.18, abs=0.04)
    assert rule.coverage == 1.0


def test_one_condition_is_enough_where_one_decides() -> None:
    drivers = _drivers()
    rules = discover(drivers, drivers["growth"] >= 7.0)
    assert [(one.driver, one.side) for one in rules[0].conditions] == [("growth", ABOVE)]


def test_two_ways_to_fail_give_two_rules() -> None:
    drivers = _drivers()
    rules = discover(drivers, (drivers["growth"] < 3.0) | (drivers["shocks"] >= 8.0))
    assert {one.driver for rule in rules for one in rule.conditions} == {"growth", "shocks"}


@pytest.mark.parametrize("seed", range(5))
def test_pure_luck_gives_no_rule_worth_telling(seed: int) -> None:
    fails = np.random.default_rng(100 + seed).random(RUNS) < 0.3
    assert all(rule.share < 0.5 for rule in discover(_drivers(seed), fails))


def test_nothing_is_sought_where_nearly_all_fail_or_none() -> None:
    drivers = _drivers()
    assert discover(drivers, np.zeros(RUNS, dtype=bool)) == discover(drivers, np.ones(RUNS, dtype=bool)) == ()


def test_what_is_only_yes_or_no_is_cut_in_the_middle() -> None:
    assert thresholds(np.array([0.0, 1.0, 1.0])) == [0.5]
    assert thresholds(np.zeros(5)) == []
    assert Condition("trap", ABOVE, 0.5).holds(np.array([0.0, 1.0])).tolist() == [False, True]


@given(st.floats(1e-6, 1e9))
def test_round_numbers_are_round_and_no_less(width: float) -> None:
    found = round_number(width)
    assert width * (1 - 1e-6) <= found <= 2.6 * width
    assert f"{found:.0e}"[0] in "125"
