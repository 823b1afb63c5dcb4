"""Approximate Bayesian computation: a posterior from simulated particles and their statistics.

Numbers stand as normal scores under their priors, so that the prior is a standard normal law in every direction and an adjusted
particle stays within it. Statistics are first turned into what they tell of each number, the regression of the number on
statistics and their squares (Fearnhead and Prangle 2012, JRSS B 74:419); the nearest particles in these terms are kept, weighted by
nearness, and moved by a local linear regression to where the record stands (Beaumont, Zhang and Balding 2002, Genetics 162:2025).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RIDGE = 1.0  # particles' worth of pull of a regression's slopes towards nothing
KEEP = 0.2  # share of particles kept
LEAST_KEPT = 100
DULL = 0.02  # share of a number's variance below which statistics are taken to tell nothing of it


@dataclass(frozen=True)
class Regression:
    """What statistics tell of each number: ``share`` of its variance explained, and the prediction."""

    middle: np.ndarray
    scale: np.ndarray
    slopes: np.ndarray
    share: np.ndarray

    def predict(self, statistics: np.ndarray) -> np.ndarray:
        """Expected normal scores, (particles, numbers), of statistics (particles, statistics)."""
        return _features((np.atleast_2d(statistics) - self.middle) / self.scale) @ self.slopes


@dataclass(frozen=True)
class Kept:
    """Particles of a posterior: ``rows`` of the table, ``weights`` that sum to one, adjusted ``scores`` (kept, numbers)."""

    rows: np.ndarray
    weights: np.ndarray
    scores: np.ndarray

    @property
    def effective(self) -> float:
        """Particles of equal weight that would tell as much."""
        return float(1.0 / (self.weights**2).sum())


def regress(scores: np.ndarray, statistics: np.ndarray) -> Regression:
    """Regress the normal scores (particles, numbers) on the statistics and their squares."""
    middle, scale = statistics.mean(axis=0), np.maximum(statistics.std(axis=0), 1e-12)
    features = _features((statistics - middle) / scale)
    slopes = _ridge(features, scores, np.ones(len(scores)))
    left = ((scores - features @ slopes) ** 2).sum(axis=0) / ((scores - scores.mean(axis=0)) ** 2).sum(axis=0)
    return Regression(middle, scale, slopes, 1.0 - left)


def fit(scores: np.ndarray, statistics: np.ndarray, observed: np.ndarray, regression: Regression, without: int = -1) -> Kept:
    """The posterior given ``observed``; particle ``without``, whose statistics are observed in a calibration, is left out."""
    told = np.flatnonzero(regression.share > DULL)
    here = regression.predict(statistics)[:, told]
    apart = here - regression.predict(observed)[:, told]
    distance = np.sqrt((apart**2).sum(axis=1))
    if without >= 0:
        distance[without] = np.inf
    kept = min(max(round(KEEP * len(scores)), LEAST_KEPT), len(scores) - 1)
    rows = np.sort(np.argsort(distance, kind="stable")[:kept])
    near = distance[rows] / (np.sort(distance, kind="stable")[kept] + 1e-12)
    weights = np.maximum(1.0 - near**2, 0.0)
    weights = weights / weights.sum()
    design = np.concatenate([np.ones((kept, 1)), apart[rows]], axis=1)
    slopes = _ridge(design, scores[rows], weights * kept)
    return Kept(rows, weights, scores[rows] - apart[rows] @ slopes[1:])


def rank(kept: Kept, truth: np.ndarray) -> np.ndarray:
    """Share of the posterior below the true normal scores, (numbers,); uniform over pseudo-data if the fit is right."""
    return np.asarray((kept.weights[:, None] * ((kept.scores < truth) + 0.5 * (kept.scores == truth))).sum(axis=0))


def quantiles(values: np.ndarray, weights: np.ndarray, shares: tuple[float, ...]) -> np.ndarray:
    """Weighted quantiles by column, (shares, columns), between neighbours by their middles."""
    found = []
    for column in values.T:
        order = np.argsort(column, kind="stable")
        below = np.cumsum(weights[order]) - 0.5 * weights[order]
        found.append(np.interp(shares, below / weights.sum(), column[order]))
    return np.array(found).T


def _features(standard: np.ndarray) -> np.ndarray:
    return np.concatenate([np.ones((len(standard), 1)), standard, standard**2], axis=1)


def _ridge(features: np.ndarray, targets: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Slopes by weighted least squares, all but the constant's pulled towards nothing."""
    weighted = features * weights[:, None]
    pull = RIDGE * np.eye(features.shape[1])
    pull[0, 0] = 0.0
    return np.asarray(np.linalg.solve(weighted.T @ features + pull, weighted.T @ targets))
