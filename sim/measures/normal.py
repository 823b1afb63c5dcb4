"""The standard normal law, for scores and rules that feed nothing back."""

from __future__ import annotations

from math import isfinite, nan, sqrt
from statistics import NormalDist

import numpy as np

_STANDARD = NormalDist()
_cumulative = np.vectorize(_STANDARD.cdf, otypes=[np.float64])
# 95 % points of Student's law by degrees of freedom: two-sided 90 % intervals of means of few clusters.
_STUDENT = (6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753)


def quantile(share: np.ndarray | float) -> np.ndarray:
    """The score below which a share (0 to 1, both excluded) lies; not-a-number of not-a-number."""
    told = np.asarray(share, dtype=np.float64)
    return np.array([_STANDARD.inv_cdf(one) if isfinite(one) else nan for one in told.ravel()]).reshape(told.shape)


def cumulative(score: np.ndarray | float) -> np.ndarray:
    """The share that lies below a score."""
    return np.asarray(_cumulative(score))


def student_95(degrees: int) -> float:
    """Student's 95 % point; from 16 degrees on by Cornish and Fisher's expansion, right to three figures."""
    if degrees <= len(_STUDENT):
        return _STUDENT[max(degrees, 1) - 1]
    z = _STANDARD.inv_cdf(0.95)
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)


def standard_error(share: np.ndarray, cases: float) -> np.ndarray:
    """Standard error of a share found in a sample of so many cases, in the unit of the share's whole (1)."""
    share = np.asarray(share)
    return np.sqrt(np.maximum(share * (1.0 - share), 0.0)) / sqrt(cases)
