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
STORM, ANIMAL_DIED, CALF_SOLD = int(Shock.STORM), int(Shock.ANIMAL_DIED), int(Shock.CALF_SOLD)
USED_SAVINGS, MISSED_PAYMENT = int(Coping.USED_SAVINGS), int(Coping.MISSED_PAYMENT)


@stage
def open_quarter(h, c, s, p, lo, n):
    """Clear what the last quarter left in scratch and flags; a common shock reaches some of the commune's households."""
    s.labour[:n] = f4(0.0)
    s.wage[:n] = f4(0.0)
    s.illness[:n] = f4(0.0)
    s.calves_sold[:n] = f4(0.0)
    cell, loss, hit = h.cell[lo : lo + n], h.storm_loss[lo : lo + n], h.shocks[lo : lo + n]
    solid = h.solid_parts[lo : lo + n]
    for i in range(n):
        exposed = f4_uniform(s.words[0, i]) < p.covariate_exposed
        loss[i] = shocks.own_storm_loss(c.covariate_loss[cell[i]], solid[i], exposed)
        hit[i] = STORM if loss[i] > f4(0.0) else 0


@rule
def heads_lost(u, chance, heads):
    """Animals of a herd that an event of ``chance`` takes, never more than there are."""
    return min(capital.count_from(u, chance, heads), heads)


@stage
def keep_herd(h, c, w, s, p, lo, n):
    """Animals die, are sold early, mature and calve; year-old calves go to market or join the herd."""
    young_, grown_, wait_ = h.young_animals[lo : lo + n], h.grown_animals[lo : lo + n], h.quarters_to_calving[lo : lo + n]
    calves_, skill_, coached_ = h.calves[lo : lo + n], h.skill[lo : lo + n], h.coached_quarters[lo : lo + n]
    savings, cell, hit, land = h.savings[lo : lo + n], h.cell[lo : lo + n], h.shocks[lo : lo + n], h.land[lo : lo + n]
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
def move_persistent(h, s, p, lo, n):
    """The persistent shock moves on by a quarter."""
    z = h.persistent_shock[lo : lo + n]
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
def earn_at_home(h, c, w, s, p, k0, k1, lo, n):
    """Own income: production after common losses, the herd, borrowed money at work, less interest."""
    venture, storm, grown, cell = h.venture[lo : lo + n], h.storm_loss[lo : lo + n], h.grown_animals[lo : lo + n], h.cell[lo : lo + n]
    loan, overdue, rate = h.loan[lo : lo + n], h.overdue[lo : lo + n], h.loan_rate[lo : lo + n]
    own, interest, debt = h.own_income[lo : lo + n], h.interest_paid[lo : lo + n], h.informal_debt[lo : lo + n]
    origin, branch, replication = h.origin[lo : lo + n], h.branch[lo : lo + n], h.replication[lo : lo + n]
    for i in range(n):
        produced = s.produced[i] * c.productivity[cell[i]] * (f4(1.0) - storm[i]) * s.factor[i]
        herd = s.calves_sold[i] * c.calf_price[cell[i]] - f4(grown[i]) * p.feed_cost * w.price_level
        gain = f4(0.0)
        if venture[i] > f4(0.0):
            # Whether a household makes something of a loan is its own for life, so the draw has no date.
            word = philox(u8(origin[i]), u8(branch[i]), u8(replication[i]), u8(VENTURE), k0, k1)[0]
            gain = (p.venture_return if f4_uniform(word) < p.responder_share else p.idle_return) * venture[i] * w.price_level
        interest[i] = coping.interest_due(loan[i], overdue[i], rate[i], p)
        own[i] = produced + herd + gain - f4(interest[i]) - p.informal_interest * f4(debt[i])


@stage
def earn_elsewhere(h, w, s, p, lo, n):
    """Wages, which share the household's earning factor, kin's money, and transfers that count or do not."""
    wages, kin, support = h.wage_income[lo : lo + n], h.remittance_income[lo : lo + n], h.outside_support[lo : lo + n]
    transfer, uncounted, standing = h.transfer_income[lo : lo + n], h.uncounted_transfers[lo : lo + n], h.standing[lo : lo + n]
    for i in range(n):
        wages[i] = f4(3.0) * s.wage[i] * s.factor[i]
        kin[i] = support_of(support[i], w)
        assistance = assistance_of(s.assistance[i], w, p)
        transfer[i] = assistance * w.assistance_counts
        power = f4(3.0) * w.electricity if standing[i] == POOR else f4(0.0)
        uncounted[i] = assistance - transfer[i] + power


@rule
def repay(have, keep, due, distressed):
    """Principal paid out of what the household has, keeping ``keep`` back; one in distress pays only if it has plenty."""
    back = keep + keep if distressed else keep
    return min(due, max(coping.rounded(have - back), 0))


