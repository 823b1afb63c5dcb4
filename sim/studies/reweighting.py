"""An ensemble weighted anew by what was observed, and a shift of its mean divided among what moved with the weights.

Importance weights under an over-dispersed likelihood: a multivariate Student t about each run's counts, as wide as what the model
gets wrong of a list, which is in part the same everywhere. The luck of a run is weighed with it, as part of what it went through.

Kennedy and O'Hagan (2001), Bayesian calibration of computer models, Journal of the Royal Statistical Society B 63, for the term of
what the model gets wrong; Kong, Liu and Wong (1994), Journal of the American Statistical Association 89, for the effective sample size.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from sim.kit.reading import read

STRENGTHS = (0.0, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0)  # variance that a cause may explain over what it does not
SWEEPS = 2
RESIDUE = "luck"  # what moved with nothing that was recorded


@cache
def terms() -> Mapping[str, float]:
    """The numbers of the likelihood by name (update.yaml)."""
    data = read(Path(__file__).with_name("update.yaml")).data
    return {name: float(entry["value"]) for name, entry in data.items()}


def log_likelihood(simulated: np.ndarray, observed: np.ndarray) -> np.ndarray:
    """By run: ``simulated`` (runs, counts) households, ``observed`` (counts,). Up to a constant."""
    if not len(observed):
        return np.zeros(len(simulated))
    numbers = terms()
    level = np.maximum(observed, np.median(simulated, axis=0)) + 1.0
    wrong = numbers["discrepancy"] * level
    spread = numbers["shared"] * np.outer(wrong, wrong)
    np.fill_diagonal(spread, wrong**2)
    spread += np.eye(len(observed)) * numbers["clerical"] ** 2
    gap = simulated - observed
    distance = np.einsum("ri,ri->r", gap, np.linalg.solve(spread, gap.T).T)
    freedom = numbers["freedom"]
    return -0.5 * (freedom + len(observed)) * np.log1p(distance / freedom)


def weights_of(log_likelihood: np.ndarray) -> np.ndarray:
    """Weights that sum to one."""
    weights = np.exp(log_likelihood - log_likelihood.max())
    return weights / weights.sum()


def effective(weights: np.ndarray) -> float:
    """How many equally weighted runs would say as much."""
    return float(1.0 / np.square(weights).sum())


def quantiles(values: np.ndarray, weights: np.ndarray, shares: tuple[float, ...]) -> list[float]:
    """Weighted quantiles; not-a-number values are left out."""
    known = ~np.isnan(values)
    if not known.any():
        return [float("nan")] * len(shares)
    order = np.argsort(values[known], kind="stable")
    ordered, below = values[known][order], np.cumsum(weights[known][order])
    return [float(ordered[min(int(np.searchsorted(below, share * below[-1] * (1 - 1e-12))), len(ordered) - 1)]) for share in shares]


def shift_by_cause(values: np.ndarray, weights: np.ndarray, causes: Mapping[str, np.ndarray]) -> dict[str, float]:
    """By how much the mean of ``values`` (runs,) moves with the weights, divided among ``causes`` (each (runs, drivers)).

    A ridge regression with a penalty for each cause says how the outcome goes with its drivers; a cause's part is the move of what
    it explains. What is left is RESIDUE: parts and residue add up to the whole.
    """
    change = weights - 1.0 / len(weights)
    explained = _explained({name: _kernel(drivers) for name, drivers in causes.items()}, values - values.mean())
    parts = {name: float(change @ fitted) for name, fitted in explained.items()}
    return parts | {RESIDUE: float(change @ values) - sum(parts.values())}


def _kernel(drivers: np.ndarray) -> np.ndarray:
    """How alike runs are in the drivers of a cause, one on average with itself: (runs, runs)."""
    table = _standard(drivers)
    return table @ table.T / max(table.shape[1], 1)


def _standard(drivers: np.ndarray) -> np.ndarray:
    """Drivers of mean zero and spread one; those that do not vary, or are not known in all runs, are left out."""
    table = np.asarray(drivers, dtype=np.float64).reshape(len(drivers), -1)
    table = table[:, ~np.isnan(table).any(axis=0)]
    spread = table.std(axis=0)
    return (table[:, spread > 0] - table[:, spread > 0].mean(axis=0)) / spread[spread > 0]


def _explained(kernels: Mapping[str, np.ndarray], values: np.ndarray) -> dict[str, np.ndarray]:
    """What each cause explains in each run; strengths by generalised cross-validation, one cause after the other."""
    strengths = dict.fromkeys(kernels, 0.0)
    for _ in range(SWEEPS):
        for name in kernels:
            tried = {one: _score(kernels, {**strengths, name: one}, values) for one in STRENGTHS}
            strengths[name] = min(tried, key=lambda one: tried[one])
    inverse = np.linalg.inv(_sum(kernels, strengths, len(values)) + np.eye(len(values)))
    return {name: strengths[name] * (kernel @ (inverse @ values)) for name, kernel in kernels.items()}


def _score(kernels: Mapping[str, np.ndarray], strengths: Mapping[str, float], values: np.ndarray) -> float:
    """Generalised cross-validation (Golub, Heath and Wahba 1979)."""
    runs = len(values)
    inverse = np.linalg.inv(_sum(kernels, strengths, runs) + np.eye(runs))
    rest = inverse @ values
    return float(rest @ rest) / max(float(np.trace(inverse)) - 1.0, 1e-9) ** 2


def _sum(kernels: Mapping[str, np.ndarray], strengths: Mapping[str, float], runs: int) -> np.ndarray:
    total = np.zeros((runs, runs))
    for name, kernel in kernels.items():
        total += strengths[name] * kernel
    return total
