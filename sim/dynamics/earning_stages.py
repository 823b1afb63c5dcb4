"""Earnings of the quarter by source, and the lasting income behind the score."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import Standing
from sim.agents.purposes import Purpose
from sim.dynamics import coping, income
from sim.dynamics.frames import reader
from sim.kit.compiling import rule, stage
from sim.kit.draws import philox
from sim.kit.maths import f4_normal, f4_uniform

f4 = np.float32
i4 = np.int32
u8 = np.uint64

POOR = int(Standing.POOR)
VENTURE = int(Purpose.FIXED_VENTURE)

production_numbers = reader(
    "ProductionNumbers",
    "own_productivity land_elasticity capital_elasticity labour_elasticity land_of_all tools_of_all labour_of_all",
)


@stage
def move_persistent(means, s, p, rows, n):
    """The persistent shock moves on by a quarter."""
    z = means.persistent_shock[rows]
    for i in range(n):
        z[i] = income.next_persistent(z[i], f4_normal(s.words[0, i]), p)


@rule
def support_of(outside_support, w):
    """Pensions and kin's money of the quarter, which keep pace with incomes."""
    return outside_support * w.nominal


@rule
def assistance_of(units, claims, w):
    """Social assistance of a quarter by the law's standard, where the household draws it."""
    return f4(3.0) * w.assistance_standard * units if claims == 1 else f4(0.0)


@stage
def produce(land, means, labour, produced, p, n):
    """Own production of the quarter at ability zero. Few columns and no branch, so that the loop runs eight rows at a time."""
    q = production_numbers(p)
    for i in range(n):
        produced[i] = income.structural_production(land[i], means[i], labour[i], q)


@stage
def make_factor(ability, z, words, factor, p, nominal, n):
    """The household's earning factor this quarter, at current prices and incomes."""
    for i in range(n):
        factor[i] = income.earning_factor(ability[i], z[i], income.passing_shock(f4_normal(words[i]), p)) * nominal


@stage
def make_lasting_factor(ability, z, factor, nominal, n):
    """The earning factor with the passing shock at its mean."""
    for i in range(n):
        factor[i] = income.earning_factor(ability[i], z[i], f4(0.0)) * nominal


@stage
def earn_at_home(who, means, aid, money, flows, c, w, s, p, k0, k1, rows, n):
    """Own income: production after common losses, the herd, borrowed money at work, forest fees, less interest."""
    venture, storm, grown, cell = means.venture[rows], flows.storm_loss[rows], means.grown_animals[rows], who.cell[rows]
    loan, overdue, rate = money.loan[rows], money.overdue[rows], money.loan_rate[rows]
    own, interest = flows.own_income[rows], money.interest_paid[rows]
    origin, branch, replication = who.origin[rows], who.branch[rows], who.replication[rows]
    fee, fee_left = aid.forest_fee[rows], aid.forest_fee_quarters[rows]
    for i in range(n):
        produced = s.produced[i] * c.productivity[cell[i]] * (f4(1.0) - storm[i]) * s.factor[i]
        herd = s.calves_sold[i] * c.calf_price[cell[i]] - f4(grown[i]) * p.feed_cost * w.price_level
        gain = f4(0.0)
        if venture[i] > f4(0.0):
            # Whether a household makes something of a loan is its own for life, so the draw has no date.
            word = philox(u8(origin[i]), u8(branch[i]), u8(replication[i]), u8(VENTURE), k0, k1)[0]
            gain = (p.venture_return if f4_uniform(word) < p.responder_share else p.idle_return) * venture[i]
        interest[i] = coping.interest_due(loan[i], overdue[i], rate[i], p)
        own[i] = produced + herd + gain + income.forest_income(fee[i], fee_left[i]) - f4(interest[i])


@stage
def earn_elsewhere(who, tally, aid, flows, w, s, p, rows, n):
    """Wages, which share the household's earning factor, money of kin and of members abroad, transfers that count or do not."""
    wages, kin, support = flows.wage_income[rows], flows.remittance_income[rows], who.outside_support[rows]
    transfer, uncounted, standing = flows.transfer_income[rows], flows.uncounted_transfers[rows], who.standing[rows]
    home, abroad, counted = tally.members_at_home[rows], tally.abroad[rows], tally.members_counted[rows]
    claims, remittance = aid.claims[rows], aid.remittance[rows]
    for i in range(n):
        wages[i] = f4(3.0) * s.wage[i] * s.factor[i]
        s.sent[i] = income.sent_home(remittance[i], home[i], abroad[i], counted[i]) * w.price_level
        kin[i] = support_of(support[i], w) + s.sent[i]
        assistance = assistance_of(s.assistance[i], claims[i], w)
        power = f4(3.0) * w.electricity if standing[i] == POOR else f4(0.0)
        transfer[i] = assistance * w.assistance_counts + power * w.electricity_counts
        uncounted[i] = assistance + power - transfer[i]


@stage
def sum_means(means, w, s, p, rows, n):
    """Productive means that the score sees: tools, borrowed money at work, animals at their value, mature or not."""
    tools, venture = means.capital[rows], means.venture[rows]
    young, grown = means.young_animals[rows], means.grown_animals[rows]
    for i in range(n):
        s.means[i] = tools[i] + venture[i] / w.price_level + income.animal_value(young[i], grown[i], p)


@stage
def look_ahead(who, tally, aid, record, c, w, s, p, rows, n):
    """Lasting income: what present members, land, means and support give with passing shocks at their mean."""
    cell, support, able = who.cell[rows], who.outside_support[rows], tally.able[rows]
    counted, lasting, labourless = tally.members_counted[rows], record.lasting_income[rows], tally.labourless[rows]
    home, abroad, claims, remittance = tally.members_at_home[rows], tally.abroad[rows], aid.claims[rows], aid.remittance[rows]
    fee, fee_left = aid.forest_fee[rows], aid.forest_fee_quarters[rows]
    for i in range(n):
        earned = (s.produced[i] * c.productivity[cell[i]] + f4(3.0) * s.steady_wage[i]) * s.factor[i]
        kin = support_of(support[i], w) + income.sent_home(remittance[i], home[i], abroad[i], counted[i]) * w.price_level
        assistance = assistance_of(s.assistance[i], claims[i], w) * w.assistance_counts
        total = earned + income.forest_income(fee[i], fee_left[i]) + kin + assistance
        lasting[i] = income.per_head(total, i4(counted[i]))
        labourless[i] = 1 if able[i] == 0 else 0
