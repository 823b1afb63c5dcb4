"""The same luck under every mix: who got nothing from a plan lives the very life it would have lived without one."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kit.columns import Table
from tests.verification import small


def without(h: Table, origins: np.ndarray) -> Table:
    """The households that do not descend from one of these (replication and origin)."""
    return h.take(~np.isin(small.identity(h) >> 16, origins))


PEOPLE = ("job_matching", "labour_export", "education_support", "nutrition", "legal_aid", "social_assistance")


@pytest.mark.parametrize(("delivery", "levers"), [("as_delivered", small.LEVERS), ("as_planned", small.LEVERS), ("as_delivered", PEOPLE)])
def test_a_household_without_support_lives_the_same_life(delivery: str, levers: tuple[str, ...]) -> None:
    """Several levers, couplings off, four years: who got nothing lives the same with and without the plan, bit for bit."""
    scenario = small.plan_of_levers(levers, 600.0, structure=small.uncoupled(), delivery=delivery)
    begun = small.start(scenario, 2)
    plan, none = (small.run_years(begun, mix).households for mix in ("plan", "no_policy"))
    served = np.unique(small.identity(plan)[(plan.received > 0).any(axis=0)] >> 16)
    assert len(served) > 40
    left, right = without(plan, served), without(none, served)
    assert 700 < len(left) < len(plan)
    assert small.differing(left, right) == set()
    assert small.differing(plan, none)