@stage
def plan_spending(h, w, s, p, lo, n):
    """What the household has in hand this quarter, and what it means to consume of the income that it expects."""
    people, children, lasting = h.members_counted[lo : lo + n], h.children[lo : lo + n], h.lasting_income[lo : lo + n]
    own, wages, kin = h.own_income[lo : lo + n], h.wage_income[lo : lo + n], h.remittance_income[lo : lo + n]
    savings, transfer = h.savings[lo : lo + n], h.transfer_income[lo : lo + n]
    uncounted, health = h.uncounted_transfers[lo : lo + n], h.health_cost[lo : lo + n]
    for i in range(n):
        health[i] = s.illness[i]
        heads = max(i4(people[i]), i4(1))
        expected = lasting[i] * f4(3.0) * f4(heads)
        equivalents = consumption.adult_equivalents(heads, children[i])
        s.meant[i] = consumption.desired_consumption(expected, equivalents, w.price_level, p)
        s.have[i] = f4(savings[i]) + own[i] + wages[i] + kin[i] + transfer[i] + uncounted[i] - health[i]


@stage
def serve_loans(h, s, p, lo, n):
    """Principal that falls due is paid as far as money reaches; what is missing is overdue, and a term may be stretched."""
    loan, left, overdue = h.loan[lo : lo + n], h.loan_quarters_left[lo : lo + n], h.overdue[lo : lo + n]
    repaid, coped = h.repaid[lo : lo + n], h.coping[lo : lo + n]
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
def save_or_cope(h, w, s, p, lo, n):
    """Consumption, then saving and investing what is spare, or coping with what is short."""
    savings, debt, tools, own = h.savings[lo : lo + n], h.informal_debt[lo : lo + n], h.capital[lo : lo + n], h.own_income[lo : lo + n]
    venture, young, grown = h.venture[lo : lo + n], h.young_animals[lo : lo + n], h.grown_animals[lo : lo + n]
    consumed, coped, people = h.consumption[lo : lo + n], h.coping[lo : lo + n], h.members_counted[lo : lo + n]
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
def change_living(h, w, s, p, lo, n):
    """Dwelling and services: by own means, with the times, and what storms and wear take."""
    solid, area, savings = h.solid_parts[lo : lo + n], h.floor_area_m2[lo : lo + n], h.savings[lo : lo + n]
    water, toilet = h.clean_water[lo : lo + n], h.hygienic_toilet[lo : lo + n]
    internet, devices = h.internet[lo : lo + n], h.devices[lo : lo + n]
    propensity, hit, people = h.propensity[lo : lo + n], h.shocks[lo : lo + n], h.members_at_home[lo : lo + n]
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
def close_quarter(h, quarter, lo, n):
    """Income per head of the quarter takes its place among the last four."""
    own, wages, kin = h.own_income[lo : lo + n], h.wage_income[lo : lo + n], h.remittance_income[lo : lo + n]
    transfer, counted, year = h.transfer_income[lo : lo + n], h.members_counted[lo : lo + n], h.income_per_head[lo : lo + n]
    newest = h.income_by_quarter[quarter, lo : lo + n]
    q0, q1 = h.income_by_quarter[0, lo : lo + n], h.income_by_quarter[1, lo : lo + n]
    q2, q3 = h.income_by_quarter[2, lo : lo + n], h.income_by_quarter[3, lo : lo + n]
    for i in range(n):
        newest[i] = income.per_head(own[i] + wages[i] + kin[i] + transfer[i], i4(counted[i]))
        year[i] = f4(0.25) * (((q0[i] + q1[i]) + q2[i]) + q3[i])


@stage
def sum_means(h, s, p, lo, n):
    """Productive means that the score sees: tools, borrowed money at work, animals at their value, mature or not."""
    tools, venture = h.capital[lo : lo + n], h.venture[lo : lo + n]
    young, grown = h.young_animals[lo : lo + n], h.grown_animals[lo : lo + n]
    for i in range(n):
        s.means[i] = tools[i] + venture[i] + income.animal_value(young[i], grown[i], p)


@stage
def look_ahead(h, c, w, s, p, lo, n):
    """Lasting income: what present members, land, means and dwelling give with passing shocks at their mean."""
    cell, support, able = h.cell[lo : lo + n], h.outside_support[lo : lo + n], h.able[lo : lo + n]
    solid, devices, internet = h.solid_parts[lo : lo + n], h.devices[lo : lo + n], h.internet[lo : lo + n]
    counted, lasting, labourless = h.members_counted[lo : lo + n], h.lasting_income[lo : lo + n], h.labourless[lo : lo + n]
    for i in range(n):
        earned = (s.produced[i] * c.productivity[cell[i]] + f4(3.0) * s.wage[i]) * s.factor[i]
        total = earned + support_of(support[i], w) + assistance_of(s.assistance[i], w, p) * w.assistance_counts
        lasting[i] = income.per_head(total, i4(counted[i])) * income.dwelling_factor(solid[i], devices[i], internet[i], p)
        labourless[i] = 1 if able[i] == 0 else 0
