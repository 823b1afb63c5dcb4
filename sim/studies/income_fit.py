"""Fits the incomes of samples of households to what a survey told of the fifths of people: their level and their spread.

The means of fifths of 700 households are too unsure to be met one by one: what they say of level and spread is met, the shape between is
the population's own. Which line of income then stands for the poverty line is set by the survey's rate.
"""

from __future__ import annotations

import numpy as np

KNOTS = np.array([0.1, 0.3, 0.5, 0.7, 0.9])  # middle ranks of the fifths
ROUNDS = 12
LARGEST_STEP = 0.5  # log points in one round


def shifts_to_fifths(income: np.ndarray, rank: np.ndarray, people: np.ndarray, fifths: np.ndarray) -> np.ndarray:
    """Log points to add to the lasting income of each household so that the fifths of ``income`` have the level and spread of ``fifths``.

    ``income`` a head and year, ``rank`` of lasting income within the sample (0 to 1), ``people`` of each household: (samples,
    households); ``fifths`` (samples, 5). Level and spread are those of the line through the log means, by least squares.
    """
    slope = np.log(fifths) - np.log(fifths).mean(axis=1, keepdims=True)
    heights = np.zeros_like(fifths)
    for _ in range(ROUNDS):
        gap = np.log(fifths / fifth_means(income * np.exp(_between(rank, heights)), people))
        line = gap.mean(axis=1, keepdims=True) + slope * ((gap * slope).sum(axis=1) / (slope**2).sum(axis=1))[:, None]
        heights = heights + np.clip(line, -LARGEST_STEP, LARGEST_STEP)
    return _between(rank, heights)


def fifth_means(income: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Mean income of each fifth of people by income: (samples, 5) of (samples, households). Who straddles a border counts in part."""
    order = np.argsort(income, axis=1, kind="stable")
    sorted_income, weights = np.take_along_axis(income, order, axis=1), np.take_along_axis(people, order, axis=1).astype(np.float64)
    ends = np.cumsum(weights, axis=1)
    share, total = weights / ends[:, -1:], np.cumsum(weights * sorted_income, axis=1) / ends[:, -1:]
    ends = ends / ends[:, -1:]
    up_to = np.stack([_up_to(ends, share, total, sorted_income, cut) for cut in (0.2, 0.4, 0.6, 0.8)], axis=1)
    return np.diff(np.concatenate([np.zeros((len(total), 1)), up_to, total[:, -1:]], axis=1), axis=1) / 0.2


def quantile_of(income: np.ndarray, people: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Income below which ``share`` of people live, (samples,), linear between neighbouring households' middles."""
    order = np.argsort(income, axis=1, kind="stable")
    ordered, weights = np.take_along_axis(income, order, axis=1), np.take_along_axis(people, order, axis=1).astype(np.float64)
    middles = (np.cumsum(weights, axis=1) - 0.5 * weights) / weights.sum(axis=1, keepdims=True)
    return np.array([np.interp(share[at], middles[at], ordered[at]) for at in range(len(income))])


def share_below(income: np.ndarray, people: np.ndarray, line: float) -> float:
    """Share of people with an income up to ``line`` in one sample, by the same interpolation as ``quantile_of``."""
    order = np.argsort(income, kind="stable")
    weights = people[order].astype(np.float64)
    middles = (np.cumsum(weights) - 0.5 * weights) / weights.sum()
    return float(np.interp(line, income[order], middles, left=0.0, right=1.0))


def mean_of_poorest(income: np.ndarray, people: np.ndarray, share: float) -> float:
    """Mean income of the poorest ``share`` of people in one sample."""
    order = np.argsort(income, kind="stable")
    weights = people[order].astype(np.float64)
    counted = np.clip(share * weights.sum() - (np.cumsum(weights) - weights), 0.0, weights)
    return float((counted * income[order]).sum() / counted.sum())


def _between(rank: np.ndarray, heights: np.ndarray) -> np.ndarray:
    """Heights at the knots, linear between them and flat beyond: (samples, households)."""
    at = np.clip((rank - KNOTS[0]) / 0.2, 0.0, len(KNOTS) - 1.0)
    low = np.minimum(at.astype(np.int64), len(KNOTS) - 2)
    left, right = np.take_along_axis(heights, low, axis=1), np.take_along_axis(heights, low + 1, axis=1)
    return left + (at - low) * (right - left)


def _up_to(ends: np.ndarray, share: np.ndarray, total: np.ndarray, income: np.ndarray, cut: float) -> np.ndarray:
    """Income, over all people, of the poorest ``cut`` of people."""
    rows = np.arange(len(ends))
    at = np.minimum((ends < cut).sum(axis=1), ends.shape[1] - 1)
    before = ends[rows, at] - share[rows, at]
    return total[rows, at] - income[rows, at] * share[rows, at] + income[rows, at] * (cut - before)
