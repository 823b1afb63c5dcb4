"""The lists and their clocks: what changes on 1 January and every quarter."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import NEVER, Standing
from sim.kit.columns import Table
from sim.law.newly_escaped import left_lately


def turn_lists(h: Table) -> None:
    """On 1 January the review's result comes into force and the clocks of those who left start at 0.

    A household on the poor list has no time since poor (NEVER), one on any list no time since listed.
    Moving from poor to near-poor counts as leaving the poor list.
    """
    before, after = h.standing, h.reviewed
    _turn(h.quarters_since_poor, before == Standing.POOR, after == Standing.POOR)
    _turn(h.quarters_since_listed, before != Standing.NOT_LISTED, after != Standing.NOT_LISTED)
    h.standing[...] = after


def _turn(clock: np.ndarray, was_on: np.ndarray, is_on: np.ndarray) -> None:
    clock[was_on & ~is_on] = 0
    clock[is_on] = NEVER


def tick_clocks(h: Table) -> None:
    """Add a quarter to every running clock; one that ran longer than anybody counts stops below NEVER."""
    for clock in (h.quarters_since_poor, h.quarters_since_listed):
        np.add(clock, clock < NEVER - 1, out=clock)


def newly_escaped(h: Table, when: object) -> np.ndarray:
    """Whether each household left the poor list or all lists so lately that it still counts as newly escaped: bool."""
    return left_lately(np.minimum(h.quarters_since_poor, h.quarters_since_listed), when)
