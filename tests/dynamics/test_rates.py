"""From years to quarters: hazards, persistence and spreads keep their yearly meaning."""

import numpy as np
import pytest

from sim.dynamics import rates


@pytest.mark.parametrize("yearly", [0.0, 0.01, 0.2, 0.9])
def test_four_quarterly_hazards_compound_to_the_yearly_probability(yearly):
    quarter = rates.quarterly_hazard(yearly)
    assert 1 - (1 - quarter) ** 4 == pytest.approx(yearly, abs=1e-12)


@pytest.mark.parametrize("yearly", [0.3, 0.75, 0.85, 0.95])
def test_persistence_of_yearly_means(yearly):
    rho = float(rates.quarterly_persistence(yearly))
    powers = rho ** np.abs(np.subtract.outer(np.arange(8), np.arange(8)))
    a, b = np.repeat([1, 0], 4) / 4, np.repeat([0, 1], 4) / 4
    assert (a @ powers @ b) / (a @ powers @ a) == pytest.approx(yearly, abs=1e-9)


def test_a_yearly_persistence_of_085_needs_0942_a_quarter_not_its_fourth_root():
    assert float(rates.quarterly_persistence(0.85)) == pytest.approx(0.942, abs=0.001)


def test_spread_of_the_yearly_mean_of_the_persistent_shock():
    rho, sd = float(rates.quarterly_persistence(0.85)), 0.28
    quarter = float(rates.persistent_quarter_sd(sd, rho))
    powers = rho ** np.abs(np.subtract.outer(np.arange(4), np.arange(4)))
    assert quarter * np.sqrt(powers.mean()) == pytest.approx(sd, rel=1e-9)


def test_passing_factors_have_mean_one_and_the_yearly_spread():
    sd = float(rates.passing_quarter_sd(0.26))
    factors = np.exp(sd * np.random.default_rng(3).standard_normal((200_000, 4)) - sd * sd / 2).mean(axis=1)
    assert factors.mean() == pytest.approx(1, abs=0.003)
    assert np.sqrt(np.log(1 + factors.var())) == pytest.approx(0.26, abs=0.005)
