"""The queue: strict, ordered, and the same whatever order the rows are in."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kit.calendar import Quarter
from sim.policies.lever import Outcome
from sim.policies.luck import KNOWN_LEVERS, Use, purpose_of
from sim.scenario.shape import Allocation, Mix
from tests.policies.small import SIGNED, communes, households, plan_of, programme, run_year


def chosen(millions: int, order: np.ndarray | None = None, **options) -> set[tuple[int, int]]:
    """(replication, origin) of those chosen for an animal."""
    h, c = households(), communes()
    h = h.take(order) if order is not None else h
    program = programme(plan_of("livelihood_models", millions, **options))
    program.open_year(Quarter(2024, 1), h, c)
    program.choose(SIGNED, h, c)
    served = h.outcome[0] == Outcome.SERVED
    return set(zip(h.replication[served].tolist(), h.origin[served].tolist(), strict=True))


@settings(max_examples=25, deadline=None)
@given(less=st.integers(0, 1_500), more=st.integers(0, 1_500))
def test_more_money_serves_nobody_fewer(less, more):
    assert chosen(less) <= chosen(less + more)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), millions=st.integers(0, 1_500))
def test_shuffled_rows_are_chosen_alike(seed, millions):
    order = np.random.default_rng(seed).permutation(120)
    assert chosen(millions, order) == chosen(millions)


def test_the_line_stops_at_the_first_whom_the_money_does_not_cover():
    h, c = households(replications=1, places=1), communes(1, 1)
    program = programme(plan_of("livelihood_models", 20 * 26 + 25), replications=1, places=1)
    run_year(program, h, c)
    # 20 poor at 26 million; the 21st, near-poor at 23.25, is covered; nobody after it, however cheap
    assert h.young_animals.sum() == 21 and (h.young_animals[h.standing == 2] == 1).all()
    assert (h.outcome[0][(h.standing == 1) & (h.young_animals == 0)] == Outcome.NO_MONEY).all()


def test_the_plans_groups_come_first_among_equals_in_standing():
    h, c = households(replications=1, places=1), communes(1, 1)
    plan = plan_of("livelihood_models", 4 * 26)
    plan.mixes["plan"] = Mix("plan", {"livelihood_models": Allocation(share=1.0, priority=("minority",))})
    run_year(programme(plan, replications=1, places=1), h, c)
    assert h.young_animals.sum() == 4 and (h.minority[h.young_animals == 1] == 1).all() and (h.standing[h.young_animals == 1] == 2).all()


def test_other_levers_change_nobodys_luck():
    h1, h2, c = households(), households(), communes()
    alone = plan_of("livelihood_models", 400)
    both = plan_of("livelihood_models", 400)
    both.mixes["plan"] = Mix("plan", {"vocational_training": Allocation(amount_dong=0), "livelihood_models": Allocation(share=1.0)})
    run_year(programme(alone, overrides={}), h1, c)
    run_year(programme(both, overrides={}), h2, c)
    assert np.array_equal(h1.received[0], h2.received[0]) and np.array_equal(h1.young_animals, h2.young_animals)


def test_a_replication_does_not_depend_on_how_many_there_are():
    few, many = households(replications=1), households(replications=2)
    run_year(programme(plan_of("livelihood_models", 400), replications=1, overrides={}), few, communes(1))
    run_year(programme(plan_of("livelihood_models", 400), replications=2, overrides={}), many, communes(2))
    assert np.array_equal(few.young_animals, many.young_animals[: len(few)])


def test_neighbours_luck_moves_take_up():
    h, c = households(), communes()
    c.confidence[...] = np.where(c.place == 0, 0.2, 1.0)
    run_year(programme(plan_of("livelihood_models", 100_000)), h, c)
    eligible = h.standing > 0
    assert h.young_animals[eligible & (h.cell % 2 == 0)].mean() < 0.5 < h.young_animals[eligible & (h.cell % 2 == 1)].mean()


def test_without_money_everybody_in_line_is_told_so():
    h, c = households(), communes()
    program = programme(plan_of("livelihood_models", 0))
    run_year(program, h, c)
    lever = program.levers[0]
    told = {lever.name_outcome(code, "vi") for code in np.unique(h.outcome[0])}
    assert told == {"hết kinh phí", "thuộc hộ nghèo, cận nghèo hoặc mới thoát nghèo"}


def test_the_reason_is_what_cut_the_line_first():
    for millions, places, reason in ((100_000, 3, Outcome.NO_CAPACITY), (3 * 26, 10, Outcome.NO_MONEY)):
        h, c = households(replications=1, places=1), communes(1, 1)
        run_year(programme(plan_of("livelihood_models", millions, places=places), replications=1, places=1), h, c)
        assert h.young_animals.sum() == 3
        assert set(h.outcome[0][(h.standing > 0) & (h.young_animals == 0)]) == {reason}


def test_draws_of_levers_have_numbers_of_their_own():
    numbers = [purpose_of(lever, use) for lever in (*KNOWN_LEVERS, "a_lever_of_mine") for use in Use]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) >= 250 and max(numbers[:-8]) < 400 and max(numbers) < 2**16
