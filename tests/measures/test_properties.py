"""What poverty and inequality measures must satisfy, whatever the incomes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures import poverty
from sim.measures.grouping import Grouping
from sim.measures.inequality import gini

incomes = st.lists(st.integers(1, 10_000), min_size=2, max_size=40)


def _one(values) -> tuple[Grouping, np.ndarray, np.ndarray]:
    income = np.array(values, dtype=np.float32)
    return Grouping(np.zeros(len(income), dtype=np.int64), 1, 1, {}), income, np.ones(len(income), dtype=np.int64)


@given(incomes, st.sampled_from([2, 4, 1024]))
def test_gini_does_not_change_with_the_unit_of_money(values, scale) -> None:
    grouping, income, people = _one(values)
    assert gini(grouping, income * scale, people)[0, 0, 0] == pytest.approx(gini(grouping, income, people)[0, 0, 0], abs=1e-12)


@given(incomes)
def test_gini_does_not_change_when_everybody_is_there_twice(values) -> None:
    (one, income, people), (two, twice, both) = _one(values), _one([*values, *values])
    assert gini(two, twice, both)[0, 0, 0] == pytest.approx(gini(one, income, people)[0, 0, 0], abs=1e-9)


@given(incomes)
def test_gini_lies_between_equality_and_one_owner_of_all(values) -> None:
    grouping, income, people = _one(values)
    assert -1e-12 <= gini(grouping, income, people)[0, 0, 0] <= 1 - 1 / len(values) + 1e-12


@pytest.mark.parametrize("n", [1, 2, 10])
def test_gini_of_one_owner_of_all(n: int) -> None:
    grouping, income, people = _one([0.0] * (n - 1) + [7.0])
    assert gini(grouping, income, people)[0, 0, 0] == pytest.approx(1 - 1 / n)


@given(incomes, st.integers(1, 10_000), st.integers(0, 2))
def test_fgt_of_the_whole_is_the_mean_of_its_groups_by_people(values, line, alpha) -> None:
    half = len(values) // 2
    mask = np.arange(len(values)) < half
    income = np.array(values, dtype=np.float32)
    people = np.arange(len(values)) % 5 + 1
    grouping = Grouping(np.zeros(len(values), dtype=np.int64), 1, 1, {"first": mask, "second": ~mask})
    index = poverty.fgt(grouping, income, np.float32(line), people)[alpha][0, 0]
    share = people[mask].sum() / people.sum()
    assert index[0] == pytest.approx(share * index[1] + (1 - share) * index[2], abs=1e-12)


@given(incomes, st.integers(1, 10_000))
def test_fgt_falls_with_alpha_and_watts_is_above_the_gap(values, line) -> None:
    grouping, income, people = _one(values)
    zero, one, two = (index[0, 0, 0] for index in poverty.fgt(grouping, income, np.float32(line), people))
    watts = poverty.watts(grouping, income, np.float32(line), people)[0, 0, 0]
    assert zero >= one >= two >= 0
    assert watts >= one - 1e-9


@given(incomes, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(values, luck) -> None:
    grouping, income, people = _one(values)
    shuffled = list(values)
    luck.shuffle(shuffled)
    _, other, _ = _one(shuffled)
    assert gini(grouping, income, people)[0, 0, 0] == gini(grouping, other, people)[0, 0, 0]
    assert poverty.fgt(grouping, income, np.float32(500), people)[0] == poverty.fgt(grouping, other, np.float32(500), people)[0]


def test_nobody_has_no_rates() -> None:
    grouping = Grouping(np.array([1, 1]), 2, 1, {})
    assert np.isnan(gini(grouping, np.ones(2, np.float32), np.ones(2, np.int64))[0, 0, 0])
    assert np.isnan(poverty.fgt(grouping, np.ones(2), np.float32(1), np.ones(2))[0][0, 0, 0])
