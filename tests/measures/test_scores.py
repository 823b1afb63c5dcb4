"""Scores against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.measures import scores


def normal_crps(mean, sd, observed):
    """Gneiting and Raftery (2007), equation 21."""
    z = (observed - mean) / sd
    return sd * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / np.sqrt(np.pi))


@pytest.mark.parametrize("observed", [-2.0, 0.3, 4.0])
def test_crps_of_a_normal(observed):
    ensemble = stats.norm.ppf((np.arange(20_000) + 0.5) / 20_000, loc=0.5, scale=1.5)
    assert scores.crps(ensemble, observed) == pytest.approx(normal_crps(0.5, 1.5, observed), rel=2e-4)


def test_crps_by_hand():
    assert scores.crps(np.array([3.0]), 5.0) == 2.0
    # Two members 0 and 2, 1 came: mean distance 1, half the mean distance of pairs (0, 2, 2, 0) / 4 / 2 = 0.5.
    assert scores.crps(np.array([0.0, 2.0]), 1.0) == pytest.approx(0.5)
    assert scores.crps(np.array([[0.0, 2.0], [1.0, 1.0]]), np.array([1.0, 1.0])).tolist() == [0.5, 0.0]


def test_crps_is_proper():
    """The law that things follow scores better than one too sharp, too wide or off."""
    observed = stats.norm.ppf((np.arange(200) + 0.5) / 200)
    members = stats.norm.ppf((np.arange(500) + 0.5) / 500)

    def mean(scale, shift):
        return scores.crps(np.broadcast_to(members * scale + shift, (200, 500)), observed).mean()

    assert mean(1.0, 0.0) < min(mean(0.5, 0.0), mean(2.0, 0.0), mean(1.0, 0.3))


def test_coverage():
    observed = stats.norm.ppf((np.arange(1000) + 0.5) / 1000)
    members = np.broadcast_to(stats.norm.ppf((np.arange(2000) + 0.5) / 2000), (1000, 2000))
    for level in (0.5, 0.8, 0.9):
        assert scores.is_covered(members, observed, level).mean() == pytest.approx(level, abs=0.005)


def test_brier():
    assert scores.brier(np.array([0.8, 0.4]), np.array([True, False])) == pytest.approx((0.04 + 0.16) / 2)
    happened = np.array([True, True, False, False, False])
    assert scores.base_brier(happened) == pytest.approx(0.24) == pytest.approx(scores.brier(np.full(5, 0.4), happened))


def test_errors():
    assert scores.rmse(np.array([1.0, 3.0]), np.array([0.0, 0.0])) == pytest.approx(np.sqrt(5.0))
    assert scores.mae(np.array([1.0, -3.0]), np.array([0.0, 0.0])) == 2.0


def test_interval_of_a_mean_by_clusters():
    """Without anything shared it is the usual one; with everything shared a cluster counts once."""
    values = np.random.default_rng(1).normal(size=400)
    mean, low, high = scores.clustered_mean(values, np.arange(400), 1.645)
    assert high - mean == pytest.approx(1.645 * values.std(ddof=1) / 20, rel=1e-6) and mean == pytest.approx((low + high) / 2)
    four = np.array([1.0, 2.0, 3.0, 6.0])
    _, low, _ = scores.clustered_mean(np.repeat(four, 50), np.repeat(np.arange(4), 50), 2.0)
    assert 3.0 - low == pytest.approx(2.0 * four.std(ddof=1) / 2.0)
    assert scores.clustered_mean(four, np.zeros(4), 2.0)[1] == -np.inf
