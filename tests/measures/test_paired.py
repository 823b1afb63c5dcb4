"""Paired differences: intervals that cover at their stated rate, and ratios that say when they have no sense."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.measures.paired import pair, ratio_of_means, student


def test_an_official_can_follow_it() -> None:
    with_plan, without = np.array([20.0, 24.0, 19.0, 22.0]), np.array([23.0, 24.0, 24.0, 21.0])
    found = pair(with_plan, without, more_is_better=False)
    assert found.mean == pytest.approx((-3 + 0 - 5 + 1) / 4)
    assert (found.better, found.same) == (0.5, 0.25)
    assert found.median == pytest.approx(-1.5)


def test_better_turns_with_the_direction() -> None:
    values, against = np.array([1.0, 2.0, 3.0]), np.array([0.0, 2.0, 4.0])
    assert pair(values, against, True).better == pytest.approx(1 / 3) == pair(values, against, False).better
    assert pair(values + 5, against, True).better == 1.0
    assert pair(values + 5, against, False).better == 0.0


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 20, 199])
def test_quantiles_are_those_of_students_t(freedom: int) -> None:
    assert student(freedom) == pytest.approx(stats.t.ppf(0.95, freedom), rel=1e-3)


@pytest.mark.parametrize("runs", [8, 50])
def test_the_interval_of_the_mean_covers_the_truth_at_its_rate(runs: int) -> None:
    """Skewed, common luck with a large share; the true difference is 2. A thousand studies."""
    luck = np.random.default_rng(runs)
    covered = 0
    for _ in range(1000):
        common = luck.gamma(2.0, 5.0, runs)
        found = pair(common + 2.0 + luck.normal(0, 1.5, runs), common + luck.normal(0, 1.5, runs), True)
        covered += found.mean_low <= 2.0 <= found.mean_high
    assert abs(covered / 1000 - 0.90) < 0.03


def test_ninety_percent_of_new_runs_lie_within_the_band() -> None:
    luck = np.random.default_rng(7)
    gaps = luck.normal(-3.0, 2.0, 4000)
    found = pair(gaps, np.zeros(4000), False)
    fresh = luck.normal(-3.0, 2.0, 20000)
    assert np.mean((fresh >= found.low) & (fresh <= found.high)) == pytest.approx(0.90, abs=0.015)


def test_pairing_is_worth_what_it_says() -> None:
    """Common luck of variance 9 beside own luck of variance 1: 2 / (2 x 10)."""
    luck = np.random.default_rng(3)
    common = luck.normal(0, 3, 20000)
    found = pair(common + luck.normal(0, 1, 20000), common + luck.normal(0, 1, 20000), True)
    assert found.variance_ratio == pytest.approx(0.1, rel=0.05)
    assert pair(common, common, True).variance_ratio == 0.0


def test_undefined_runs_are_left_out() -> None:
    found = pair(np.array([1.0, np.nan, 3.0]), np.array([0.0, 1.0, np.nan]), True)
    assert found.runs == 1 and found.mean == 1.0 and np.isnan(found.error)
    assert pair(np.array([np.nan]), np.array([1.0]), True).runs == 0


def test_cost_of_a_household_in_closed_form() -> None:
    gain = np.array([1.0, 2.0, 3.0, 2.0] * 20)
    assert ratio_of_means(np.full(80, 100.0), gain).value == pytest.approx(50.0)
    exact = ratio_of_means(30.0 * gain, gain)
    assert (exact.low, exact.value, exact.high) == pytest.approx((30.0, 30.0, 30.0))


def test_a_gain_that_may_be_nothing_has_no_cost() -> None:
    luck = np.random.default_rng(0)
    assert not ratio_of_means(np.full(100, 5.0), luck.normal(0.0, 1.0, 100)).is_defined
    assert not ratio_of_means(np.full(100, 5.0), luck.normal(-2.0, 1.0, 100)).is_defined


def test_the_interval_of_a_ratio_covers_the_truth() -> None:
    luck, covered = np.random.default_rng(11), 0
    for _ in range(1000):
        gain = luck.normal(4.0, 3.0, 60)
        found = ratio_of_means(100.0 + 8.0 * gain + luck.normal(0, 10, 60), gain)
        covered += found.low <= 132.0 / 4.0 <= found.high
    assert abs(covered / 1000 - 0.90) < 0.03
