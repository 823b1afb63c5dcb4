"""A worker who goes abroad and sends nothing lifts nobody out of poverty for two quarters, and then only by leaving the count."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents import members as m
from sim.agents.members import Work
from sim.kit.calendar import Quarter
from sim.society import Society
from tests.verification import small

# The worker is not missed at home (own production does not depend on hands), falls ill neither here nor there.
UNMISSED = small.MEANS_STILL | small.LIVING_STILL | {"labour_elasticity": 0.0, "early_return": 0.0, "review_error_persistence": 1.0}


@pytest.fixture(scope="module")
def at_home() -> Society:
    """A poor society at its start, where no household's life depends on another's."""
    place = small.place(households=3000, poor=900, near_poor=600)
    return small.start(small.plan([place], parameters=UNMISSED, structure=small.uncoupled())).society


def leaver(society: Society) -> tuple[np.ndarray, np.ndarray]:
    """Slot of somebody in own work whom no indicator misses (over 30, insured, not the head), and which households have one."""
    h = society.households
    words = h.members
    fit = (words & 1 == 1) & (m.get(words, "work") == Work.OWN) & (m.get(words, "searching") == 0) & (m.get(words, "head") == 0)
    fit &= (m.get(words, "age") > 30) & (m.get(words, "age") < 60) & (m.get(words, "insured") == 1) & (m.get(words, "chronic") == 0)
    return fit.argmax(axis=0), fit.any(axis=0) & (h.workers > 2)


def send_abroad(society: Society) -> np.ndarray:
    """Somebody leaves every household that can spare one; they send nothing. Returns which households."""
    slot, can = leaver(society)
    rows = np.flatnonzero(can)
    words = society.households.members
    word = m.put(m.put(words[slot[rows], rows], "work", np.int32(Work.ABROAD)), "quarters_in_state", np.int32(0))
    words[slot[rows], rows] = word
    society.take_stock()
    return can


def live_until_review(society: Society, gone_in: int) -> tuple[Society, Society, np.ndarray]:
    """Two lives to the review of the third quarter, one with departures at the end of quarter ``gone_in`` (0: 1 January)."""
    stay, leave = society.copy(), society.copy()
    gone = send_abroad(leave) if gone_in == 0 else np.zeros(len(society.households), dtype=bool)
    for quarter in (1, 2, 3):
        for one in (stay, leave):
            one.live(Quarter(2024, quarter))
        if quarter == gone_in:
            gone = send_abroad(leave)
    for one in (stay, leave):
        one.review(Quarter(2024, 3))
    return stay, leave, gone


@pytest.mark.parametrize("gone_in", [3, 2, 1])
def test_no_standing_changes_in_the_first_two_quarters(at_home: Society, gone_in: int) -> None:
    """Gone for no more than two quarters at the review, the migrant still counts in the divisor: income a head,
    score and standing of every household are what they would have been."""
    stay, leave, gone = live_until_review(at_home, gone_in)
    assert gone.sum() > 100
    assert (leave.households.members_at_home[gone] == stay.households.members_at_home[gone] - 1).all()
    for name in ("members_counted", "income_per_head", "lasting_income", "score", "deprivations", "reviewed"):
        assert small.differing(stay.households, leave.households, [name]) == set(), name


def test_from_the_third_quarter_on_the_divisor_alone_lifts_households(at_home: Society) -> None:
    """Gone for three quarters, the migrant no longer counts at the review: the same income is shared by fewer, and some leave the lists."""
    stay, leave, gone = live_until_review(at_home, 0)
    h, other = leave.households, stay.households
    assert (h.members_counted[gone] == other.members_counted[gone] - 1).all()
    ratio = h.lasting_income[gone] / other.lasting_income[gone]
    by_divisor = other.members_counted[gone] / h.members_counted[gone]
    assert np.isclose(ratio, by_divisor, rtol=1e-5).mean() > 0.97  # some also spend less and so sell less
    better = (h.reviewed < other.reviewed)[gone]
    assert better.sum() > 0
    same_else = (h.deprivations == other.deprivations) & (h.recent_shocks == other.recent_shocks)
    assert not ((h.reviewed > other.reviewed) & same_else).any()
    assert small.differing(h.take(~gone), other.take(~gone)) == set()
