"""Incomes meet what a survey told, and the line below which its rate lies."""

from __future__ import annotations

import numpy as np
import pytest

from sim.studies import income_fit


def test_fifths_by_hand():
    income = np.array([[1.0, 2.0, 3.0, 4.0, 5.0]])
    assert income_fit.fifth_means(income, np.ones((1, 5)))[0] == pytest.approx(income[0])
    # The first household has two of six people: it fills the first fifth and two thirds of the second.
    means = income_fit.fifth_means(income, np.array([[2.0, 1.0, 1.0, 1.0, 1.0]]))[0]
    assert means[0] == pytest.approx(1.0) and means[1] == pytest.approx((0.8 * 1.0 + 0.4 * 2.0) / 1.2)
    assert means.mean() == pytest.approx((2 + 2 + 3 + 4 + 5) / 6)


def test_level_and_spread_are_met():
    rng = np.random.default_rng(2)
    lasting = 700.0 * np.exp(rng.normal(0.0, 0.5, (3, 2000)))
    income = lasting * np.exp(rng.normal(0.0, 0.2, (3, 2000)))
    rank = (np.argsort(np.argsort(lasting, axis=1), axis=1) + 0.5) / 2000
    fifths = np.array([[258.0, 428, 634, 935, 1750], [425.0, 713, 991, 1413, 3051], [600.0, 1000, 1400, 2000, 4000]])
    people = np.full((3, 2000), 4.0)
    shift = income_fit.shifts_to_fifths(income, rank, people, fifths)
    got = np.log(income_fit.fifth_means(income * np.exp(shift), people))
    wanted = np.log(fifths)
    assert got.mean(axis=1) == pytest.approx(wanted.mean(axis=1), abs=0.005)
    centred = wanted - wanted.mean(axis=1, keepdims=True)
    assert ((got * centred).sum(axis=1)) == pytest.approx((wanted * centred).sum(axis=1), rel=0.01)


def test_line_and_share_are_each_others_inverse():
    rng = np.random.default_rng(3)
    income, people = np.exp(rng.normal(6.0, 0.6, (4, 500))), rng.integers(1, 7, (4, 500))
    share = np.array([0.003, 0.05, 0.379, 0.8])
    line = income_fit.quantile_of(income, people, share)
    back = [income_fit.share_below(income[at], people[at], line[at]) for at in range(4)]
    assert back[1:] == pytest.approx(share[1:], abs=1e-9) and back[0] == pytest.approx(0.003, abs=0.001)


def test_mean_of_the_poorest_by_hand():
    """Of ten people the poorest four: both of the first household and two of the three of the second."""
    income, people = np.array([30.0, 10.0, 20.0]), np.array([5, 2, 3])
    assert income_fit.mean_of_poorest(income, people, 0.4) == pytest.approx((2 * 10 + 2 * 20) / 4)
    assert income_fit.mean_of_poorest(income, people, 1.0) == pytest.approx((150 + 20 + 60) / 10)
