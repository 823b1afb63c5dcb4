"""From yearly parameters to what a quarter needs: the one place that converts.

The unit of a parameter decides: ``probability a year`` becomes the hazard of a quarter, 1 - (1 - p)^(1/4);
``rate a year`` is divided by four. Persistence and spreads of yearly means become those of the quarterly process.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.kit import maths
from sim.law.parameters import Parameter

DERIVED = ("quarter_persistence", "persistent_noise", "passing_quarter_sd")


def quarterly_hazard(yearly):
    """Probability in a quarter that compounds to ``yearly`` over four."""
    yearly = np.clip(np.asarray(yearly, dtype=np.float64), 0.0, 1.0 - 1e-12)
    return 1.0 - maths.exp(0.25 * maths.log(1.0 - yearly))


def yearly_autocorrelation(rho):
    """Autocorrelation of successive yearly means of a quarterly AR(1) with coefficient ``rho``."""
    lagged = rho * (1 + rho * (2 + rho * (3 + rho * (4 + rho * (3 + rho * (2 + rho))))))
    return lagged / _spread_of_mean(rho)


def _spread_of_mean(rho):
    """Sixteen times the variance of the mean of four quarters of an AR(1) with spread one."""
    return 4 + rho * (6 + rho * (4 + rho * 2))


def quarterly_persistence(yearly):
    """The quarterly AR(1) coefficient whose yearly means have autocorrelation ``yearly``, by bisection."""
    yearly = np.asarray(yearly, dtype=np.float64)
    low, high = np.zeros_like(yearly), np.ones_like(yearly)
    for _ in range(50):
        middle = 0.5 * (low + high)
        below = yearly_autocorrelation(middle) < yearly
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return 0.5 * (low + high)


def persistent_quarter_sd(yearly_sd, rho):
    """Spread of the quarterly process whose yearly mean has spread ``yearly_sd``."""
    return yearly_sd * 4.0 / np.sqrt(_spread_of_mean(rho))


def passing_quarter_sd(yearly_sd):
    """Log spread of independent mean-one quarterly factors whose yearly mean has log spread ``yearly_sd``."""
    yearly_sd = np.asarray(yearly_sd, dtype=np.float64)
    variance = maths.exp(yearly_sd * yearly_sd) - 1.0
    return np.sqrt(maths.log(1.0 + 4.0 * variance))


def rates(parameters: Mapping[str, Parameter], drawn: np.ndarray, price_level: float = 1.0) -> np.ndarray:
    """Quarterly numbers for the kernel: a float32 record for each replication.

    ``price_level`` is that of the start over the prices of 2023, in which the YAML files give amounts "at prices of the
    start". ``drawn`` is the structured array of parameters by replication; the result has its fields, converted, and those
    of ``DERIVED``.
    """
    assert drawn.dtype.names is not None
    result = np.zeros(len(drawn), dtype=[(name, np.float32) for name in (*drawn.dtype.names, *DERIVED)])
    for name in drawn.dtype.names:
        values = drawn[name].astype(np.float64)
        unit = parameters[name].unit
        if unit.startswith("probability a year"):
            values = quarterly_hazard(values)
        elif unit.startswith("rate a year"):
            values = values / 4.0
        elif "prices of the start" in unit:
            values = values * price_level
        result[name] = values
    rho = quarterly_persistence(drawn["income_persistence"])
    spread = persistent_quarter_sd(drawn["persistent_sd"].astype(np.float64), rho)
    result["quarter_persistence"] = rho
    result["persistent_noise"] = spread * np.sqrt(1.0 - rho * rho)
    result["persistent_sd"] = spread
    result["passing_quarter_sd"] = passing_quarter_sd(drawn["passing_yearly_sd"])
    return result
