"""An envelope divided over communes: to the dong, by the criteria stated, only where it belongs."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.policies.division import BY_LISTED, CRITERIA, Division

COMMUNES = [
    SimpleNamespace(name="A", district="X", home=0, poor_district=True),
    SimpleNamespace(name="B", district="X", home=1),
    SimpleNamespace(name="B", district="X", home=1),
    SimpleNamespace(name="C", district="Y", home=2, poor_district=True),
]
COUNTS = {
    "poor": np.array([[10, 30, 0, 60]]),
    "listed": np.array([[20, 40, 40, 100]]),
    "households": np.array([[500, 300, 100, 100]]),
}  # fmt: skip


def parts(amount, place=None, criteria=BY_LISTED, counts=COUNTS):
    return Division(COMMUNES).parts(amount, place, criteria, counts).tolist()


def test_each_criterion():
    assert parts(1000) == [100, 200, 200, 500]
    assert parts(1000, criteria={"poor": 1.0}) == [100, 300, 0, 600]
    assert parts(1000, criteria={"households": 1.0}) == [500, 300, 100, 100]
    assert parts(9000, criteria={"equal": 1.0}) == [3000, 2250, 750, 3000]  # places alike; in B by households


def test_a_formula_is_the_sum_of_its_parts():
    assert parts(10**6, criteria={"poor": 0.6, "households": 0.4}) == [260_000, 300_000, 40_000, 400_000]


def test_money_of_a_district_or_place_stays_there():
    assert parts(1000, "X", {"poor": 1.0}) == [250, 750, 0, 0]
    assert parts(8000, "B") == [0, 4000, 4000, 0]
    assert parts(1000, "C", {"equal": 1.0}) == [0, 0, 0, 1000]
    assert parts(1200, "poor_districts") == [200, 0, 0, 1000]
    with pytest.raises(ValueError):
        parts(1000, "Z")


def test_where_nobody_counts_parts_are_equal_within():
    nobody = {name: np.zeros((1, 4), dtype=np.int64) for name in COUNTS}
    assert parts(900, "X", {"poor": 1.0}, nobody) == [300, 300, 300, 0]


@given(
    amount=st.integers(0, 10**15),
    shares=st.lists(st.integers(0, 100), min_size=4, max_size=4).filter(any),
    poor=st.lists(st.integers(0, 10**5), min_size=4, max_size=4),
    place=st.sampled_from([None, "A", "B", "X", "Y"]),
)
def test_every_dong_is_divided(amount, shares, poor, place):
    criteria = {name: share / sum(shares) for name, share in zip(CRITERIA, shares, strict=True)}
    got = np.array(parts(amount, place, criteria, COUNTS | {"poor": np.array([poor])}))
    assert got.sum() == amount and (got >= 0).all()
