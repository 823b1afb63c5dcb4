"""Scenario discovery: plain rules that say in which runs a plan fails, such as "less than 60 % paid out and growth below 4 %".

A rule is a box of one or two conditions on recorded drivers, chosen by weighted relative accuracy (how many more failures
a box holds than its size alone would bring) among thresholds that a person would write. It is found on one half of the runs and
its figures are those of the other half, so that no rule looks better for having been searched for.

Friedman and Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9; Bryant and Lempert (2010), Thinking
inside the box, Technological Forecasting and Social Change 77; Lavrac, Flach and Zupan (1999) for the measure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

BELOW, ABOVE = "below", "above"
STEPS = 16  # thresholds of a driver, about
MOST_RULES = 3
LEAST_FAILURES = 20  # of one half, below which nothing is sought
WORTH_A_CONDITION = 1.1  # how much better a box with one more condition must be
LEAST_LIFT = 1.25  # how many times as often a box must fail as runs do at large
LEAST_COVERAGE = 0.05


@dataclass(frozen=True)
class Condition:
    """``driver`` below or above (at least) a threshold."""

    driver: str
    side: str
    threshold: float

    def holds(self, values: np.ndarray) -> np.ndarray:
        """In which runs it holds."""
        return values < self.threshold if self.side == BELOW else values >= self.threshold


@dataclass(frozen=True)
class Rule:
    """``share`` of the runs in the box fail, against ``base`` of all; the box holds ``coverage`` of all failures and ``runs`` runs."""

    conditions: tuple[Condition, ...]
    share: float
    base: float
    coverage: float
    runs: int


def discover(drivers: Mapping[str, np.ndarray], fails: np.ndarray, learn: np.ndarray | None = None) -> tuple[Rule, ...]:
    """Rules for the runs that fail, the one that says most first; none where too few or nearly all fail, or nothing tells them apart.

    ``learn`` marks the half of the runs that rules are found on, every other one unless given: runs that share their luck must lie in
    the same half.
    """
    fails = np.asarray(fails, dtype=bool)
    learn = np.arange(len(fails)) % 2 == 0 if learn is None else learn
    if min(fails[learn].sum(), (~fails[learn]).sum()) < LEAST_FAILURES:
        return ()
    conditions = _conditions(drivers)
    held = np.array([one.holds(drivers[one.driver]) for one in conditions], dtype=bool).reshape(len(conditions), len(fails))
    open_, rules = np.ones(len(fails), dtype=bool), list[Rule]()
    while len(rules) < MOST_RULES and len(conditions):
        some = open_ & learn
        box = _best(held[:, some], fails[some], [one.driver for one in conditions])
        if not box:
            break
        inside = np.logical_and.reduce(held[list(box)])
        rule = _judged(tuple(conditions[at] for at in box), inside[~learn], fails[~learn], open_[~learn])
        if rule is None:
            break
        rules.append(rule)
        open_ &= ~inside
    return tuple(rules)


def _conditions(drivers: Mapping[str, np.ndarray]) -> list[Condition]:
    """All conditions that may be part of a rule: thresholds in round numbers within the middle 90 % of a driver."""
    found = []
    for name, values in drivers.items():
        for threshold in thresholds(np.asarray(values, dtype=np.float64)):
            found += [Condition(name, BELOW, threshold), Condition(name, ABOVE, threshold)]
    return found


def thresholds(values: np.ndarray) -> list[float]:
    """Round numbers between the 5 and 95 percent points; what is only 0 or 1 is cut in the middle."""
    if set(np.unique(values)) <= {0.0, 1.0}:
        return [0.5] if len(np.unique(values)) == 2 else []
    low, high = np.quantile(values, (0.05, 0.95))
    if not high > low:
        return []
    step = round_number((high - low) / STEPS)
    first = math.floor(low / step) + 1
    return [round(k * step, 10) for k in range(first, math.ceil(high / step))]


def round_number(width: float) -> float:
    """The least of 1, 2, 5, 10... times a power of ten that is no less than ``width``."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(round(part * power, 12) for part in (1.0, 2.0, 5.0, 10.0) if part * power >= width * (1 - 1e-9))


def _best(held: np.ndarray, fails: np.ndarray, drivers: list[str]) -> tuple[int, ...]:
    """The box of one or two conditions with the greatest weighted relative accuracy; none where no box has any."""
    base = float(fails.mean()) if len(fails) else 0.0
    if not 0.0 < base < 1.0:
        return ()
    plain, weight = held.astype(np.float64), fails - base
    single = _excess(plain @ weight, plain.sum(axis=1), base)
    pairs = _excess((plain * weight) @ plain.T, plain @ plain.T, base)
    pairs[np.equal.outer(np.array(drivers), np.array(drivers))] = -np.inf
    one, (first, second) = int(np.argmax(single)), np.unravel_index(int(np.argmax(pairs)), pairs.shape)
    if pairs[first, second] > max(WORTH_A_CONDITION * single[one], 0.0):
        return tuple(sorted((int(first), int(second))))
    return (one,) if single[one] > 0.0 else ()


def _excess(excess: np.ndarray, runs: np.ndarray, base: float) -> np.ndarray:
    """Failures in a box beyond what its size alone would bring, where these fail often enough to be worth telling."""
    return np.where(excess >= (LEAST_LIFT - 1.0) * base * runs - 1e-9, excess, 0.0)


def _judged(conditions: tuple[Condition, ...], inside: np.ndarray, fails: np.ndarray, open_: np.ndarray) -> Rule | None:
    """The rule with its figures on runs that it was not found on; None where it does not hold there."""
    box = inside & open_
    if not box.any() or not fails.any():
        return None
    share, coverage, base = float(fails[box].mean()), float(fails[box].sum() / fails.sum()), float(fails.mean())
    if share < LEAST_LIFT * float(fails[open_].mean()) or coverage < LEAST_COVERAGE:
        return None
    return Rule(conditions, share, base, coverage, int(box.sum()))
