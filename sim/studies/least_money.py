"""The least money by which a chance is reached, or that none does: bisection of a factor on common random numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim.measures.targets import NINETY

FIRST_FACTORS = (4.0,)  # beside 0, 1 and the bound; where these decide, nothing more is asked
TOLERANCE = 0.01  # the least money is known to within 1 %
FLOOR = 1.0 / 256.0  # less than this of the plan's money is as good as none
MOST_AT_ONCE = 6
Chances = Mapping[str, tuple[float, float]]  # by target: probability and its error


@dataclass(frozen=True)
class Goal:
    """A target (or all of them) and the chance wanted of it."""

    target: str
    chance: float


@dataclass(frozen=True)
class Least:
    """The least factor on a mix's money: ``factor`` reaches the chance, ``below`` does not; infinite where no factor does.

    ``low`` and ``high`` are factors that Monte Carlo error leaves possible: 90 % confidence. A factor of 0 needs no money.
    """

    factor: float
    below: float
    low: float
    high: float


def search(
    goals: Sequence[Goal], known: dict[float, Chances], evaluate: Callable[[Sequence[float]], Mapping[float, Chances]], bound: float
) -> dict[Goal, Least]:
    """Least money for every goal; ``known`` holds the factors tried, 0 and 1 to begin with, and gets all that ``evaluate`` tries.

    Of a chance that wavers with the money the least factor found is taken.
    """
    known.update(evaluate([*FIRST_FACTORS, bound]))
    while True:
        wanted = _next(goals, known)
        if not wanted:
            return {goal: _least(goal, known) for goal in goals}
        known.update(evaluate(wanted))


def _next(goals: Sequence[Goal], known: Mapping[float, Chances]) -> list[float]:
    """Factors to try next: inside every bracket that is still too wide, more of them the fewer brackets there are."""
    open_brackets = {bracket for bracket in (_bracket(goal, known) for goal in goals) if not _is_narrow(*bracket)}
    if not open_brackets:
        return []
    inside = max(1, MOST_AT_ONCE // len(open_brackets))
    points = {point for low, high in sorted(open_brackets) for point in _between(low, high, inside)}
    return sorted(points)[: 2 * MOST_AT_ONCE]


def _bracket(goal: Goal, known: Mapping[float, Chances]) -> tuple[float, float]:
    """The least factor known to reach the goal (infinite if none does), and the greatest one below that."""
    reached = [factor for factor, chances in known.items() if chances[goal.target][0] >= goal.chance]
    high = min(reached, default=math.inf)
    return max((factor for factor in known if factor < high), default=0.0), high


def _is_narrow(low: float, high: float) -> bool:
    return math.isinf(high) or high <= FLOOR or (low > 0.0 and high <= low * (1.0 + TOLERANCE))


def _between(low: float, high: float, count: int) -> list[float]:
    """Factors that cut a bracket into equal steps, by ratio."""
    if low == 0.0:
        return [high / 4.0**step for step in range(1, count + 1)]
    ratio = (high / low) ** (1.0 / (count + 1))
    return [low * ratio**step for step in range(1, count + 1)]


def _least(goal: Goal, known: Mapping[float, Chances]) -> Least:
    below, factor = _bracket(goal, known)
    high = min((f for f, chances in known.items() if _at_least(chances[goal.target], -1) >= goal.chance), default=math.inf)
    low = min((f for f, chances in known.items() if _at_least(chances[goal.target], +1) >= goal.chance), default=math.inf)
    return Least(factor, below, min(low, factor), max(high, factor))


def _at_least(chance: tuple[float, float], side: int) -> float:
    """An end of the interval of a probability; where none or all runs meet it the error is the distance to a bound already."""
    probability, error = chance
    if probability in (0.0, 1.0):
        return min(max(probability + side * error, 0.0), 1.0)
    return probability + side * NINETY * error
