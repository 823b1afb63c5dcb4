"""Who stays on the poor list, and why: the first reason that holds."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from sim.agents.codebook import HOUSEHOLD_COLUMNS, Standing, lever_columns
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.policies.lever import Outcome
from sim.studies.answer import REMAINING
from sim.studies.remainder import Remainder


def test_seven_households() -> None:
    h = Table.zeros((*HOUSEHOLD_COLUMNS, *lever_columns(1)), 7)
    h.standing[...] = Standing.POOR
    h.reviewed[...] = Standing.POOR
    h.cell[...] = [0, 0, 0, 0, 0, 1, 1]
    h.labourless[0] = 1
    h.received[0, 0] = 8096  # helped as well: the first reason counts
    h.standing[1] = Standing.NEAR_POOR
    h.received[0, 2] = 8096
    h.outcome[0, 3] = Outcome.SERVED
    h.reviewed[6] = Standing.NOT_LISTED
    simulation = SimpleNamespace(
        households=h, communes=[0, 1], now=Quarter(2024, 4), yearly=[], levers=[SimpleNamespace(level="household", key="housing")]
    )
    remainder = Remainder(simulation, {2024}, 2)
    simulation.yearly[0](simulation)
    assert dict(zip(REMAINING, remainder.counts[2024][0].tolist(), strict=True)) == {
        "labourless": 1, "came_onto_list": 1, "helped": 1, "promised": 1, "not_eligible": 1,
    }  # fmt: skip
    assert np.array_equal(remainder.counts[2024][1], [0, 0, 0, 0, 1])
    simulation.now = Quarter(2025, 4)
    simulation.yearly[0](simulation)
    assert list(remainder.counts) == [2024]
