"""A mix under its other reading is the same scenario with the other delivery: no more and no less."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.engine import Simulation
from sim.policies.readings import other
from tests.verification import small


@pytest.mark.parametrize(("own", "asked"), [("as_delivered", "as_planned"), ("as_planned", "as_delivered")])
def test_the_other_reading_is_the_other_delivery(own: str, asked: str) -> None:
    scenario = replace(small.hoang_kim(), follow_years=1, delivery=own)
    reading = Simulation(small.start(scenario, 2), other("plan", own))
    changed = Simulation(small.start(replace(scenario, delivery=asked), 2), "plan")
    reading.run()
    changed.run()
    assert reading.mix == f"plan.{asked}"
    assert np.array_equal(reading.programme.ledger.rows(), changed.programme.ledger.rows())
    assert small.differing(reading.households, changed.households, changed.households.arrays()) == set()
