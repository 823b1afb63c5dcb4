"""The law of a published rate has the variances that go into it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.studies.predictive import with_survey_error, without_sampling


def test_sampling_goes_and_the_rest_stays():
    rng = np.random.default_rng(4)
    world, own, sampling = rng.normal(0, 2.0, (4000, 1)), rng.normal(0, 1.0, (4000, 30)), rng.normal(0, 1.5, (4000, 30))
    factor = np.linspace(0.5, 1.5, 30)
    rates = 40.0 + world * factor + own + sampling
    cleaned = without_sampling(rates, np.full(30, 1.5**2))
    assert cleaned.mean(axis=0) == pytest.approx(rates.mean(axis=0))
    assert cleaned.var(axis=0) == pytest.approx(4.0 * factor**2 + 1.0, rel=0.15)


def test_more_sampling_than_spread_leaves_what_is_shared():
    rng = np.random.default_rng(5)
    rates = 20.0 + rng.normal(0, 1.0, (500, 1)) + rng.normal(0, 0.5, (500, 8))
    assert without_sampling(rates, np.full(8, 9.0)).var(axis=0) == pytest.approx(1.0, rel=0.2)


def test_survey_error():
    members = with_survey_error(np.full((400, 2), 16.6), 700, 1.0)
    assert members.shape == (2, 6000)
    assert members.std(axis=1) == pytest.approx(1.406, rel=0.06)
    assert with_survey_error(np.full((4, 1), 0.1), 700, 1.0).min() == 0.0
