"""Targets of every form, their probability and its error."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.measures.targets import Target, band, judge, probability, share_of_stock


def _target(form: str, value: float, **changes) -> Target:
    plain = {"name": "t", "measure": "official_poor_rate", "form": form, "value": value, "unit": "", "base_year": 2023, "year": 2024}
    return Target(**{**plain, **changes})


def test_fall_of_the_commune_plan() -> None:
    """From 25 of 1,572 the rate is to fall by 1.5 points: one household may be left."""
    households = 1572.0
    left = np.array([0, 1, 2, 16])
    values = np.stack([np.full(4, 25 / households * 100), left / households * 100], axis=1)
    outcome = judge(_target("fall_per_year", 1.5), values, np.full(4, households))
    assert outcome.met.tolist() == [True, True, False, False]
    assert outcome.missing_households.tolist() == [0, 0, 1, 15]


def test_a_fall_met_to_the_last_digit_is_met() -> None:
    assert judge(_target("fall", 0.3), np.array([[0.5, 0.2]]), None).met[0]


def test_fall_a_year_is_the_mean_over_the_period() -> None:
    target = _target("fall_per_year", 1.0, base_year=2021, year=2025)
    outcome = judge(target, np.array([[9.0, 8.5, 8.0, 7.0, 5.0], [9.0, 7.0, 6.0, 6.0, 5.5]]), np.full(2, 1000.0))
    assert outcome.met.tolist() == [True, False]
    assert outcome.missing_households[1] == 5  # half a point over four years, of 1,000 households


def test_level_cover_count_zero() -> None:
    base = np.array([200.0])
    assert judge(_target("level", 1.0), np.array([[2.0, 0.9]]), base).met[0]
    assert not judge(_target("level", 80.0, more_is_better=True), np.array([[75.0, 79.0]]), base).met[0]
    cover = judge(_target("cover", 100.0), np.array([[90.0, 98.0]]), base)
    assert (cover.met[0], cover.missing[0], cover.missing_households[0]) == (False, 2.0, 4.0)
    assert judge(_target("count", 10), np.array([[99.0, 4.0, 6.0]]), None).met[0]  # the base year does not count
    zero = judge(_target("zero", 0), np.array([[5.0, 0.0, 1.0]]), None)
    assert (zero.met[0], zero.missing_households[0]) == (False, 1.0)


def test_unknown_form_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such form"):
        judge(_target("wish", 1.0), np.zeros((1, 2)), None)


@pytest.mark.parametrize(("met", "n"), [(30, 200), (1, 50), (100, 200)])
def test_monte_carlo_error_in_closed_form(met: int, n: int) -> None:
    p, error = probability(np.arange(n) < met)
    assert p == met / n
    assert error == pytest.approx(math.sqrt(p * (1 - p) / n))


@pytest.mark.parametrize("n", [50, 200, 1000])
def test_none_or_all_give_the_95_percent_bound(n: int) -> None:
    p, bound = probability(np.zeros(n, dtype=bool))
    assert p == 0.0
    assert (1 - bound) ** n == pytest.approx(0.05)
    assert bound == pytest.approx(3 / n, rel=0.05)
    assert probability(np.ones(n, dtype=bool)) == (1.0, bound)


def test_band_leaves_out_undefined_runs() -> None:
    assert band(np.array([np.nan, 1.0, 2.0, 3.0]))[0] == 2.0
    assert all(math.isnan(value) for value in band(np.array([np.nan])))


@pytest.mark.parametrize(("start", "share"), [(21.6, 0.07), (7.8, 0.19), (3.3, 0.45), (1.59, 0.94)])
def test_share_of_the_stock_that_one_and_a_half_points_ask(start: float, share: float) -> None:
    assert share_of_stock(_target("fall_per_year", 1.5), start) == pytest.approx(share, abs=0.006)
