"""Each simple rule by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from sim.studies import simple_rules as rules

KNOWN = rules.History(
    now=np.array([30.0, 10.0]), earlier=np.array([34.0, 11.0]), later=np.array([30.0, 10.0]), years=np.array([2.0, 2.0]),
    national_earlier=np.array([14.2, 14.2]),
    national_later=np.array([11.1, 11.1]), national_years=2.0, lowest_share=np.array([0.07, 0.06]), growth=0.06,
)  # fmt: skip


def test_by_hand():
    assert rules.no_change(KNOWN, 3).tolist() == [30.0, 10.0]
    assert rules.last_trend(KNOWN, 1).tolist() == [28.0, 9.5]
    odds = np.log(30 / 70) + (np.log(30 / 70) - np.log(34 / 66)) / 2 * 4
    assert rules.bounded_trend(KNOWN, 4)[0] == pytest.approx(100 / (1 + np.exp(-odds)))
    shift = (norm.ppf(0.111) - norm.ppf(0.142)) / 2
    assert rules.national_shift(KNOWN, 4)[1] == pytest.approx(100 * norm.cdf(norm.ppf(0.1) + 4 * shift))


def test_lognormal_is_exact_for_lognormal_incomes():
    spread, line = 0.6, -0.5
    share = norm.cdf(norm.ppf(0.2) - spread)
    nothing = np.array([np.nan])
    known = rules.History(np.array([100 * norm.cdf(line / spread)]), *5 * [nothing], 2.0, lowest_share=np.array([share]), growth=0.05)
    assert rules.lognormal(known, 2)[0] == pytest.approx(100 * norm.cdf((line - 0.1) / spread))
    assert rules.growth_in_part(known, 2)[0] == pytest.approx(100 * norm.cdf((line - 0.07) / spread))


def test_reference_and_spread():
    assert rules.uniform_factor(np.array([20.0]), 14.2, 7.1).tolist() == [10.0]
    ensemble = rules.with_spread(np.array([50.0, 0.0]), np.array([2.0, 1.0]))
    assert ensemble[0].mean() == pytest.approx(50.0) and ensemble[0].std() == pytest.approx(2.0, rel=0.02) and ensemble[1].min() == 0.0
