"""Shapley values and interactions, where they are known or must hold for every game."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.studies import shapley


def _game(players: int, seed: int, runs: int = 3) -> dict[int, np.ndarray]:
    luck = np.random.default_rng(seed)
    return {coalition: luck.integers(-50, 50, runs).astype(float) for coalition in range(1 << players)}


def _by_definition(values, players: int) -> np.ndarray:
    """The mean over all orders, one by one."""
    orders = list(permutations(range(players)))
    return shapley.gains_along(values, orders).mean(axis=0)


@given(players=st.integers(1, 5), seed=st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_they_are_the_mean_over_all_orders_and_add_up(players: int, seed: int) -> None:
    values = _game(players, seed)
    found = shapley.shapley_values(values, players)
    assert found == pytest.approx(_by_definition(values, players))
    assert found.sum(axis=0) == pytest.approx(values[shapley.everyone(players)] - values[0])


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_a_player_without_effect_gets_exactly_nothing_and_twins_the_same(seed: int) -> None:
    three = _game(3, seed)
    values = {mask: three[mask & 3 | (4 if mask & 0b1100 else 0)] for mask in range(32)}  # 2 and 3 are twins, 4 does nothing
    found = shapley.shapley_values(values, 5)
    assert (found[4] == 0.0).all()
    assert (found[2] == found[3]).all()
    assert all((gain == 0.0).all() for pair, gain in shapley.interactions(values, 5).items() if 4 in pair)


def test_the_game_of_gloves() -> None:
    """Two left gloves and one right: the right one is worth two thirds of a pair."""
    pairs = {mask: np.array([float(min((mask & 3).bit_count(), mask >> 2))]) for mask in range(8)}
    assert shapley.shapley_values(pairs, 3).ravel() == pytest.approx([1 / 6, 1 / 6, 2 / 3])
    found = shapley.interactions(pairs, 3)
    assert found[0, 2] == pytest.approx(0.5) and found[0, 1] == pytest.approx(-0.5)


def test_an_additive_game_has_no_interactions() -> None:
    weights = (3.0, -1.0, 7.0, 2.0)
    values = {mask: np.array([sum(w for player, w in enumerate(weights) if mask >> player & 1)]) for mask in range(16)}
    assert shapley.shapley_values(values, 4).ravel() == pytest.approx(weights)
    assert all(abs(gain[0]) < 1e-12 for gain in shapley.interactions(values, 4).values())


def test_sampled_orders_add_up_and_their_error_covers_the_truth() -> None:
    players, runs = 8, 2
    values = _game(players, 11, runs)
    truth = shapley.shapley_values(values, players).mean(axis=1)
    within = []
    for seed in range(30):
        orders = shapley.sampled_orders(players, 40, seed)
        gains = shapley.gains_along(values, orders)
        assert gains.mean(axis=0).sum(axis=0) == pytest.approx(values[shapley.everyone(players)] - values[0])
        within.append(abs(gains.mean(axis=(0, 2)) - truth) <= 1.73 * shapley.error_of_orders(gains))
    assert 0.82 <= np.mean(within) <= 0.97


def test_orders_come_with_their_reverse_and_are_the_same_each_time() -> None:
    orders = shapley.sampled_orders(9, 8, 5)
    assert orders == shapley.sampled_orders(9, 8, 5) != shapley.sampled_orders(9, 8, 6)
    assert all(orders[at + 1] == orders[at][::-1] for at in range(0, 8, 2))
    assert all(sorted(order) == list(range(9)) for order in orders)
    assert {0, shapley.everyone(9)} <= set(shapley.coalitions_of(orders))


def test_one_pair_of_orders_tells_no_error() -> None:
    values = _game(4, 1)
    assert np.isnan(shapley.error_of_orders(shapley.gains_along(values, shapley.sampled_orders(4, 2, 1)))).all()
