"""Stages of the quarter that work on whole households: common shock, herd, earnings, cash, dwelling, closing."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import Coping, Shock, Standing
from sim.agents.purposes import Purpose
from sim.dynamics import capital, consumption, coping, income, living, shocks
from sim.kit.compiling import rule, stage
from sim.kit.draws import philox
from sim.kit.maths import f4_normal, f4_uniform

f4 = np.float32
i4 = np.int32
u8 = np.uint64

POOR = int(Standing.POOR)
VENTURE = int(Purpose.FIXED_VENTURE)
BIRTH, DEATH = int(Shock.BIRTH), int(Shock.DEATH)
STORM, ANIMAL_DIED, CALF_SOLD = int(Shock.STORM), int(Shock.ANIMAL_DIED), int(Shock.CALF_SOLD)
USED_SAVINGS, MISSED_PAYMENT = int(Coping.USED_SAVINGS), int(Coping.MISSED_PAYMENT)


@stage
def open_quarter(who, flows, record, c, s, p, quarter, rows, n):
    """Clear what the last quarter left in scratch and flags; a common shock reaches some of the commune's households.

    In the first quarter births and deaths of 1 January stay on record.
    """
    for i in range(n):
        s.labour[i], s.wage[i], s.illness[i], s.calves_sold[i] = f4(0.0), f4(0.0), f4(0.0), f4(0.0)
    cell, loss, hit = who.cell[rows], flows.storm_loss[rows], record.shocks[rows]
    for i in range(n):
        exposed = f4_uniform(s.words[0, i]) < p.covariate_exposed
        loss[i] = shocks.own_storm_loss(c.covariate_loss[cell[i]], exposed)
        new_year = hit[i] & (BIRTH | DEATH) if quarter == 0 else 0
        hit[i] = new_year | (STORM if loss[i] > f4(0.0) else 0)


@rule
def heads_lost(u, chance, heads):
    """Animals of a herd that an event of ``chance`` takes, never more than there are."""
    return min(capital.count_from(u, chance, heads), heads)


@stage
def keep_herd(who, means, money, record, c, w, s, p, rows, n):
    """Animals die, are sold early, mature and calve; year-old calves go to market or join the herd."""
    young_, grown_, wait_ = means.young_animals[rows], means.grown_animals[rows], means.quarters_to_calving[rows]
    calves_, skill_, coached_ = means.calves[rows], means.skill[rows], means.coached_quarters[rows]
    savings, cell, hit, land = money.savings[rows], who.cell[rows], record.shocks[rows], who.land[rows]
    for i in range(n):
        young, grown, skill = i4(young_[i]), i4(grown_[i]), skill_[i]
        herd = young + grown
        skill_[i] = capital.next_skill(skill, coached_[i], herd, p)
        if coached_[i] > 0:
            coached_[i] -= 1
        price = f4(0.7) * p.cow_value * w.price_level
        if capital.buys_animal(f4_uniform(s.words[1, i]), herd + i4(calves_[i]), savings[i], price, p):
            savings[i] -= coping.rounded(price)
            young_[i], wait_[i] = 1, 4
            continue
        if (herd == 0) & (calves_[i] == 0):
            continue
        u_death, u_calf = f4_uniform(s.words[1, i]), f4_uniform(s.words[2, i])
        u_sale = f4_uniform(s.words[3, i])
        dead_young = heads_lost(u_death, capital.death_chance(skill, True, p), young)
        dead_grown = heads_lost(f4(1.0) - u_death, capital.death_chance(skill, False, p), grown)
        young, grown = young - dead_young, grown - dead_grown
        if dead_young + dead_grown > 0:
            hit[i] |= ANIMAL_DIED
            c.lost[cell[i]] += 1
        sold = heads_lost(u_sale, p.animal_sale, young)
        young -= sold
        savings[i] += coping.rounded(f4(sold) * price)
        if young > 0:
            wait_[i] -= 1 if wait_[i] > 0 else 0
            if wait_[i] == 0:
                grown, young = grown + young, 0
        ready = capital.calves_of_age(calves_[i], capital.QUARTERS_TO_SALE - 1)
        born = heads_lost(u_calf, capital.calving_chance(skill, herd, p), grown)
        calves_[i] = capital.aged_calves(calves_[i], born)
        if ready > 0:
            room = f4(young + grown) < f4(2.0) + p.herd_room_per_ha * land[i]
            if room & (young == 0) & (f4(1.0) - u_sale < p.keep_calf):
                ready, young = ready - 1, 1
                wait_[i] = 4
            s.calves_sold[i] = f4(ready)
            c.calves_sold[cell[i]] += ready
            if ready > 0:
                hit[i] |= CALF_SOLD
                c.gained[cell[i]] += 1
        young_[i], grown_[i] = young, grown


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
def assistance_of(units, w, p):
    """Social assistance of a quarter by the law's standard, at the share of entitlements that is drawn."""
    return f4(3.0) * w.assistance_standard * units * p.assistance_drawn


