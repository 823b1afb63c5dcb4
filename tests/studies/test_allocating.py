"""The search for the best division, where the best is known in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.studies import allocating
from sim.studies.aims import Aim
from sim.studies.allocating import CURVE, Tried
from sim.studies.best_rows import as_good, best_of, named, tried_rows
from sim.studies.shares import (
    LEVERS,
    PLACES,
    Block,
    alone,
    equal_of,
    first_guess,
    from_coordinates,
    to_coordinates,
    with_share,
)
from tests.studies.planted_money import Places, Rivals, Roots, TwoBlocks


def _search(objective, seed: int = 1, evaluations: int | None = None) -> list[Tried]:
    found: list[Tried] = []
    allocating.search(objective, evaluations or allocating.usual(objective.blocks), seed, found.append)
    return found


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("worth", [(3.0, 1.0), (1.0, 2.0, 3.0, 4.0), (5.0, 1.0, 0.5, 2.0, 4.0, 3.0, 1.0, 2.5, 0.2, 3.5, 1.5)])
def test_a_planted_best_is_found_within_two_percent(worth, seed: int) -> None:
    objective = Roots(worth)
    shares, value = objective.best
    (best,) = best_of(_search(objective, seed))
    assert best.scores[0] >= 0.995 * value
    assert best.point[0] == pytest.approx(shares, abs=0.05)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_where_places_bind_the_dearest_are_filled_first(seed: int) -> None:
    objective = Places([5.0, 4.0, 3.0, 2.0], [0.3, 0.25, 0.2, 1.0])
    shares, value = objective.best
    (best,) = best_of(_search(objective, seed))
    assert best.scores[0] >= 0.98 * value
    assert best.point[0] == pytest.approx(shares, abs=0.06)


def test_years_are_divided_beside_levers() -> None:
    objective = TwoBlocks()
    (best,) = best_of(_search(objective))
    assert best.scores[0] >= 0.98 * objective.greatest
    assert best.point[1] == pytest.approx((16 / 25, 9 / 25), abs=0.06)


def test_the_front_of_two_rivals_is_a_quarter_of_a_circle() -> None:
    front = best_of(_search(Rivals()))
    assert 2 <= len(front) <= 6 and list(named(front)) == [f"best_{number}" for number in range(1, len(front) + 1)]
    assert all(x * x + y * y == pytest.approx(1.0) for x, y in (one.scores for one in front))
    assert [one.scores[0] for one in front] == sorted((one.scores[0] for one in front), reverse=True)


def test_the_same_seed_tries_the_same_points_and_another_others() -> None:
    first, second, other = (_search(Roots((1.0, 2.0, 3.0)), seed, 60) for seed in (4, 4, 5))
    assert [one.point for one in first] == [one.point for one in second] != [one.point for one in other]


def test_about_as_many_are_tried_as_are_asked_for() -> None:
    objective = Roots((1.0, 2.0, 3.0))
    assert len(_search(objective, evaluations=70)) == objective.asked
    assert 68 <= objective.asked <= 72


def test_nothing_tried_is_lost_to_an_interruption() -> None:
    objective, found = Roots((1.0, 2.0, 3.0)), []

    def tell(one: Tried) -> None:
        if len(found) == 30:
            raise KeyboardInterrupt
        found.append(one)

    with pytest.raises(KeyboardInterrupt):
        allocating.search(objective, 80, 1, tell)
    assert len(found) == 30 and best_of(found)[0].scores[0] > 0.98 * objective.best[1]


def test_points_within_the_noise_are_as_good() -> None:
    luck = np.random.default_rng(1).standard_normal((2, 50))
    best = Tried(((1.0,),), "search", luck[:1] + 1.0)
    near, far = (Tried(((1.0,),), "search", best.values - gap + 0.3 * luck[1:]) for gap in (0.02, 0.5))
    assert as_good(best, best) and as_good(best, near) and not as_good(best, far)


def test_a_point_of_the_front_may_be_tried_twice() -> None:
    point, values = ((0.5, 0.5),), np.array([[1.0, 2.0], [3.0, 4.0]])
    tried = [Tried(point, "search", values), Tried(point, "search", values.copy())]
    rows = list(tried_rows([Aim("escaped"), Aim("poor")], best_of(tried), tried, {point: values}))
    assert [row["as_good"] for row in rows] == [True, True, False, False]


def test_what_was_tried_alone_is_never_the_best() -> None:
    tried = [Tried(((1.0, 0.0),), CURVE, np.array([[9.0]])), Tried(((0.5, 0.5),), "start", np.array([[1.0]]))]
    assert best_of(tried) == tried[1:]


@given(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=9).filter(lambda shares: sum(shares) > 0.01))
def test_coordinates_lead_back_to_the_point(shares) -> None:
    total = sum(shares)
    point = (tuple(share / total for share in shares),)
    blocks = (Block(LEVERS, "money", tuple("abcdefghi"[: len(shares)]), point[0]),)
    assert from_coordinates(to_coordinates(point), blocks)[0] == pytest.approx(point[0], abs=1e-6)


def test_probes_change_one_share_and_keep_the_others_in_proportion() -> None:
    best = ((0.5, 0.3, 0.2),)
    found = allocating.probes(best, (Block(LEVERS, "money", ("a", "b", "c"), best[0]),))
    assert all(sum(point[0]) == pytest.approx(1.0) for point in found)
    assert ((0.0, 0.6, 0.4),) in [tuple(tuple(round(share, 12) for share in shares) for shares in point) for point in found]
    assert best not in found


def test_shares_of_one_leave_the_rest_in_proportion() -> None:
    assert with_share((0.2, 0.4, 0.4), 0, 0.6) == pytest.approx((0.6, 0.2, 0.2))
    assert with_share((1.0, 0.0), 0, 0.4) == pytest.approx((0.4, 0.6))
    assert alone(3, 1, 0.4) == (0.0, 0.4, 0.0)


def test_the_first_guess_fills_the_dearest_places_and_splits_what_nobody_can_use() -> None:
    levels = (0.25, 0.5, 1.0)
    curves = np.array([[2.0, 2.0, 2.0], [1.0, 2.0, 2.0], [0.0, 0.0, 0.0]])
    guess = first_guess(curves, levels)
    assert sum(guess) == pytest.approx(1.0)
    assert guess == pytest.approx((0.25 + 1 / 12, 0.5 + 1 / 12, 1 / 12))


def test_equal_parts_are_of_levers_only() -> None:
    blocks = (Block(LEVERS, "m", ("a", "b"), (0.9, 0.0)), Block(PLACES, "", ("x", "y"), (0.8, 0.2)))
    assert equal_of(blocks) == ((0.5, 0.5), (0.8, 0.2))
