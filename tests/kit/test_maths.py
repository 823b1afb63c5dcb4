"""Exact maths against SciPy and against itself compiled."""

import numpy as np
import pytest
from scipy import special

from sim.kit import maths
from sim.kit.compiling import stage

X = np.linspace(-80, 80, 20_001)
P = np.concatenate([np.logspace(-14, -2, 500), np.linspace(0.01, 0.99, 999), 1 - np.logspace(-12, -2, 500)])


def test_exp_and_log_agree_with_the_library():
    np.testing.assert_allclose(maths.exp(X), np.exp(X), rtol=2e-15)
    np.testing.assert_allclose(maths.log(np.exp(X)), np.log(np.exp(X)), rtol=0, atol=3e-14)
    assert maths.log(0.0) == -np.inf and np.isnan(maths.log(-1.0)) and maths.log(1.0) == 0.0


def test_power_agrees_with_the_library_and_is_zero_at_zero():
    x = np.linspace(0.001, 50, 1000)
    np.testing.assert_allclose(maths.power(x, 0.3), x**0.3, rtol=1e-14)
    assert maths.power(0.0, 0.3) == 0.0


def test_normal_quantile_and_distribution_agree_with_the_library():
    np.testing.assert_allclose(maths.normal_quantile(P), special.ndtri(P), rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(maths.normal_cdf(X / 10), special.ndtr(X / 10), atol=2e-15)


@stage
def loop(rule_values, x, words):
    for i in range(len(x)):
        rule_values[0, i] = maths.f4_exp(x[i])
        rule_values[1, i] = maths.f4_log(abs(x[i]) + np.float32(1e-6))
        rule_values[2, i] = maths.f4_power(abs(x[i]), np.float32(0.37))
        rule_values[3, i] = maths.f4_normal(words[i])


@pytest.fixture(scope="module")
def single():
    x = np.linspace(-20, 20, 5001).astype(np.float32)
    words = np.random.default_rng(1).integers(0, 2**32, len(x), dtype=np.uint64)
    values = np.zeros((4, len(x)), np.float32)
    loop(values, x, words)
    return x, words, values


def test_single_precision_is_close_to_the_library(single):
    x, words, values = single
    wide = x.astype(float)
    np.testing.assert_allclose(values[0], np.exp(wide), rtol=3e-7)
    np.testing.assert_allclose(values[1], np.log(np.abs(wide) + 1e-6), rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(values[2], np.abs(wide) ** 0.37, rtol=2e-6, atol=1e-6)
    np.testing.assert_allclose(values[3], special.ndtri(((words >> 8) + 0.5) / 2**24), atol=2e-3)


def test_single_precision_is_the_same_compiled_or_not(single):
    x, words, values = single
    for i in range(0, len(x), 137):
        size = np.float32(abs(x[i]))
        power = maths.f4_power(size, np.float32(0.37))
        alone = (maths.f4_exp(x[i]), maths.f4_log(size + np.float32(1e-6)), power, maths.f4_normal(words[i]))
        assert [float(v) for v in alone] == [float(v) for v in values[:, i]]
