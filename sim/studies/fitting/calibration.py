"""Simulation-based calibration: does the fit find the numbers that made pseudo-data, and do its bands cover as often as they say?

Every pseudo-data set is the statistics of one particle, fitted by all others (Talts et al. 2018, arXiv:1804.06788). ``prior``:
particles as drawn; ``near``: those that the posterior of the record keeps, where coverage matters (Prangle et al. 2014).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.studies.fitting import abc
from sim.studies.fitting.statistics import statistics

PSEUDO = 200  # pseudo-data sets of each kind
BANDS = (0.5, 0.8, 0.9)
TENTHS = 10
KINDS = ("prior", "near")


def coverage(one: Any) -> pd.DataFrame:
    """Share of pseudo-data whose true number lies within each central band, and its standard error if the bands are right."""
    rows = []
    for kind in KINDS:
        found = _found(one, kind)
        for at, name in enumerate(one.reading.drawn):
            row = {"reading": one.reading.key, "parameter": name, "pseudo_data": kind, "count": len(found)}
            for band in BANDS:
                inside = np.abs(found[:, at] - 0.5) <= band / 2
                row[f"cover_{round(100 * band)}"] = float(inside.mean())
                row[f"error_{round(100 * band)}"] = float(np.sqrt(band * (1 - band) / len(found)))
            rows.append(row)
    return pd.DataFrame(rows)


def ranks(one: Any) -> pd.DataFrame:
    """How often the rank of the true number fell into each tenth."""
    rows = []
    for kind in KINDS:
        found = _found(one, kind)
        for at, name in enumerate(one.reading.drawn):
            counts = np.bincount(np.minimum((found[:, at] * TENTHS).astype(int), TENTHS - 1), minlength=TENTHS)
            for tenth, count in enumerate(counts):
                row = {"reading": one.reading.key, "parameter": name, "pseudo_data": kind, "tenth": tenth + 1, "count": int(count)}
                rows.append(row)
    return pd.DataFrame(rows)


def _found(one: Any, kind: str) -> np.ndarray:
    """Ranks of the true numbers, (pseudo-data, numbers)."""
    used = np.array([statistic.fitted for statistic in statistics()])
    nearest = one.kept.rows[np.argsort(-one.kept.weights, kind="stable")]
    chosen = (np.arange(len(one.scores)) if kind == "prior" else nearest)[:PSEUDO]
    return ranks_of(one.scores, one.compared[:, used], one.regression, chosen)


def ranks_of(scores: np.ndarray, figures: np.ndarray, regression: abc.Regression, chosen: np.ndarray) -> np.ndarray:
    """Ranks of the normal scores of some particles in the posteriors that their statistics give, without them."""
    return np.stack([abc.rank(abc.fit(scores, figures, figures[at], regression, without=int(at)), scores[at]) for at in chosen])
