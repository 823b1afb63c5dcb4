"""Loan books: what a lender has lent, got back and given up, against what households owe it, in dong by cell."""

from __future__ import annotations

import numpy as np

from sim.kit.calendar import Quarter
from sim.policies.ledger import Account, Ledger


class LoanBook:
    """The loans of one lender. ``balance`` is what is owed by the entries: opening + lent - repaid - written off."""

    def __init__(self, account: Account, ledger: Ledger) -> None:
        self.account, self.ledger = account, ledger
        self.balance = np.zeros(0, dtype=np.int64)

    def open(self, owed: np.ndarray) -> None:
        """What households owe before the first entry."""
        self.balance = owed.copy()

    def lend(self, now: Quarter, dong: np.ndarray) -> None:
        """Book new loans."""
        self._post(now, "lent", dong, 1)

    def repay(self, now: Quarter, dong: np.ndarray) -> None:
        """Book principal that came back."""
        self._post(now, "repaid", dong, -1)

    def write_off(self, now: Quarter, dong: np.ndarray) -> None:
        """Book what will not come back."""
        self._post(now, "written_off", dong, -1)

    def _post(self, now: Quarter, entry: str, dong: np.ndarray, sign: int) -> None:
        self.balance = self.balance + sign * dong
        self.ledger.post(now, self.account, entry, dong)
