"""What the runs bear: counts of a commune, big counts rounded, and warnings exactly where chance weighs more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binomtest

from sim.measures.targets import error_of, interval, probability
from sim.report.honest import left_of_start, median_of, warnings
from sim.report.words import Words, step_for
from sim.studies.judging import judge_all
from tests.studies.fake_engine import finished

WORDS = Words("en")


@pytest.fixture(scope="module")
def results():
    return finished()


@pytest.fixture(scope="module")
def fall(results):
    return judge_all(results)[0]


@pytest.mark.parametrize(("met", "runs"), [(0, 40), (1, 40), (20, 40), (300, 1000), (100, 100)])
def test_the_interval_is_wilsons(met, runs):
    ours = interval(met / runs, runs)
    theirs = binomtest(met, runs).proportion_ci(0.9, method="wilson")
    assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_the_error_of_a_share_is_that_of_its_runs():
    met = np.arange(40) < 13
    assert error_of(13 / 40, 40) == probability(met)[1]
    assert error_of(0.0, 40) == probability(met & False)[1] > 0


@pytest.mark.parametrize(("width", "step"), [(0, 1), (7, 1), (40, 1), (99, 1), (100, 10), (2_300, 100), (12_000, 1_000)])
def test_counts_keep_two_figures_of_their_band(width, step):
    assert step_for(width) == step


def test_big_counts_are_rounded_and_small_ones_are_not():
    assert WORDS.band(54_071.5, 52_309.0, 56_120.0, 0) == "54,100 (52,300–56,100)"
    assert WORDS.band(17.0, 13.0, 21.0, 0) == "17 (13–21)"
    assert median_of(np.linspace(52_309, 56_120, 101)) == 54_200
    assert median_of(np.array([3.0, 4.0, 9.0])) == 4.0


def test_a_commune_is_told_in_households(fall):
    assert left_of_start(fall, WORDS) == "The plan: 17 of 25 households are left in 2024, 13 to 21 in 90 % of the runs."
    same = replace(fall, end_households=(17.0, 17.0, 17.0))
    assert left_of_start(same, WORDS) == "The plan: 17 of 25 households are left in 2024."
    assert left_of_start(replace(fall, households_allowed=float("nan")), WORDS) == ""


@pytest.mark.parametrize(
    ("probability", "low", "high", "told"),
    [(0.2, 0.9, 1.8, 0), (0.2, 0.2, 1.8, 1), (0.5, 0.9, 1.8, 1), (0.5, 0.2, 1.8, 2), (0.0, 0.1, 2.0, 0), (1.0, 0.1, 3.0, 0)],
)
def test_warnings_stand_where_chance_weighs_more_than_the_target(results, fall, probability, low, high, told):
    one = replace(fall, probability=probability, p05=low, p95=high)
    assert len(warnings(results, one, str, WORDS)) == told


def test_a_level_asks_what_lies_between_it_and_the_start(results, fall):
    level = replace(fall.target, form="level", value=1.0)
    one = replace(fall, target=level, probability=0.2, start=1.59, p05=0.7, p95=1.4)
    assert "asks 0.59" in warnings(results, one, lambda value: f"{value:.2f}", WORDS)[0]
    assert warnings(results, replace(one, p95=1.2), str, WORDS) == []
    assert warnings(results, replace(one, start=0.9), str, WORDS) == []  # nothing is asked
