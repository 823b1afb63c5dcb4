"""The search for the best division of money: curves of each member alone, then CMA-ES, or NSGA-II for several aims (optuna).

Hansen, N. (2016), The CMA evolution strategy: a tutorial, arXiv:1604.00772. Deb, K. et al. (2002), A fast and elitist
multiobjective genetic algorithm: NSGA-II, IEEE Transactions on Evolutionary Computation 6, 182-197.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from sim.studies.shares import (
    LEVERS,
    Block,
    Point,
    alone,
    equal_of,
    first_guess,
    from_coordinates,
    replaced,
    to_coordinates,
    today_of,
    with_share,
)

LEVELS = (0.05, 0.15, 0.4, 1.0)  # shares at which each member is tried alone
PHASES = ((0.5, 0.15), (0.5, 0.06))  # share of what is left to try, and how far CMA-ES looks at first
REACH = 3.0  # of those widths to either side: CMA-ES takes a sixth of a range for its first step
AT_ONCE = 8
POPULATION = 16  # of NSGA-II
LEAST_PROBED = 0.1  # share at which a member without money is tried once the best is known
CURVE, START, SEARCH, PROBE = "curve", "start", "search", "probe"  # why a point was tried


class Objective(Protocol):
    """What is to be made great: ``evaluate`` gives an array (points, aims, runs), more is better, the same runs each time."""

    @property
    def blocks(self) -> Sequence[Block]: ...

    def evaluate(self, points: Sequence[Point]) -> np.ndarray: ...


@dataclass(frozen=True, eq=False)
class Tried:
    """A point and what it gave: ``values`` of shape (aims, runs). A point that is tried twice is two of these."""

    point: Point
    why: str
    values: np.ndarray

    @property
    def scores(self) -> tuple[float, ...]:
        """Means by aim."""
        return tuple(float(value) for value in self.values.mean(axis=1))


def fewest(blocks: Sequence[Block]) -> int:
    """Points that the curves and starts take, before a search begins."""
    return sum(1 + len(LEVELS) * len(block.members) for block in blocks if block.over == LEVERS) + 3


def usual(blocks: Sequence[Block]) -> int:
    """As many points as such a space needs."""
    return fewest(blocks) + 40 + 10 * sum(len(block.members) for block in blocks)


def search(objective: Objective, evaluations: int, seed: int, tell: Callable[[Tried], None]) -> None:
    """Try about ``evaluations`` points; every one is told as soon as it is known, so that an interruption loses none.

    The same objective, number and seed try the same points.
    """
    blocks = objective.blocks
    known: list[Tried] = []

    def keep(some: Sequence[Point], why: str) -> list[Tried]:
        found = []
        for first in range(0, len(some), AT_ONCE):
            chunk = some[first : first + AT_ONCE]
            found += [Tried(point, why, values) for point, values in zip(chunk, objective.evaluate(chunk), strict=True)]
            for one in found[first:]:
                tell(one)
        known.extend(found)
        return found

    guesses = _guesses(blocks, keep)
    keep(list(dict.fromkeys([*guesses, equal_of(blocks)])), START)
    left = max(evaluations - len(known), AT_ONCE)
    if len(known[0].scores) > 1:
        _fronts(blocks, keep, known, (left, seed))
    else:
        _climb(blocks, keep, known, (left, seed))


def probes(best: Point, blocks: Sequence[Block]) -> list[Point]:
    """Points that tell how flat the top is: each member without money, with today's share and with twice its share, the others in
    proportion."""
    found = []
    for number, block in enumerate(blocks):
        for member, today in enumerate(block.today):
            twice = min(max(2.0 * best[number][member], LEAST_PROBED), 1.0)
            found += [replaced(best, number, with_share(best[number], member, share)) for share in (0.0, min(today, 1.0), twice)]
    return [point for point in dict.fromkeys(found) if point != best]


def _guesses(blocks: Sequence[Block], keep: Callable[[Sequence[Point], str], list[Tried]]) -> list[Point]:
    """Where to begin: for each aim the division that would be best if members added up."""
    today = today_of(blocks)
    gains: dict[int, np.ndarray] = {}
    for number, block in enumerate(blocks):
        if block.over != LEVERS:
            continue
        size = len(block.members)
        tried = [replaced(today, number, (0.0,) * size)]
        tried += [replaced(today, number, alone(size, member, level)) for member in range(size) for level in LEVELS]
        scores = np.array([one.scores for one in keep(tried, CURVE)])
        gains[number] = (scores[1:] - scores[0]).reshape(size, len(LEVELS), -1)
    aims = next(iter(gains.values())).shape[2] if gains else 1
    found = []
    for aim in range(aims):
        guess = list(equal_of(blocks))
        for number, gain in gains.items():
            guess[number] = first_guess(gain[:, :, aim], LEVELS)
        found.append(tuple(guess))
    return found


def _climb(blocks: Sequence[Block], keep: Any, known: list[Tried], budget: tuple[int, int]) -> None:
    """CMA-ES from the best known point, twice, the second time closer by."""
    import optuna

    left, seed = budget
    for phase, (share, width) in enumerate(PHASES):
        best = max((one for one in known if one.why != CURVE), key=lambda one: one.scores)
        start = to_coordinates(best.point)
        sampler = optuna.samplers.CmaEsSampler(seed=_seed(seed, phase), popsize=AT_ONCE, warn_independent_sampling=False)
        space = _space(blocks, [(value - REACH * width, value + REACH * width) for value in start])
        _ask_and_tell(_study(sampler, [best], space), blocks, keep, (round(left * share), AT_ONCE, space))


def _fronts(blocks: Sequence[Block], keep: Any, known: list[Tried], budget: tuple[int, int]) -> None:
    """NSGA-II from all starts."""
    import optuna

    left, seed = budget
    sampler = optuna.samplers.NSGAIISampler(population_size=POPULATION, seed=_seed(seed, 0))
    space = _space(blocks, [(0.0, 1.0)] * sum(len(block.members) for block in blocks))
    study = _study(sampler, [one for one in known if one.why == START], space)
    _ask_and_tell(study, blocks, keep, (left, POPULATION, space))


def _ask_and_tell(study: Any, blocks: Sequence[Block], keep: Any, about: tuple[int, int, dict[str, Any]]) -> None:
    """Try so many points of a space that the optimiser asks for, some at a time, and tell it the scores."""
    left, at_once, space = about
    while left > 0:
        trials = [study.ask(space) for _ in range(min(at_once, left))]
        points = [from_coordinates([trial.params[name] for name in space], blocks) for trial in trials]
        for trial, one in zip(trials, keep(points, SEARCH), strict=True):
            study.tell(trial, list(one.scores))
        left -= len(trials)


def _study(sampler: Any, begin: Sequence[Tried], space: dict[str, Any]) -> Any:
    """An optimiser that knows the points it begins with."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(directions=["maximize"] * len(begin[0].scores), sampler=sampler)
    for one in begin:
        coordinates = dict(zip(space, to_coordinates(one.point), strict=True))
        study.add_trial(optuna.trial.create_trial(params=coordinates, distributions=space, values=list(one.scores)))
    return study


def _space(blocks: Sequence[Block], ranges: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """The coordinates by name; CMA-ES begins in the middle of the ranges."""
    import optuna

    names = [f"{number}:{member}" for number, block in enumerate(blocks) for member in block.members]
    return {name: optuna.distributions.FloatDistribution(*ends) for name, ends in zip(names, ranges, strict=True)}


def _seed(seed: int, phase: int) -> int:
    """A seed within what optuna takes."""
    return (seed + 7919 * phase) % (2**32 - 1)
