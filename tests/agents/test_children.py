"""Children under five, counted beside a count one by one."""

from __future__ import annotations

import numpy as np

from sim.agents.children import under_5
from sim.agents.members import get, pack


def test_children_under_five_are_counted() -> None:
    toddler, sick = pack(present=1, age=4, undernourished=0), pack(present=1, age=0, undernourished=1)
    school, gone = pack(present=1, age=5, undernourished=1), pack(present=0, age=2, undernourished=1)
    members = np.array([[toddler, gone, school], [sick, gone, sick], [sick, gone, 0]], dtype=np.int32)
    young, undernourished = under_5(members)
    assert young.tolist() == [3, 0, 1]
    assert undernourished.tolist() == [2, 0, 1]


def test_the_loop_counts_what_the_fields_say() -> None:
    members = np.random.default_rng(1).integers(0, 2**31 - 1, (8, 500)).astype(np.int32)
    child = (get(members, "present") == 1) & (get(members, "age") < 5)
    young, undernourished = under_5(members)
    assert np.array_equal(young, child.sum(axis=0))
    assert np.array_equal(undernourished, (child & (get(members, "undernourished") == 1)).sum(axis=0))
