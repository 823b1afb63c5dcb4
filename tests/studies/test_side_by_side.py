"""Mixes that share their first quarters live as each would alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.engine import Simulation
from sim.kit.calendar import Quarter
from tests.verification import small


@pytest.mark.parametrize("signed_in", [1, 2, 4])
def test_mixes_side_by_side_live_as_each_alone(signed_in: int) -> None:
    """Signed before, at and after the quarter in which ways part: every column of every household at the end is the same."""
    scenario = replace(small.hoang_kim(), signed=Quarter(2024, signed_in), follow_years=1)
    mixes, seen = tuple(scenario.mixes), []
    together = Simulation.side_by_side(small.start(scenario, 2), mixes, lambda one: seen.append(one.mix))
    for mix, shared in zip(mixes, together, strict=True):
        shared.run()
        alone = Simulation(small.start(scenario, 2), mix)
        alone.run()
        assert shared.mix == mix and shared.now == alone.now
        assert small.differing(shared.households, alone.households, alone.households.arrays()) == set()
        assert np.array_equal(shared.programme.ledger.rows(), alone.programme.ledger.rows())
        assert all(np.array_equal(shared.communes[name], alone.communes[name]) for name in alone.communes.arrays())
    assert seen == list(mixes)
