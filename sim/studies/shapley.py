"""Shapley values and the Shapley interaction index of a game whose value is known by coalition, run by run.

Players are 0 to n - 1, a coalition is the sum of 2**player, a value an array of shape (runs,).
Shapley, L. S. (1953), A value for n-person games, Contributions to the Theory of Games 2, 307-317.
Grabisch, M. and Roubens, M. (1999), An axiomatic approach to the concept of interaction among players in cooperative games,
International Journal of Game Theory 28, 547-565.
Castro, J., Gómez, D. and Tejada, J. (2009), Polynomial calculation of the Shapley value based on sampling, Computers and
Operations Research 36, 1726-1730.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import factorial

import numpy as np

from sim.kit import draws

Values = Mapping[int, np.ndarray]
Order = tuple[int, ...]  # players in the order in which they join


def everyone(players: int) -> int:
    """The coalition of all."""
    return (1 << players) - 1


def shapley_values(values: Values, players: int) -> np.ndarray:
    """The mean over all orders of what each player adds when it joins; shape (players, runs), all coalitions must be known.

    Weights are whole numbers until the end: a player that never adds anything gets exactly nothing.
    """
    found = []
    for player in range(players):
        total = np.zeros_like(values[0])
        for coalition in _without(players, (player,)):
            size = coalition.bit_count()
            gain = values[coalition | 1 << player] - values[coalition]
            total = total + factorial(size) * factorial(players - size - 1) * gain
        found.append(total / factorial(players))
    return np.array(found)


def interactions(values: Values, players: int) -> dict[tuple[int, int], np.ndarray]:
    """By pair, how much more the two add together than each by itself: above zero they help each other, below they overlap."""
    found = {}
    for pair in combinations(range(players), 2):
        one, other = (1 << player for player in pair)
        total = np.zeros_like(values[0])
        for coalition in _without(players, pair):
            size = coalition.bit_count()
            gain = values[coalition | one | other] - values[coalition | one] - values[coalition | other] + values[coalition]
            total = total + factorial(size) * factorial(players - size - 2) * gain
        found[pair] = total / factorial(players - 1)
    return found


def sampled_orders(players: int, count: int, seed: int) -> tuple[Order, ...]:
    """``count`` random orders (an even number), each followed by its reverse, which takes out most of the chance of the draw."""
    found: list[Order] = []
    for number in range(count // 2):
        luck = [float(draws.uniform(seed, player, draws.WORLD_BRANCH, number, 0, 0)) for player in range(players)]
        order = tuple(sorted(range(players), key=lambda player: luck[player]))
        found += [order, order[::-1]]
    return tuple(found)


def coalitions_of(orders: Sequence[Order]) -> list[int]:
    """The coalitions that arise when players join in these orders, from none to all."""
    found = {0: None}
    for order in orders:
        coalition = 0
        for player in order:
            coalition |= 1 << player
            found[coalition] = None
    return list(found)


def gains_along(values: Values, orders: Sequence[Order]) -> np.ndarray:
    """What each player adds in each order, shape (orders, players, runs)."""
    found = np.zeros((len(orders), len(orders[0]), len(values[0])))
    for number, order in enumerate(orders):
        coalition = 0
        for player in order:
            found[number, player] = values[coalition | 1 << player] - values[coalition]
            coalition |= 1 << player
    return found


def error_of_orders(gains: np.ndarray) -> np.ndarray:
    """Standard error, by player, that sampling the orders leaves in the mean gain; not-a-number for fewer than two pairs.

    An order and its reverse count as one draw.
    """
    pairs = gains.mean(axis=2).reshape(-1, 2, gains.shape[1]).mean(axis=1)
    if len(pairs) < 2:
        return np.full(gains.shape[1], np.nan)
    return np.asarray(pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs)))


def _without(players: int, some: Sequence[int]) -> list[int]:
    """All coalitions of the others."""
    mask = sum(1 << player for player in some)
    return [coalition for coalition in range(1 << players) if not coalition & mask]
