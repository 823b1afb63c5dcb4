"""The stages of the whole-array quarter that are written by hand: drawing, counting by commune, the few who are ill, ventures."""

from __future__ import annotations

from typing import Any

import numpy as np

from bench.full.array_maths import RNG, f4_normal
from sim.agents import members as m
from sim.dynamics import coping, income, shocks
from sim.dynamics.member_bits import bits_of

f4 = np.float32
RESPONDS: dict[int, np.ndarray] = {}  # by number of rows: whether a household makes something of a loan, for life


def draw_words(who: Any, words: np.ndarray, k0: Any, k1: Any, moment: Any, rows: slice, n: int) -> None:
    """Four random words for each row."""
    words[:] = RNG.integers(0, 1 << 32, size=words.shape, dtype=np.uint32)


def tell_communes(who: Any, c: Any, s: Any, rows: slice, n: int) -> None:
    """What households did is added to their communes' counters."""
    cell, communes = who.cell[rows], len(c.found)
    for counter, counted in ((c.found, s.found), (c.calves_sold, s.calves_sold), (c.gained, s.gained), (c.lost, s.lost)):
        counter[:] = counter + np.bincount(cell, weights=counted, minlength=communes)


def pay_for_illness(people: Any, w: Any, s: Any, p: Any, slot: int, rows: slice, n: int) -> None:
    """What large illnesses of one slot cost their households."""
    few = np.flatnonzero(s.ill)
    insured = bits_of(people.members[slot, rows][few], m.INSURED, 1)
    s.illness[few] += shocks.illness_cost(f4_normal(few), insured, w.price_level, p)


def earn_at_home(
    who: Any, means: Any, aid: Any, money: Any, flows: Any, c: Any, w: Any, s: Any, p: Any, k0: Any, k1: Any, rows: slice, n: int
) -> None:
    """Own income: production after common losses, the herd, borrowed money at work, forest fees, less interest."""
    grown, venture = means.grown_animals[rows], means.venture[rows]
    produced = s.produced * c.productivity[who.cell[rows]] * (f4(1.0) - flows.storm_loss[rows]) * s.factor
    herd = s.calves_sold * c.calf_price[who.cell[rows]] - grown.astype(f4) * p.feed_cost * w.price_level
    if n not in RESPONDS:
        RESPONDS[n] = RNG.random(n, dtype=f4) < p.responder_share
    gain = np.where(RESPONDS[n], p.venture_return, p.idle_return) * venture
    money.interest_paid[rows] = coping.interest_due(money.loan[rows], money.overdue[rows], money.loan_rate[rows], p)
    fees = income.forest_income(aid.forest_fee[rows], aid.forest_fee_quarters[rows])
    flows.own_income[rows] = produced + herd + gain + fees - money.interest_paid[rows].astype(f4)
