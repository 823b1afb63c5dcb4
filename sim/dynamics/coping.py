"""Cash: what is left or short after consumption, and what a household does about it.

Short of money it uses savings, sells animals below value, borrows, sells tools, and then goes without.
"""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import Coping
from sim.dynamics import capital
from sim.kit.compiling import rule

f4 = np.float32
i4 = np.int32

SOLD_ANIMAL, SOLD_CAPITAL, BORROWED = int(Coping.SOLD_ANIMAL), int(Coping.SOLD_CAPITAL), int(Coping.BORROWED)
CUT_CONSUMPTION, CUT_SCHOOLING = int(Coping.CUT_CONSUMPTION), int(Coping.CUT_SCHOOLING)


@rule
def rounded(amount):
    """Thousand dong, rounded half up: the one place where a flow becomes ledger money."""
    return i4(np.floor(amount + f4(0.5)))


@rule
def principal_due(loan, quarters_left):
    """Principal that falls due this quarter: equal yearly parts, the whole rest at the end of the term."""
    # A quotient of two such whole numbers, rounded to float64, never reaches the next whole number: the floor is exact.
    part = i4(np.floor(np.float64(loan) / np.float64(max(quarters_left, 0) // 4 + 1)))
    yearly = part if quarters_left & 3 == 0 else i4(0)
    return loan if quarters_left <= 0 else yearly


@rule
def interest_due(loan, overdue, rate, p):
    """Interest of a quarter, thousand dong; what is overdue bears the penalty rate."""
    return rounded(f4(0.25) * rate * (f4(loan) + (p.overdue_factor - f4(1.0)) * f4(overdue)))


@rule
def informal_room(consumption, informal_debt, p):
    """What kin and lenders will still lend, thousand dong."""
    return max(rounded(p.informal_credit_limit * consumption) - informal_debt, 0)


@rule
def most_spent(rest, savings, meant, sent, relied, p):
    """Most that is spent of savings above their ceiling: what came in, and a part of a hoard (from abroad, or a grant).

    While money comes from abroad, what is not meant to be consumed of it is put by, with the hoard.
    """
    fresh = max(rest - savings - (sent - p.remittance_consumed * relied), f4(0.0))
    return fresh + (p.hoard_spent * max(rest - p.savings_ceiling * meant, f4(0.0)) if sent == f4(0.0) else f4(0.0))


@rule
def use_spare(rest, most, meant, debt, tools, own_income, price_level, p):
    """Spare money goes to debts with kin, then tools, then savings up to a ceiling; of the rest up to ``most`` is spent.

    Returns debt paid back, tools bought (prices of the start), savings kept and consumption, for the quarter.
    """
    back = min(debt, rounded(p.informal_repayment * rest))
    rest = rest - f4(back)
    spare = (rest - p.savings_buffer * meant) / price_level
    bought = capital.investment(tools, own_income / price_level, spare, p)
    rest = rest - bought * price_level
    extra = min(max(rest - p.savings_ceiling * meant, f4(0.0)), most)
    return back, bought, rounded(rest - extra), meant + extra


@rule
def sells_animal(short, herd, price, p):
    """Whether a household sells an animal: it has one, and what it lacks is worth it."""
    return (herd > 0) & (short > p.animal_sale_from * p.cow_value * price)


@rule
def animal_brings(young, price, p):
    """What the animal sold in need brings: a young one goes first."""
    return p.cow_value * price * (p.young_animal_value if young > 0 else f4(1.0))


@rule
def tools_sold(short, tools, price, p):
    """Tools sold at a loss, prices of the start: at most a part of them, and not for a trifle."""
    return min(short / price, p.tools_sold_at_most * tools) if short > f4(1.0) else f4(0.0)


@rule
def gone_without(meant, short):
    """Consumption when nobody lends and nothing more is sold."""
    return max(meant - short, f4(0.0)) if short > f4(1.0) else meant


@rule
def ways(sold, lent, sale, short, meant, p):
    """Bits of ``coping``: how the household coped; a large cut of consumption reaches schooling."""
    bits = SOLD_ANIMAL if sold else 0
    bits |= BORROWED if lent > 0 else 0
    bits |= SOLD_CAPITAL if sale > f4(0.0) else 0
    bits |= CUT_CONSUMPTION if short > f4(1.0) else 0
    return bits | (CUT_SCHOOLING if (short > f4(1.0)) & (short > p.schooling_cut_from * meant) else 0)