@stage
def produce(land, means, labour, produced, p, n):
    """Own production of the quarter at ability zero. Few columns and no branch, so that the loop runs eight rows at a time."""
    for i in range(n):
        produced[i] = income.structural_production(land[i], means[i], labour[i], p)


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
def earn_at_home(who, means, money, flows, c, w, s, p, k0, k1, rows, n):
    """Own income: production after common losses, the herd, borrowed money at work, less interest."""
    venture, storm, grown, cell = means.venture[rows], flows.storm_loss[rows], means.grown_animals[rows], who.cell[rows]
    loan, overdue, rate = money.loan[rows], money.overdue[rows], money.loan_rate[rows]
    own, interest = flows.own_income[rows], money.interest_paid[rows]
    origin, branch, replication = who.origin[rows], who.branch[rows], who.replication[rows]
    for i in range(n):
        produced = s.produced[i] * c.productivity[cell[i]] * (f4(1.0) - storm[i]) * s.factor[i]
        herd = s.calves_sold[i] * c.calf_price[cell[i]] - f4(grown[i]) * p.feed_cost * w.price_level
        gain = f4(0.0)
        if venture[i] > f4(0.0):
            # Whether a household makes something of a loan is its own for life, so the draw has no date.
            word = philox(u8(origin[i]), u8(branch[i]), u8(replication[i]), u8(VENTURE), k0, k1)[0]
            gain = (p.venture_return if f4_uniform(word) < p.responder_share else p.idle_return) * venture[i] * w.price_level
        interest[i] = coping.interest_due(loan[i], overdue[i], rate[i], p)
        own[i] = produced + herd + gain - f4(interest[i])


@stage
def earn_elsewhere(who, flows, w, s, p, rows, n):
    """Wages, which share the household's earning factor, kin's money, and transfers that count or do not."""
    wages, kin, support = flows.wage_income[rows], flows.remittance_income[rows], who.outside_support[rows]
    transfer, uncounted, standing = flows.transfer_income[rows], flows.uncounted_transfers[rows], who.standing[rows]
    for i in range(n):
        wages[i] = f4(3.0) * s.wage[i] * s.factor[i]
        kin[i] = support_of(support[i], w)
        assistance = assistance_of(s.assistance[i], w, p)
        power = f4(3.0) * w.electricity if standing[i] == POOR else f4(0.0)
        transfer[i] = assistance * w.assistance_counts + power * w.electricity_counts
        uncounted[i] = assistance + power - transfer[i]


@rule
def repay(have, keep, due, distressed):
    """Principal paid out of what the household has, keeping ``keep`` back; one in distress pays only if it has plenty."""
    back = keep + keep if distressed else keep
    return min(due, max(coping.rounded(have - back), 0))


@stage
def plan_spending(tally, money, flows, record, w, s, p, rows, n):
    """What the household has in hand this quarter, and what it means to consume of the income that it expects."""
    people, children, lasting = tally.members_counted[rows], tally.children[rows], record.lasting_income[rows]
    own, wages, kin = flows.own_income[rows], flows.wage_income[rows], flows.remittance_income[rows]
    savings, transfer, debt = money.savings[rows], flows.transfer_income[rows], money.informal_debt[rows]
    uncounted, health = flows.uncounted_transfers[rows], flows.health_cost[rows]
    for i in range(n):
        health[i] = s.illness[i]
        heads = max(i4(people[i]), i4(1))
        expected = lasting[i] * f4(3.0) * f4(heads)
        equivalents = consumption.adult_equivalents(heads, children[i])
        s.meant[i] = consumption.desired_consumption(expected, equivalents, w.price_level, p)
        s.have[i] = f4(savings[i]) + own[i] + wages[i] + kin[i] + transfer[i] + uncounted[i] - health[i] - p.informal_interest * f4(debt[i])


@stage
def serve_loans(money, record, s, p, rows, n):
    """Principal that falls due is paid as far as money reaches; what is missing is overdue, and a term may be stretched."""
    loan, left, overdue = money.loan[rows], money.loan_quarters_left[rows], money.overdue[rows]
    repaid, coped = money.repaid[rows], record.coping[rows]
    for i in range(n):
        coped[i] = 0
        repaid[i] = 0
        if loan[i] > 0:
            left[i] -= 1
            due = max(coping.principal_due(loan[i], left[i]), overdue[i])
            distressed = f4_uniform(s.words[3, i]) < p.repayment_distress
            paid = repay(s.have[i], f4(0.6) * s.meant[i], due, distressed)
            overdue[i] = due - paid
            loan[i] -= paid
            repaid[i] = paid
            s.have[i] -= f4(paid)
            coped[i] = MISSED_PAYMENT if overdue[i] > 0 else 0
            if (left[i] <= 0) & (loan[i] > 0):
                left[i] = 4


