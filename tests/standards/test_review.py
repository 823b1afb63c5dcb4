"""The yearly review: who is examined, the step, the pressure, the error, the lists and their clocks."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.codebook import NEVER, Standing
from sim.kit.calendar import Quarter
from sim.law.parameters import ByRow, draw
from sim.standards.lists import newly_escaped, tick_clocks, turn_lists
from sim.standards.load import load_standard
from sim.standards.review import next_review_error, review, review_parameters, score, start_review_error, true_standing
from tests.standards.households import many

NOW = Quarter(2024, 3)
STANDARD = load_standard("vn_2022")
ROWS = 20_000
QUIET = {"list_pressure": 0, "entry_held_back": 0, "review_error_sd": 0.2}


def values(h, **overrides):
    return ByRow(draw(review_parameters(), 7, 3, {**QUIET, **overrides}), h.replication)


def examine(h, perfect_list=False, **overrides):
    nothing = np.zeros(len(h))
    review(h, values(h, **overrides), STANDARD, NOW, 7, score(h, STANDARD, NOW, nothing, nothing, perfect_list), perfect_list)
    return h


def test_only_the_listed_and_those_who_apply_are_examined():
    h = examine(many(ROWS))
    unseen = (h.standing == Standing.NOT_LISTED) & (h.applies == 0)
    assert unseen.any() and (h.reviewed[unseen] == Standing.NOT_LISTED).all()
    below = (h.standing == Standing.NOT_LISTED) & (h.applies == 1) & (h.score <= STANDARD.threshold_of(h.urban, NOW))
    assert below.any() and (h.reviewed[below] != Standing.NOT_LISTED).all()


def test_examined_households_stand_as_score_and_deprivations_say():
    h = examine(many(ROWS), leave_at_once=1)
    seen = (h.standing != Standing.NOT_LISTED) | (h.applies == 1)
    below = h.score <= STANDARD.threshold_of(h.urban, NOW)
    lacking = STANDARD.points_of(h.deprivations) >= 30
    expected = np.where(below & lacking, 2, np.where(below, 1, 0)) * seen
    assert np.array_equal(h.reviewed, expected)


@pytest.mark.parametrize("chance", [0.0, 0.7, 1.0])
def test_the_step(chance):
    h = examine(many(ROWS), leave_at_once=chance)
    above = h.score > STANDARD.threshold_of(h.urban, NOW)
    poor = above & (h.standing == Standing.POOR)
    assert (h.reviewed[poor] == Standing.NOT_LISTED).mean() == pytest.approx(chance, abs=0.03)
    assert (h.reviewed[poor] != Standing.POOR).all()
    near_poor = above & (h.standing == Standing.NEAR_POOR)
    assert (h.reviewed[near_poor] == Standing.NOT_LISTED).all()


def test_pressure_passes_only_the_poor_just_below_the_threshold():
    calm = examine(many(ROWS), leave_at_once=1)
    pressed = examine(many(ROWS), leave_at_once=1, list_pressure=1, pressure_band=5)
    differ = calm.reviewed != pressed.reviewed
    threshold = STANDARD.threshold_of(calm.urban, NOW)
    band = (calm.standing == Standing.POOR) & (calm.score <= threshold) & (calm.score > threshold - 5)
    assert differ.any() and np.array_equal(differ, band)
    assert (pressed.reviewed[differ] == Standing.NOT_LISTED).all()


@pytest.mark.parametrize("chance", [0.0, 0.6, 1.0])
def test_some_found_poor_are_put_down_as_near_poor(chance):
    calm, held = examine(many(ROWS)), examine(many(ROWS), entry_held_back=chance)
    entering = (calm.reviewed == Standing.POOR) & (calm.standing != Standing.POOR)
    differ = calm.reviewed != held.reviewed
    assert entering.any() and not (differ & ~entering).any()
    assert differ[entering].mean() == pytest.approx(chance, abs=0.05)
    assert (held.reviewed[differ] == Standing.NEAR_POOR).all()


def test_intercept_and_deflator_move_the_score():
    h = many(100)
    review(h, values(h), STANDARD, NOW, 7, score(h, STANDARD, NOW, np.full(100, 0.1), np.full(100, 0.04)))
    plain = STANDARD.score_of(h.lasting_income, NOW)
    assert h.score == pytest.approx(plain + 122 * 0.06, abs=1e-3)


def test_a_perfect_list_is_the_truth():
    h = many(ROWS)
    h.review_error[...] = 0.5
    examine(h, perfect_list=True)
    assert np.array_equal(h.reviewed, true_standing(h, STANDARD, NOW))
    assert (h.reviewed[(h.income_per_head <= 1500) & (h.urban == 0)] != Standing.NOT_LISTED).all()


def test_a_review_does_not_depend_on_the_other_rows():
    whole = examine(many(3000))
    rows = np.arange(0, 3000, 7)
    part = examine(many(3000).take(rows))
    for name in ("score", "reviewed", "deprivations"):
        assert np.array_equal(whole[name][rows], part[name])


def test_no_lists_under_the_index():
    h = many(10)
    nothing = np.zeros(10)
    with pytest.raises(ValueError, match="no lists"):
        review(h, values(h), load_standard("mpi"), NOW, 7, nothing)


def test_the_error_keeps_its_spread_and_persistence():
    h = many(60_000)
    p = values(h, review_error_persistence=0.96)
    start_review_error(h, p, 7)
    before = h.review_error.copy()
    next_review_error(h, p, NOW, 7)
    assert before.std() == pytest.approx(0.2, rel=0.02)
    assert h.review_error.std() == pytest.approx(0.2, rel=0.02)
    assert np.corrcoef(before, h.review_error)[0, 1] == pytest.approx(0.96, abs=0.005)


def test_no_error_stays_none():
    h = many(100)
    p = values(h, review_error_sd=0)
    start_review_error(h, p, 7)
    next_review_error(h, p, NOW, 7)
    assert not h.review_error.any()


def test_clocks():
    h = many(6)
    h.standing[...] = [2, 2, 2, 1, 0, 0]
    h.reviewed[...] = [2, 1, 0, 0, 0, 2]
    h.quarters_since_poor[...] = [NEVER, NEVER, NEVER, 5, 3, 3]
    h.quarters_since_listed[...] = [NEVER, NEVER, NEVER, NEVER, 8, 8]
    turn_lists(h)
    assert h.standing.tolist() == [2, 1, 0, 0, 0, 2]
    assert h.quarters_since_poor.tolist() == [NEVER, 0, 0, 5, 3, NEVER]
    assert h.quarters_since_listed.tolist() == [NEVER, NEVER, 0, 0, 8, NEVER]
    tick_clocks(h)
    assert h.quarters_since_poor.tolist() == [NEVER, 1, 1, 6, 4, NEVER]
    assert newly_escaped(h, NOW).tolist() == [False, True, True, True, True, False]
    h.quarters_since_poor[4], h.quarters_since_listed[4] = 12, 13
    assert newly_escaped(h, NOW)[4]
    tick_clocks(h)
    assert not newly_escaped(h, NOW)[4]
    h.quarters_since_poor[4] = NEVER - 1
    tick_clocks(h)
    assert h.quarters_since_poor[4] == NEVER - 1


def test_between_the_thresholds_of_2016_deprivations_decide():
    standard = load_standard("vn_2016")
    h = many(ROWS)
    h.standing[...] = Standing.POOR
    h.urban[...] = 0
    h.lasting_income[...] = np.linspace(400, 1500, ROWS)
    nothing = np.zeros(ROWS)
    when = Quarter(2018, 3)
    review(h, values(h, leave_at_once=1), standard, when, 7, score(h, standard, when, nothing, nothing))
    many_lacked = standard.points_of(h.deprivations) >= 30
    low, between = h.score <= 120, (h.score > 120) & (h.score <= 150)
    assert (h.reviewed[low] == Standing.POOR).all()
    assert np.array_equal(h.reviewed[between] == Standing.POOR, many_lacked[between])
    assert (h.reviewed[between & ~many_lacked] == Standing.NEAR_POOR).all()
    assert (h.reviewed[h.score > 150] == Standing.NOT_LISTED).all()


def test_reviewers_who_correct_leave_a_smaller_error_for_good():
    """With a part corrected every year the spread settles where correction and fresh error balance: closed form."""
    keep, left = 0.9, 0.95
    h = many(40_000)
    p = values(h, review_error_persistence=keep)
    start_review_error(h, p, 7)
    for year in range(2024, 2074):
        next_review_error(h, p, Quarter(year, 1), 7, left)
    steady = 0.2 * left * np.sqrt((1 - keep**2) / (1 - (left * keep) ** 2))
    assert h.review_error.std() == pytest.approx(steady, rel=0.02)
