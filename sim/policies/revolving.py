"""Revolving support: households repay a part of it in cash, and what they repay is the lever's free money again in their commune."""

from __future__ import annotations

import numpy as np

from sim.kit.columns import Table
from sim.policies.applicants import Applicants
from sim.policies.books import Books
from sim.policies.calendar import disbursement
from sim.policies.ledger import revolving_account
from sim.policies.loans import LoanBook
from sim.policies.luck import Use
from sim.policies.mix import Claim


class RevolvingFund:
    """The fund of one lever. Its records are the lever's slots in ``revolving_debt`` and ``received`` of households.

    Repayment begins so many quarters after delivery, in equal instalments out of savings. Some households never pay
    (``revolving_unwilling``, a household's lasting luck); others pay what they can, the rest with the next instalment. What
    is still owed some quarters after the last instalment is written off.
    """

    def __init__(self, books: Books, claim: Claim) -> None:
        self.books, self.slot, self.terms = books, claim.slot, claim.revolving
        self.loans = LoanBook(revolving_account(claim.lever.key), books.ledger)
        self.patience = int(disbursement()["revolving"]["patience_quarters"]["value"])

    def open(self) -> None:
        """The first quarter of a run: nobody owes."""
        self.loans.open(np.zeros(self.books.purse.cells, dtype=np.int64))

    def lend(self, h: Table, rows: np.ndarray, public: np.ndarray) -> None:
        """Households that have just received ``public`` (thousand dong) owe their part of it."""
        owed = np.floor(public * self.terms.share).astype(np.int64)
        h.revolving_debt[self.slot, rows] = owed.astype(np.int32)
        self.loans.lend(self.books.now, self.books.by_cell(owed, h.cell[rows]))

    def collect(self, h: Table, everybody: Applicants) -> None:
        """The quarter's instalments come out of savings into the fund; what is long overdue is given up."""
        debt, now = h.revolving_debt[self.slot], self.books.now
        rows = np.flatnonzero(debt)
        quarters = now.number - h.received[self.slot, rows].astype(np.int64) - self.terms.after_quarters
        rows, quarters = rows[quarters >= 0], quarters[quarters >= 0]
        if not len(rows):
            return
        who = everybody[rows]
        left = np.maximum(self.terms.instalments - quarters, 1)
        due = -(-debt[rows].astype(np.int64) // left)
        pays = who.draw(Use.REPAYMENT, lasting=True) >= who.parameter("revolving_unwilling")
        paid = np.where(pays, np.minimum(due, np.maximum(h.savings[rows].astype(np.int64), 0)), 0)
        h.savings[rows] -= paid.astype(np.int32)
        debt[rows] -= paid.astype(np.int32)
        dong = self.books.by_cell(paid, h.cell[rows])
        self.loans.repay(now, dong)
        self.books.purse.refill(self.slot, dong)
        self._give_up(h, rows[quarters >= self.terms.instalments + self.patience])

    def release(self, h: Table, leaving: np.ndarray) -> None:
        """Households that cease to be no longer owe."""
        self._give_up(h, np.flatnonzero(leaving & (h.revolving_debt[self.slot] != 0)))

    def _give_up(self, h: Table, rows: np.ndarray) -> None:
        if len(rows):
            debt = h.revolving_debt[self.slot]
            self.loans.write_off(self.books.now, self.books.by_cell(debt[rows], h.cell[rows]))
            debt[rows] = 0
