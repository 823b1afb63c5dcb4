"""Cash of the quarter: what is meant to be spent, loans served, the rest saved or the shortfall coped with."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import Coping
from sim.dynamics import capital, consumption, coping
from sim.dynamics.frames import reader
from sim.kit.compiling import rule, stage
from sim.kit.maths import f4_uniform

f4 = np.float32
i4 = np.int32

USED_SAVINGS, MISSED_PAYMENT = int(Coping.USED_SAVINGS), int(Coping.MISSED_PAYMENT)

repaying_numbers = reader("RepayingNumbers", "repayment_distress consumption_kept_back distress_keeps_back")


@rule
def repay(have, meant, due, distressed, p):
    """Principal paid out of what the household has, part of consumption kept back; one in distress pays only if it has plenty."""
    keep = p.consumption_kept_back * meant
    more = p.distress_keeps_back * keep
    back = more if distressed else keep
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
        equivalents = consumption.adult_equivalents(heads, children[i], p)
        settled = max(expected - s.relied[i], f4(0.0))
        s.meant[i] = consumption.desired_consumption(settled, equivalents, w.price_level, p) + p.remittance_consumed * s.relied[i]
        s.have[i] = f4(savings[i]) + own[i] + wages[i] + kin[i] + transfer[i] + uncounted[i] - health[i] - p.informal_interest * f4(debt[i])


@stage
def serve_loans(means, money, record, s, p, rows, n):
    """Principal that falls due is paid as far as money reaches; what is missing is overdue, and a term may be stretched."""
    loan, left, overdue = money.loan[rows], money.loan_quarters_left[rows], money.overdue[rows]
    repaid, coped = money.repaid[rows], record.coping[rows]
    venture = means.venture[rows]
    have, meant, words, q = s.have, s.meant, s.words[3], repaying_numbers(p)
    for i in range(n):
        owes = loan[i] > 0
        quarters = i4(left[i]) - (1 if owes else 0)
        due = max(coping.principal_due(loan[i], quarters), overdue[i]) if owes else 0
        # What the loan put to work is turned into money again to pay it back, as far as it goes.
        released = min(venture[i], f4(due))
        paid = repay(have[i] + released, meant[i], due, f4_uniform(words[i]) < q.repayment_distress, q)
        released = min(released, f4(paid))
        venture[i] -= released
        overdue[i] = due - paid if owes else overdue[i]
        loan[i] -= paid
        repaid[i] = paid
        have[i] += released - f4(paid)
        coped[i] = MISSED_PAYMENT if owes & (overdue[i] > 0) else 0
        left[i] = 4 if (quarters <= 0) & (loan[i] > 0) else quarters


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
            most = coping.most_spent(rest, f4(savings[i]), meant, s.sent[i], s.relied[i], p)
            back, bought, kept, spent = coping.use_spare(rest, most, meant, debt[i], tools[i], own[i], w.price_level, p)
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
            sale = coping.tools_sold(short, tools[i], price, p)
            tools[i] -= sale
            short -= sale * price
            spent = coping.gone_without(meant, short)
            coped[i] |= flags | coping.ways(sells, lent, sale, short, meant, p)
        consumed[i] = spent / (f4(3.0) * f4(max(i4(people[i]), i4(1))))