@stage
def save_or_cope(tally, means, money, flows, record, w, s, p, rows, n):
    """Consumption, then saving and investing what is spare, or coping with what is short."""
    savings, debt, tools, own = money.savings[rows], money.informal_debt[rows], means.capital[rows], flows.own_income[rows]
    venture, young, grown = means.venture[rows], means.young_animals[rows], means.grown_animals[rows]
    consumed, coped, people = flows.consumption[rows], record.coping[rows], tally.members_counted[rows]
    for i in range(n):
        venture[i] *= f4(1.0) - p.venture_wear
        tools[i] = capital.worn_capital(tools[i], p)
        meant, rest = s.meant[i], s.have[i] - s.meant[i]
        if rest >= f4(0.0):
            back, bought, kept, spent = coping.use_spare(rest, meant, debt[i], tools[i], own[i], w.price_level, p)
            debt[i] -= back
            tools[i] += bought
            savings[i] = kept
        else:
            short = -rest
            flags = USED_SAVINGS if savings[i] > 0 else 0
            price = p.forced_sale_price * w.price_level
            sells = coping.sells_animal(short, young[i] + grown[i], price, p)
            got = coping.animal_brings(young[i], price, p) if sells else f4(0.0)
            savings[i] = max(coping.rounded(got - short), 0) if sells else 0
            if sells & (young[i] > 0):
                young[i] -= 1
            elif sells:
                grown[i] -= 1
            short = max(short - got, f4(0.0))
            lent = min(coping.rounded(short), coping.informal_room(meant, debt[i], p))
            debt[i] += lent
            short -= f4(lent)
            sale = coping.tools_sold(short, tools[i], price)
            tools[i] -= sale
            short -= sale * price
            spent = coping.gone_without(meant, short)
            coped[i] |= flags | coping.ways(sells, lent, sale, short, meant)
        consumed[i] = spent / (f4(3.0) * f4(max(i4(people[i]), i4(1))))


@stage
def change_living(who, tally, money, dwelling, record, w, s, p, rows, n):
    """Dwelling and services: by own means, with the times, and what storms and wear take."""
    solid, area, savings = dwelling.solid_parts[rows], dwelling.floor_area_m2[rows], money.savings[rows]
    water, toilet = dwelling.clean_water[rows], dwelling.hygienic_toilet[rows]
    internet, devices = dwelling.internet[rows], dwelling.devices[rows]
    propensity, hit, people = who.propensity[rows], record.shocks[rows], tally.members_at_home[rows]
    for i in range(n):
        # Each word serves two services: its upper bits the one, the lower bits, moved up, the other.
        u_water, u_toilet = f4_uniform(s.words[0, i]), f4_uniform((s.words[0, i] << u8(16)) & u8(0xFFFFFFFF))
        u_internet, u_devices = f4_uniform(s.words[1, i]), f4_uniform((s.words[1, i] << u8(16)) & u8(0xFFFFFFFF))
        pace = propensity[i]
        water[i] = living.next_service(water[i], u_water, living.gain_chance(pace, p.ease_water, p), p.service_loss)
        toilet[i] = living.next_service(toilet[i], u_toilet, living.gain_chance(pace, p.ease_toilet, p), p.service_loss)
        internet[i] = living.next_service(internet[i], u_internet, living.gain_chance(pace, p.ease_internet, p), p.service_loss)
        devices[i] = living.next_service(devices[i], u_devices, living.gain_chance(pace, p.ease_devices, p), p.service_loss)
        u_build, u_wear = f4_uniform(s.words[2, i]), f4_uniform(s.words[3, i])
        parts = i4(solid[i])
        if parts < 3:
            own_means = living.can_build(savings[i], w.price_level, p)
            if own_means | (u_build < living.gain_chance(pace, p.ease_dwelling, p)):
                parts += 1
                savings[i] -= coping.rounded(p.solid_part_cost * w.price_level) if own_means else 0
                area[i] = max(area[i], f4(8.0) * f4(people[i]) if own_means else area[i])
            if ((hit[i] & STORM) != 0) & (u_wear < p.storm_breaks_dwelling):
                parts = max(parts - 1, 0)
        if u_wear > f4(1.0) - p.dwelling_wear:
            parts = max(parts - 1, 0)
        solid[i] = parts


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
def sum_means(means, s, p, rows, n):
    """Productive means that the score sees: tools, borrowed money at work, animals at their value, mature or not."""
    tools, venture = means.capital[rows], means.venture[rows]
    young, grown = means.young_animals[rows], means.grown_animals[rows]
    for i in range(n):
        s.means[i] = tools[i] + venture[i] + income.animal_value(young[i], grown[i], p)


@stage
def look_ahead(who, tally, dwelling, record, c, w, s, p, rows, n):
    """Lasting income: what present members, land, means and dwelling give with passing shocks at their mean."""
    cell, support, able = who.cell[rows], who.outside_support[rows], tally.able[rows]
    solid, devices, internet = dwelling.solid_parts[rows], dwelling.devices[rows], dwelling.internet[rows]
    counted, lasting, labourless = tally.members_counted[rows], record.lasting_income[rows], tally.labourless[rows]
    for i in range(n):
        earned = (s.produced[i] * c.productivity[cell[i]] + f4(3.0) * s.wage[i]) * s.factor[i]
        total = earned + support_of(support[i], w) + assistance_of(s.assistance[i], w, p) * w.assistance_counts
        lasting[i] = income.per_head(total, i4(counted[i])) * income.dwelling_factor(solid[i], devices[i], internet[i], p)
        labourless[i] = 1 if able[i] == 0 else 0
