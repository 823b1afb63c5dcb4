"""Approximate Bayesian computation against laws that are known in closed form."""

import numpy as np
import pytest

from sim.studies.fitting import abc
from sim.studies.fitting.calibration import ranks_of

PARTICLES = 4000
ERROR = 0.5


def toy(seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Two standard normal numbers; three figures: each number with error, and one that tells nothing."""
    luck = np.random.default_rng(seed)
    scores = luck.normal(size=(PARTICLES, 2))
    figures = np.concatenate([scores + ERROR * luck.normal(size=scores.shape), luck.normal(size=(PARTICLES, 1))], axis=1)
    return scores, figures


def test_the_posterior_of_normal_numbers():
    scores, figures = toy()
    observed = np.array([0.8, -0.4, 0.0])
    kept = abc.fit(scores, figures, observed, abc.regress(scores, figures))
    mean, spread = observed[:2] / (1 + ERROR**2), np.sqrt(ERROR**2 / (1 + ERROR**2))
    found = (kept.weights[:, None] * kept.scores).sum(axis=0)
    assert found == pytest.approx(mean, abs=0.06)
    assert np.sqrt((kept.weights[:, None] * (kept.scores - found) ** 2).sum(axis=0)) == pytest.approx([spread, spread], rel=0.08)
    assert kept.weights.sum() == pytest.approx(1.0) and kept.effective > 300


def test_a_nonlinear_figure():
    """What is seen is the exponential of a number with error: the posterior is as of its logarithm."""
    scores, figures = toy(2)
    seen = np.exp(0.5 * figures[:, :2])
    kept = abc.fit(scores, seen, np.exp(0.5 * np.array([0.5, 0.5])), abc.regress(scores, seen))
    assert (kept.weights[:, None] * kept.scores).sum(axis=0) == pytest.approx([0.4, 0.4], abs=0.08)


def test_a_figure_that_tells_nothing_leaves_the_prior():
    luck = np.random.default_rng(3)
    scores, figures = luck.normal(size=(PARTICLES, 1)), luck.normal(size=(PARTICLES, 1))
    regression = abc.regress(scores, figures)
    kept = abc.fit(scores, figures, np.array([3.0]), regression)
    assert regression.share[0] < 0.01
    assert abc.quantiles(kept.scores, kept.weights, (0.05, 0.5, 0.95))[:, 0] == pytest.approx([-1.645, 0, 1.645], abs=0.2)


def test_the_same_again_and_without_one():
    scores, figures = toy()
    regression = abc.regress(scores, figures)
    one, again = (abc.fit(scores, figures, figures[5], regression) for _ in range(2))
    assert np.array_equal(one.scores, again.scores) and np.array_equal(one.weights, again.weights)
    assert 5 in one.rows and 5 not in abc.fit(scores, figures, figures[5], regression, without=5).rows


def test_ranks_are_uniform_and_bands_cover():
    scores, figures = toy(4)
    ranks = ranks_of(scores, figures, abc.regress(scores, figures), np.arange(300))
    for column in ranks.T:
        assert np.abs(column - 0.5).__le__(0.4).mean() == pytest.approx(0.8, abs=0.07)
        counts = np.bincount((column * 10).astype(int).clip(0, 9), minlength=10)
        assert ((counts - 30) ** 2 / 30).sum() < 25.0  # 27.9 is the 99.9 % point of chi square with 9 degrees of freedom


def test_weighted_quantiles():
    values, weights = np.arange(1.0, 101.0)[:, None], np.full(100, 0.01)
    assert abc.quantiles(values, weights, (0.5,))[0, 0] == pytest.approx(50.5)
