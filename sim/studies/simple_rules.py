"""Simple rules that forecast a poverty rate from what is known at the origin: what the model has to beat.

A rule gives one figure. To compare it as a forecast it gets a normal spread about that figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.measures.normal import cumulative, quantile

LEAST, MOST = 0.05, 99.0  # percent: rates are kept within when they are turned into scores
GROWTH_THAT_REACHES = 0.7
MEMBERS = 101  # of the normal spread of a rule


@dataclass(frozen=True)
class History:
    """What is known of some places at the origin; rates in percent, an array a place.

    ``now`` at the origin; ``earlier`` and ``later`` the last two figures on one standard up to the origin, ``years`` apart, and
    ``national_earlier`` and ``national_later``, ``national_years`` apart, those of the country; ``lowest_share`` the poorest fifth's
    share of income; ``growth`` of mean real income, log points a year, over the last survey period. What nobody knew is not-a-number.
    """

    now: np.ndarray
    earlier: np.ndarray
    later: np.ndarray
    years: np.ndarray
    national_earlier: np.ndarray
    national_later: np.ndarray
    national_years: float
    lowest_share: np.ndarray
    growth: float


def no_change(known: History, ahead: float) -> np.ndarray:
    """The rate stays."""
    return known.now.copy()


def last_trend(known: History, ahead: float) -> np.ndarray:
    """The place's last change a year goes on, in points."""
    return np.clip(known.now + (known.later - known.earlier) / known.years * ahead, 0.0, 100.0)


def bounded_trend(known: History, ahead: float) -> np.ndarray:
    """The place's last change a year goes on, in log-odds."""
    change = (_log_odds(known.later) - _log_odds(known.earlier)) / known.years
    return 100.0 / (1.0 + np.exp(-(_log_odds(known.now) + change * ahead)))


def national_shift(known: History, ahead: float) -> np.ndarray:
    """The country's last change a year goes on everywhere, in normal scores."""
    change = (_score(known.national_later) - _score(known.national_earlier)) / known.national_years
    return 100.0 * cumulative(_score(known.now) + change * ahead)


def lognormal(known: History, ahead: float, share: float = 1.0) -> np.ndarray:
    """Lognormal incomes, as spread as the poorest fifth's share says, all grow as the country's mean did."""
    spread = quantile(0.2) - quantile(np.clip(known.lowest_share, 0.01, 0.19))
    return 100.0 * cumulative(_score(known.now) - share * known.growth * ahead / spread)


def growth_in_part(known: History, ahead: float) -> np.ndarray:
    """The same with 0.7 of growth, which is what reaches the poor."""
    return lognormal(known, ahead, GROWTH_THAT_REACHES)


RULES: Mapping[str, Callable[[History, float], np.ndarray]] = {
    "no_change": no_change,
    "last_trend": last_trend,
    "bounded_trend": bounded_trend,
    "growth_in_part": growth_in_part,
    "national_shift": national_shift,
    "lognormal_growth": lognormal,
}
REFERENCE = "uniform_factor"


def uniform_factor(now: np.ndarray, national_now: float, national_then: float) -> np.ndarray:
    """Every place falls by the factor by which the country fell: it uses the answer, so it is no forecast."""
    return now * national_then / national_now


def with_spread(points: np.ndarray, sd: np.ndarray) -> np.ndarray:
    """An ensemble about each figure, normal of standard deviation ``sd``, kept within 0 and 100: (places, members)."""
    middle = quantile((np.arange(MEMBERS) + 0.5) / MEMBERS)
    return np.clip(points[:, None] + sd[:, None] * middle, 0.0, 100.0)


def _score(rate: np.ndarray | float) -> np.ndarray:
    return quantile(np.clip(rate, LEAST, MOST) / 100.0)


def _log_odds(rate: np.ndarray) -> np.ndarray:
    share = np.clip(rate, LEAST, MOST) / 100.0
    return np.log(share / (1.0 - share))
