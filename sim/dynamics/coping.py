"""Cash: what is left or short after consumption, and what a household does about it.

Short of money it uses savings, sells animals below value, borrows, sells tools, and then goes without.
"""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import rule

f4 = np.float32
i4 = np.int32


@rule
def rounded(amount):
    """Thousand dong, rounded half up: the one place where a flow becomes ledger money."""
    return i4(np.floor(amount + f4(0.5)))


@rule
def principal_due(loan, quarters_left):
    """Principal that falls due this quarter: equal yearly parts, the whole rest at the end of the term."""
    if quarters_left <= 0:
        return loan
    return loan // (quarters_left // 4 + 1) if quarters_left % 4 == 0 else 0


@rule
def interest_due(loan, overdue, rate, p):
    """Interest of a quarter, thousand dong; what is overdue bears the penalty rate."""
    return rounded(f4(0.25) * rate * (f4(loan) + (p.overdue_factor - f4(1.0)) * f4(overdue)))


@rule
def informal_room(consumption, informal_debt, p):
    """What kin and lenders will still lend, thousand dong."""
    return max(rounded(p.informal_credit_limit * consumption) - informal_debt, 0)
