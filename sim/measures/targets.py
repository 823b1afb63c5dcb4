"""Whether a plan's targets are met: by replication, then as a probability with its error.

A target is about one measure (a rate in percent, a share in percent, or a count) of one group and place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

ROUNDING = 1e-9  # a target of 1.5 points is met by a fall of 1.4999999999999998
OUTSIDE = "outside"
NINETY = 1.6448536269514722  # standard deviations around the middle that hold 90 % of a normal distribution
LEAST_OVERLOOKED = 0.05  # where all or none of the runs meet a target: chance of that under the bound reported


@dataclass(frozen=True)
class Target:
    """What the plan promises.

    ``form``: ``level`` (the measure is at or below ``value``; at or above for measures where more is better), ``fall``
    (it falls by ``value`` from ``base_year``), ``fall_per_year`` (by ``value`` a year on average), ``cover`` (at least
    ``value`` percent), ``count`` (at least ``value`` in all years together), ``zero`` (none in any year), ``outside`` (the model
    cannot speak to it, for the reason given).

    ``says``: the plan's own words; ``note``: how the measure differs from them;
    each in vi and en. ``yardstick``: the plan itself does not state this target. ``rests_on``: how many assumptions its scenario
    had to make for it.
    """

    name: str
    measure: str
    form: str
    value: float
    unit: str
    base_year: int
    year: int
    place: str = "all"
    group: str = "all"
    more_is_better: bool = False
    says: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    outside: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""
    yardstick: bool = False
    rests_on: int = 0

    @property
    def is_judged(self) -> bool:
        """Whether the model can speak to it."""
        return self.form != OUTSIDE

    @property
    def years(self) -> int:
        """Years between the base and the year of the target, at least one."""
        return max(self.year - self.base_year, 1)


@dataclass(frozen=True)
class Outcome:
    """What every replication gives for one target; arrays of shape (replications,).

    ``achieved`` in the target's own terms (points fallen, percent covered, households), ``met``, and what is missing:
    ``missing`` in the unit of the measure, ``missing_households`` in whole households (or people).
    """

    achieved: np.ndarray
    met: np.ndarray
    missing: np.ndarray
    missing_households: np.ndarray


def judge(target: Target, values: np.ndarray, base: np.ndarray | None) -> Outcome:
    """Compare ``values`` of the measure, shape (replications, years from ``base_year`` to ``year``), with the target.

    ``base``, shape (replications,), is the number of households (or people) that a rate is a share of, in the year
    of the target; None for counts.
    """
    achieved = _achieved(target, values)
    at_most = target.form == "zero" or (target.form == "level" and not target.more_is_better)
    gap = achieved - target.value if at_most else target.value - achieved
    missing = np.maximum(gap, 0.0)
    met = gap <= ROUNDING
    per_period = target.years if target.form == "fall_per_year" else 1
    households = missing * per_period * (np.asarray(base) / 100.0 if base is not None else 1.0)
    return Outcome(achieved, met, missing, np.where(met, 0.0, np.ceil(households - ROUNDING)))


def _achieved(target: Target, values: np.ndarray) -> np.ndarray:
    """The measure in the target's own terms."""
    if target.form == "fall":
        return values[:, 0] - values[:, -1]
    if target.form == "fall_per_year":
        return (values[:, 0] - values[:, -1]) / target.years
    if target.form in ("count", "zero"):
        return values[:, 1:].sum(axis=1)
    if target.form in ("level", "cover"):
        return values[:, -1]
    raise ValueError(f"no such form of target: {target.form!r}")


def probability(met: np.ndarray) -> tuple[float, float]:
    """Share of replications that meet a target, and its Monte Carlo error.

    The error is the standard error sqrt(p (1 - p) / n). Where none or all meet it that would be zero, so it is the
    distance to the exact 95 % bound, 1 - 0.05^(1/n), about 3/n ("rule of three").
    """
    p = float(np.mean(met))
    return p, error_of(p, len(met))


def error_of(p: float, n: int) -> float:
    """The Monte Carlo error of a share ``p`` of ``n`` replications, as :func:`probability` gives it."""
    return 1.0 - LEAST_OVERLOOKED ** (1.0 / n) if p in (0.0, 1.0) else float(np.sqrt(p * (1.0 - p) / n))


def interval(p: float, n: int) -> tuple[float, float]:
    """The 90 % interval of a probability of which ``n`` replications gave the share ``p`` (Wilson 1927, also where ``p`` is 0 or 1)."""
    square = NINETY**2
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = NINETY / (1 + square / n) * float(np.sqrt(p * (1.0 - p) / n + square / (4 * n**2)))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def band(values: np.ndarray, low: float = 0.05, high: float = 0.95) -> tuple[float, float, float]:
    """Median and the quantiles ``low`` and ``high`` over replications; not-a-number runs are left out."""
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan"), float("nan")
    median, lowest, highest = np.quantile(known, (0.5, low, high))
    return float(median), float(lowest), float(highest)


def share_of_stock(target: Target, start: float) -> float:
    """Share of the starting stock that a target asks to remove, 0 to 1 and more; not-a-number where that has no sense.

    ``start`` is the measure in the base year. For a fall a year it is the share asked of the first year.
    """
    if start <= 0 or target.more_is_better:
        return float("nan")
    if target.form in ("fall", "fall_per_year"):
        return target.value / start
    return max(start - target.value, 0.0) / start if target.form == "level" else float("nan")
