"""How a household's quarter opens and closes."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import Shock
from sim.dynamics import income, shocks
from sim.kit.compiling import stage
from sim.kit.maths import f4_uniform

f4 = np.float32
i4 = np.int32

BIRTH, DEATH, STORM = int(Shock.BIRTH), int(Shock.DEATH), int(Shock.STORM)


@stage
def open_quarter(who, tally, aid, flows, record, c, w, s, p, quarter, rows, n):
    """Clear the last quarter's flags; a common shock reaches some of the commune's households.

    In the first quarter births and deaths of 1 January stay on record. Money from abroad that lasting income counts on is
    noted before anybody moves.
    """
    cell, loss, hit, words = who.cell[rows], flows.storm_loss[rows], record.shocks[rows], s.words[0]
    common, exposed, kept = c.covariate_loss, p.covariate_exposed, BIRTH | DEATH if quarter == 0 else 0
    for i in range(n):
        loss[i] = shocks.own_storm_loss(common[cell[i]], f4_uniform(words[i]) < exposed)
    for i in range(n):
        hit[i] = (hit[i] & kept) | (STORM if loss[i] > f4(0.0) else 0)
    home, abroad, counted = tally.members_at_home[rows], tally.abroad[rows], tally.members_counted[rows]
    remittance, relied, price_level = aid.remittance[rows], s.relied, w.price_level
    for i in range(n):
        relied[i] = income.sent_home(remittance[i], home[i], abroad[i], counted[i]) * price_level


@stage
def close_quarter(tally, flows, record, quarter, rows, n):
    """Income per head of the quarter takes its place among the last four."""
    own, wages, kin = flows.own_income[rows], flows.wage_income[rows], flows.remittance_income[rows]
    transfer, counted, year = flows.transfer_income[rows], tally.members_counted[rows], record.income_per_head[rows]
    newest = record.income_by_quarter[quarter, rows]
    q0, q1 = record.income_by_quarter[0, rows], record.income_by_quarter[1, rows]
    q2, q3 = record.income_by_quarter[2, rows], record.income_by_quarter[3, rows]
    hit, recent = record.shocks[rows], record.recent_shocks[rows]
    for i in range(n):
        newest[i] = income.per_head(own[i] + wages[i] + kin[i] + transfer[i], i4(counted[i]))
        year[i] = f4(0.25) * (((q0[i] + q1[i]) + q2[i]) + q3[i])
        # What hit since the last review, which looked at the end of a third quarter.
        recent[i] = hit[i] | (recent[i] if quarter != 3 else 0)


@stage
def run_down(tally, aid, rows, n):
    """Supports with a term have a quarter less to come; who has come home sends nothing."""
    school, matching, food = aid.school_support[rows], aid.matching[rows], aid.nutrition_support[rows]
    fee, fee_left, remittance, abroad = aid.forest_fee[rows], aid.forest_fee_quarters[rows], aid.remittance[rows], tally.abroad[rows]
    for i in range(n):
        school[i] -= 1 if school[i] > 0 else 0
        matching[i] -= 1 if matching[i] > 0 else 0
        food[i] -= 1 if food[i] > 0 else 0
        fee_left[i] -= 1 if fee_left[i] > 0 else 0
        fee[i] = fee[i] if fee_left[i] > 0 else f4(0.0)
        remittance[i] = remittance[i] if abroad[i] > 0 else f4(0.0)
