"""Two mixes compared run by run: the same luck under both, so that luck cancels in the difference."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

NAN = float("nan")
LEVEL = 0.90  # of both intervals: the runs that lie within, and the confidence in the mean
FEWEST = 2  # runs from which a spread can be told


@dataclass(frozen=True)
class Paired:
    """The difference of a measure between two mixes over replications, in the measure's unit.

    ``median``, ``low`` and ``high`` hold the middle 90 % of the runs: what one history may bring. ``mean`` has the standard
    error ``error`` and the 90 % confidence interval ``mean_low`` to ``mean_high`` (Student): what more runs would narrow.
    ``better`` and ``same`` are shares of runs. ``variance_ratio`` is the variance of the difference over what it would be had
    both mixes met luck of their own: 0.1 says that pairing is worth ten times the runs.
    """

    runs: int
    median: float
    low: float
    high: float
    mean: float
    error: float
    mean_low: float
    mean_high: float
    better: float
    same: float
    variance_ratio: float

    @property
    def is_seen(self) -> bool:
        """Whether the confidence interval of the mean leaves zero out."""
        return self.mean_low > 0.0 or self.mean_high < 0.0


def pair(values: np.ndarray, against: np.ndarray, more_is_better: bool) -> Paired:
    """Compare two arrays of shape (replications,); runs in which either is not defined are left out."""
    values, against = np.asarray(values, dtype=np.float64), np.asarray(against, dtype=np.float64)
    known = ~(np.isnan(values) | np.isnan(against))
    values, against = values[known], against[known]
    gap = values - against
    runs = len(gap)
    if not runs:
        return Paired(0, *[NAN] * 10)
    median, low, high = (float(q) for q in np.quantile(gap, (0.5, (1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0)))
    mean = float(np.mean(gap))
    error = float(np.std(gap, ddof=1)) / math.sqrt(runs) if runs >= FEWEST else NAN
    reach = student(runs - 1) * error if runs >= FEWEST else NAN
    good = gap > 0 if more_is_better else gap < 0
    independent = float(np.var(values) + np.var(against))
    ratio = float(np.var(gap)) / independent if independent > 0 else NAN
    better, same = float(np.mean(good)), float(np.mean(gap == 0))
    return Paired(runs, median, low, high, mean, error, mean - reach, mean + reach, better, same, ratio)


@dataclass(frozen=True)
class Ratio:
    """Money over households gained, both as means of paired differences; not-a-number where that has no sense.

    ``gain`` is a :class:`Paired`; the ratio is defined only where its confidence interval lies above zero. ``low`` and ``high``
    are Fieller's 90 % interval, which knows that money and gain go together.
    """

    value: float
    low: float
    high: float
    gain: Paired

    @property
    def is_defined(self) -> bool:
        """Whether a household gained has a cost."""
        return not math.isnan(self.value)


def ratio_of_means(cost: np.ndarray, gain: np.ndarray) -> Ratio:
    """What one unit of ``gain`` costs: arrays of paired differences, shape (replications,).

    The mean of ratios would be ruled by runs in which nearly nothing was gained.
    Fieller, E. C. (1954), Some problems in interval estimation, Journal of the Royal Statistical Society B 16, 175-185.
    """
    cost, gain = np.asarray(cost, dtype=np.float64), np.asarray(gain, dtype=np.float64)
    seen = pair(gain, np.zeros(len(gain)), more_is_better=True)
    if seen.runs < FEWEST or not seen.mean_low > 0.0:
        return Ratio(NAN, NAN, NAN, seen)
    spread = student(len(gain) - 1) ** 2 * np.cov(cost, gain, ddof=1) / len(gain)
    c, g = float(np.mean(cost)), float(np.mean(gain))
    square, half, rest = g * g - spread[1, 1], c * g - spread[0, 1], c * c - spread[0, 0]
    root = math.sqrt(max(half * half - square * rest, 0.0))
    return Ratio(c / g, (half - root) / square, (half + root) / square, seen)


def student(freedom: int, level: float = LEVEL) -> float:
    """Quantile of Student's t by which a two-sided interval of this level reaches out.

    Cornish and Fisher's expansion about the normal quantile, right to three digits from three degrees of freedom on; exact
    for one and two. Abramowitz and Stegun (1964), 26.7.5.
    """
    p = (1.0 + level) / 2.0
    if freedom == 1:
        return math.tan(math.pi * (p - 0.5))
    if freedom == 2:
        return (2.0 * p - 1.0) / math.sqrt(2.0 * p * (1.0 - p))
    z = NormalDist().inv_cdf(p)
    terms = (
        (z**3 + z) / 4.0,
        (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / 96.0,
        (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / 384.0,
        (79.0 * z**9 + 776.0 * z**7 + 1482.0 * z**5 - 1920.0 * z**3 - 945.0 * z) / 92160.0,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
