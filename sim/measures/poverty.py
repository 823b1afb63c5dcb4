"""Income poverty: the Foster-Greer-Thorbecke family and the Watts index.

Foster, Greer and Thorbecke (1984), Econometrica 52(3); Watts (1968). A household is income-poor when its income per
head is at or below the line, as the Vietnamese standards word it.
"""

from __future__ import annotations

import numpy as np

from sim.kit import maths
from sim.measures.grouping import Grouping, ratio

LEAST_SHARE_OF_LINE = 0.01  # Watts is infinite at zero income: incomes count as at least this share of the line


def poverty_gap(income: np.ndarray, line: np.ndarray) -> np.ndarray:
    """What is missing to the line as a share of it, 0 to 1; 0 for those above. Losses count as zero income."""
    return np.clip(1.0 - np.asarray(income, dtype=np.float64) / np.asarray(line, dtype=np.float64), 0.0, 1.0)


def fgt(grouping: Grouping, income: np.ndarray, line: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """FGT 0, 1 and 2: share of the poor, mean gap, mean squared gap, all 0 to 1.

    ``income`` and ``line`` per head and month, ``weights`` the people (or 1) of each row; shapes (rows,).
    """
    poor = np.flatnonzero(np.asarray(income) <= line)
    gap = poverty_gap(income[poor], np.broadcast_to(line, np.shape(income))[poor])
    weight = np.asarray(weights, dtype=np.float64)[poor]
    everyone = grouping.total(weights)
    zero, one, two = (ratio(grouping.of_subset(poor, value), everyone) for value in (weight, weight * gap, weight * gap * gap))
    return zero, one, two


def watts(grouping: Grouping, income: np.ndarray, line: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Watts index: mean of the log of line over income, over everyone, 0 for the non-poor. Arguments as in :func:`fgt`."""
    poor = np.flatnonzero(np.asarray(income) <= line)
    of_line = np.clip(income[poor].astype(np.float64) / np.broadcast_to(line, np.shape(income))[poor], LEAST_SHARE_OF_LINE, 1.0)
    return ratio(grouping.of_subset(poor, -maths.log(of_line) * np.asarray(weights)[poor]), grouping.total(weights))
