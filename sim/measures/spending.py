"""Money by lever from the ledger, and what it bought."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def sum_by_cell(cell: np.ndarray, dong: np.ndarray, cells: int) -> np.ndarray:
    """Whole dong by cell, int64, shape (cells,): exact sums of the entries ``dong``."""
    total = np.zeros(cells, dtype=np.int64)
    np.add.at(total, np.asarray(cell, dtype=np.int64), np.asarray(dong, dtype=np.int64))
    return total


def paid_by_quarter(quarter: np.ndarray, dong: np.ndarray) -> tuple[int, ...]:
    """Whole dong paid in quarters 1 to 4."""
    return tuple(int(amount) for amount in sum_by_cell(np.asarray(quarter) - 1, dong, 4))


def share_before_review(by_quarter: Sequence[int]) -> float:
    """Share of a year's payments made in the quarters the review sees (the first three); not-a-number if none was paid."""
    return sum(by_quarter[:3]) / sum(by_quarter) if sum(by_quarter) else float("nan")


def cost_per_household(spent: np.ndarray, with_plan: np.ndarray, without: np.ndarray) -> tuple[float, float]:
    """Dong per household gained over no policy, and the households gained: a ratio of means over replications.

    The mean of ratios would be ruled by replications in which nearly nobody was gained. Not-a-number where the
    plan gained no household on average.
    """
    gained = float(np.mean(np.asarray(with_plan, dtype=np.float64) - np.asarray(without, dtype=np.float64)))
    return (float(np.mean(spent)) / gained if gained > 0 else float("nan")), gained
