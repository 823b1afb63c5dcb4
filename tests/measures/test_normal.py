"""The normal law against scipy's."""

import numpy as np
import pytest
from scipy import stats

from sim.measures import normal


def test_against_scipy():
    shares = np.array([0.001, 0.2, 0.5, 0.975])
    assert normal.quantile(shares) == pytest.approx(stats.norm.ppf(shares))
    assert normal.cumulative(normal.quantile(shares)) == pytest.approx(shares)
    for degrees in (1, 4, 15, 16, 60):
        assert normal.student_95(degrees) == pytest.approx(stats.t.ppf(0.95, degrees), abs=2e-3)


def test_error_of_a_rate():
    """About 1.4 points at 700 households and a rate of about 17 %."""
    assert 100 * normal.standard_error(np.array(0.166), 700) == pytest.approx(1.406, abs=0.002)
