"""What a household does with its cash: loan service, consumption, then saving and investing, or coping."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents.codebook import Coping
from sim.dynamics import capital, consumption, coping
from tests.oracle.luck import Words

if TYPE_CHECKING:
    from tests.oracle.household import Household

f4 = np.float32


def use_cash(h: Household, luck: Words, counted_on: np.float32) -> None:
    """One quarter's cash from what came in to what was consumed; ``counted_on`` is money from abroad that is expected."""
    p = h.rates
    h.coping = 0
    heads = max(h.members_counted, 1)
    expected = h.lasting_income * f4(3.0) * f4(heads)
    equivalents = consumption.adult_equivalents(heads, h.children, p)
    without = max(expected - counted_on, f4(0.0))  # a part of their own is consumed of money from abroad
    meant = consumption.desired_consumption(without, equivalents, h.times.price_level, p) + p.remittance_consumed * counted_on
    have = serve_loan(h, cash_in_hand(h), meant, luck.chance(3))
    h.venture = h.venture * (f4(1.0) - p.venture_wear)
    h.capital = capital.worn_capital(h.capital, p)
    rest = have - meant
    put_by = h.sent_from_abroad - p.remittance_consumed * counted_on
    consumed = spend_spare(h, rest, put_by, meant) if rest >= f4(0.0) else cope(h, -rest, meant)
    h.consumption = consumed / (f4(3.0) * f4(heads))


def cash_in_hand(h: Household) -> np.float32:
    """Savings and all that came in, less what illness cost and what kin and traders ask for their loans."""
    came_in = f4(h.savings) + h.own_income + h.wage_income + h.remittance_income + h.transfer_income + h.uncounted_transfers
    return came_in - h.health_cost - h.rates.informal_interest * f4(h.informal_debt)


def serve_loan(h: Household, have: np.float32, meant: np.float32, u: np.float32) -> np.float32:
    """Pay principal that falls due, as far as a part of consumption stays (more of it in distress); what is left."""
    h.repaid = 0
    if h.loan <= 0:
        return have
    h.loan_quarters_left -= 1
    due = max(int(coping.principal_due(h.loan, h.loan_quarters_left)), h.overdue)
    keep = h.rates.consumption_kept_back * meant
    if u < h.rates.repayment_distress:
        keep = h.rates.distress_keeps_back * keep
    sold = min(h.venture, f4(due))  # what the loan put to work is turned into money again to pay it back
    h.repaid = min(due, max(int(coping.rounded(have + sold - keep)), 0))
    sold = min(sold, f4(h.repaid))
    h.venture = h.venture - sold
    h.overdue = due - h.repaid
    h.loan -= h.repaid
    if h.overdue > 0:
        h.coping = int(Coping.MISSED_PAYMENT)
    if h.loan_quarters_left <= 0 and h.loan > 0:
        h.loan_quarters_left = 4
    return have + (sold - f4(h.repaid))


def spend_spare(h: Household, rest: np.float32, put_by: np.float32, meant: np.float32) -> np.float32:
    """Spare money: debts to kin first, then tools, then savings up to a ceiling; what came in beyond is consumed, a hoard slowly."""
    p, price_level = h.rates, h.times.price_level
    most = max(rest - f4(h.savings) - put_by, f4(0.0))
    if not h.sent_from_abroad:
        most = most + p.hoard_spent * max(rest - p.savings_ceiling * meant, f4(0.0))
    back = min(h.informal_debt, int(coping.rounded(p.informal_repayment * rest)))
    h.informal_debt -= back
    rest = rest - f4(back)
    spare = (rest - p.savings_buffer * meant) / price_level
    bought = capital.investment(h.capital, h.own_income / price_level, spare, p)
    h.capital = h.capital + bought
    rest = rest - bought * price_level
    extra = min(max(rest - p.savings_ceiling * meant, f4(0.0)), most)
    h.savings = int(coping.rounded(rest - extra))
    return meant + extra


def cope(h: Household, short: np.float32, meant: np.float32) -> np.float32:
    """Money short: savings, then an animal below its value, then kin and lenders, then tools, then going without."""
    p = h.rates
    if h.savings > 0:
        h.coping |= Coping.USED_SAVINGS
    h.savings = 0
    price = p.forced_sale_price * h.times.price_level
    if h.young_animals + h.grown_animals > 0 and short > p.animal_sale_from * p.cow_value * price:
        short = sell_animal(h, short, price)
    lent = min(int(coping.rounded(short)), int(coping.informal_room(meant, h.informal_debt, p)))
    if lent > 0:
        h.coping |= Coping.BORROWED
        h.informal_debt += lent
        short = short - f4(lent)
    if short > f4(1.0):
        h.coping |= Coping.SOLD_CAPITAL
        sale = min(short / price, p.tools_sold_at_most * h.capital)
        h.capital = h.capital - sale
        short = short - sale * price
    if short > f4(1.0):
        h.coping |= Coping.CUT_CONSUMPTION
        if short > p.schooling_cut_from * meant:
            h.coping |= Coping.CUT_SCHOOLING
        return max(meant - short, f4(0.0))
    return meant


def sell_animal(h: Household, short: np.float32, price: np.float32) -> np.float32:
    """Sell one animal, a young one if there is one; what is got beyond the need is kept. Returns what is still short."""
    h.coping |= Coping.SOLD_ANIMAL
    got = h.rates.cow_value * price * (h.rates.young_animal_value if h.young_animals else f4(1.0))
    if h.young_animals:
        h.young_animals -= 1
    else:
        h.grown_animals -= 1
    h.savings = max(int(coping.rounded(got - short)), 0)
    return max(short - got, f4(0.0))
