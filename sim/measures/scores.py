"""Scores of probabilistic forecasts: how far, how sharp and how honest, from plain arrays.

A forecast is an ensemble: equally likely values along the last axis. Sources: CRPS as in Gneiting and Raftery, Strictly proper scoring
rules, JASA 102 (2007); Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950).
"""

from __future__ import annotations

import numpy as np


def rmse(forecast: np.ndarray, observed: np.ndarray) -> float:
    """Root mean squared error, in the unit of the figures."""
    return float(np.sqrt(np.mean((np.asarray(forecast) - observed) ** 2)))


def mae(forecast: np.ndarray, observed: np.ndarray) -> float:
    """Mean absolute error, in the unit of the figures."""
    return float(np.mean(np.abs(np.asarray(forecast) - observed)))


def crps(ensemble: np.ndarray, observed: np.ndarray) -> np.ndarray:
    """Continuous ranked probability score of each forecast: mean distance to what came, less half the mean distance of two members.

    ``ensemble`` (..., members), ``observed`` (...); the lower the better, in the unit of the figures. Of one member it is the distance.
    """
    ordered = np.sort(np.asarray(ensemble, dtype=np.float64), axis=-1)
    members = ordered.shape[-1]
    distance = np.abs(ordered - np.asarray(observed)[..., None]).mean(axis=-1)
    weights = 2.0 * np.arange(1, members + 1) - members - 1.0
    return distance - (ordered * weights).sum(axis=-1) / members**2


def is_covered(ensemble: np.ndarray, observed: np.ndarray, level: float) -> np.ndarray:
    """Whether what came lies within the central band that should hold it with chance ``level``: bool (...)."""
    low, high = np.quantile(ensemble, ((1.0 - level) / 2.0, (1.0 + level) / 2.0), axis=-1)
    return (np.asarray(observed) >= low) & (np.asarray(observed) <= high)


def brier(chance: np.ndarray, happened: np.ndarray) -> float:
    """Mean squared distance between the chance that was given and what came (1 or 0)."""
    return float(np.mean((np.asarray(chance) - np.asarray(happened, dtype=np.float64)) ** 2))


def base_brier(happened: np.ndarray) -> float:
    """Brier score of always giving the share of cases in which it came: what a chance has to beat."""
    share = float(np.mean(happened))
    return share * (1.0 - share)


def clustered_mean(values: np.ndarray, clusters: np.ndarray, t_quantile: float) -> tuple[float, float, float]:
    """Mean, and its interval when values of one cluster may move together: mean, low, high.

    The error is that of the sum of each cluster's deviations, with the usual correction for few clusters; ``t_quantile`` multiplies it.
    With one cluster nothing is known of the error: the interval is without end.
    """
    values = np.asarray(values, dtype=np.float64)
    names = np.unique(clusters)
    mean = float(values.mean())
    if len(names) < 2:
        return mean, -np.inf, np.inf
    sums = np.array([(values[clusters == name] - mean).sum() for name in names])
    error = float(np.sqrt((sums**2).sum() * len(names) / (len(names) - 1)) / len(values))
    return mean, mean - t_quantile * error, mean + t_quantile * error
