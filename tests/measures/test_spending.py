"""Money: exact sums, the review's share, the cost of a lasting escape."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.measures.spending import cost_per_household, paid_by_quarter, share_before_review, sum_by_cell


def test_sums_are_exact_to_the_dong() -> None:
    large = np.array([2**53, 1, 1], dtype=np.int64)
    assert sum_by_cell(np.array([0, 0, 1]), large, 2).tolist() == [2**53 + 1, 1]


def test_share_paid_before_the_review() -> None:
    assert share_before_review(paid_by_quarter(np.array([2, 3, 4, 4]), np.array([10, 15, 25, 50]))) == 0.25
    assert math.isnan(share_before_review((0, 0, 0, 0)))


def test_cost_is_a_ratio_of_means() -> None:
    cost, gained = cost_per_household(np.array([100.0, 300.0]), np.array([3, 5]), np.array([2, 2]))
    assert (cost, gained) == (pytest.approx(100.0), 2.0)
    assert math.isnan(cost_per_household(np.array([100.0]), np.array([1]), np.array([2]))[0])
