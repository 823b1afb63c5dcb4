"""Least money where it is known in closed form."""

from __future__ import annotations

import math

import pytest

from sim.studies.least_money import FLOOR, Goal, search

GOALS = [Goal("t", chance) for chance in (0.5, 0.8, 0.9)]


def _search(chance_of, goals=GOALS, bound=1000.0, error=0.0):
    tried: list[float] = []

    def evaluate(factors):
        tried.extend(factors)
        return {factor: {"t": (chance_of(factor), error)} for factor in factors}

    known = dict(evaluate([0.0, 1.0]))
    return search(goals, known, evaluate, bound), tried


@pytest.mark.parametrize("scale", [0.02, 0.3, 1.0, 3.7, 40.0, 600.0])
def test_least_money_is_found_within_two_percent(scale: float) -> None:
    """P(f) = f / scale up to one: the least factor for p is p times the scale."""
    found, tried = _search(lambda factor: min(factor / scale, 1.0))
    for goal, least in found.items():
        assert least.below < goal.chance * scale <= least.factor * (1 + 1e-12)
        assert least.factor == pytest.approx(goal.chance * scale, rel=0.02)
    assert len(tried) < 60


def test_steps_of_single_households_are_found() -> None:
    """A target that is met in a replication once its n-th household is paid for; n is 5 to 14 over ten replications."""
    found, _ = _search(lambda factor: sum(int(factor * 10.0) >= n for n in range(5, 15)) / 10.0)
    assert [found[goal].factor for goal in GOALS] == pytest.approx([0.9, 1.2, 1.3], rel=0.02)


def test_no_amount_of_money_is_told_apart() -> None:
    found, tried = _search(lambda factor: min(factor, 0.7))
    assert found[GOALS[0]].factor == pytest.approx(0.5, rel=0.02)
    assert math.isinf(found[GOALS[1]].factor) and math.isinf(found[GOALS[2]].factor)
    nothing, tried = _search(lambda factor: 0.0)
    assert all(math.isinf(least.factor) for least in nothing.values())
    assert len(tried) == 4  # the first factors alone


def test_no_money_needed_is_told_apart() -> None:
    found, _ = _search(lambda factor: 0.95)
    assert {least.factor for least in found.values()} == {0.0}
    hardly, _ = _search(lambda factor: 0.95 if factor > 0 else 0.0)
    assert all(0 < least.factor <= FLOOR for least in hardly.values())


def test_monte_carlo_error_widens_the_answer() -> None:
    found, _ = _search(lambda factor: min(factor / 4.0, 1.0), [GOALS[1]], error=0.03)
    least = found[GOALS[1]]
    assert least.low < least.factor < least.high
    assert 2.9 <= least.low <= 3.2 <= least.high <= 4.0
