"""The books of one mix in a run: its pots, its ledger, its calendar, and how the money of agents becomes dong of cells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.policies.applicants import Moment
from sim.policies.appropriation import Appropriation
from sim.policies.calendar import Calendar, arrivals
from sim.policies.ledger import BANK, Account, Ledger
from sim.policies.lever import DONG
from sim.policies.loans import LoanBook
from sim.policies.mix import Claim
from sim.policies.money import Purse


class Books:
    """What the desks of all levers share. ``moment`` is the quarter, with its luck and parameters, as levers see it.

    Households' money (``by_cell``) counts ``weight`` times; a commune is one commune whatever the weight.
    """

    def __init__(self, appropriation: Appropriation, calendar: Calendar, moment: Moment) -> None:
        self.appropriation, self.calendar, self.moment = appropriation, calendar, moment
        self.ledger = Ledger()
        self.purse, self.bank = Purse((), 0, self.ledger), LoanBook(BANK, self.ledger)

    @property
    def now(self) -> Quarter:
        """The quarter."""
        return self.moment.now

    @property
    def weight(self) -> int:
        """How many households one agent stands for."""
        return self.moment.weight

    def turn(self, now: Quarter) -> None:
        """Turn to the quarter ``now``."""
        self.moment = replace(self.moment, now=now)

    def begin(self, now: Quarter, communes: Table) -> None:
        """Turn to the quarter ``now``; the first call learns which cells there are."""
        self.turn(now)
        if self.ledger.cells is None:
            self.ledger.cells = (communes.replication.copy(), self.appropriation.division.homes_of(communes))
            self.purse = self.appropriation.purse(len(communes), self.ledger)

    def dong(self, amount: np.ndarray) -> np.ndarray:
        """Thousand dong of agents as dong of the households they stand for."""
        return amount.astype(np.int64) * (DONG * self.weight)

    def by_cell(self, amount: np.ndarray, cell: np.ndarray) -> np.ndarray:
        """Thousand dong of agents added up to dong by cell, each agent as often as it stands for households: int64; exact,
        since every partial sum is a whole number far below 2^53."""
        some = np.flatnonzero(amount != 0)  # few owe or get anything; NumPy finds True four times as fast as other numbers
        return np.bincount(cell[some], weights=amount[some], minlength=self.purse.cells).astype(np.int64) * (DONG * self.weight)

    def layers_of(self, slot: int, spent: np.ndarray, cell: np.ndarray, free: np.ndarray) -> np.ndarray:
        """Layer of the lever's money whose calendar each contract follows: the first by which the dong ``spent`` up to and with
        it are covered. ``free`` is the lever's free money by layer and cell before any of them."""
        return np.minimum((spent > np.cumsum(free, axis=0)[:, cell]).sum(axis=0), len(free) - 1)

    def due(self, claim: Claim, communes: Table, layer: np.ndarray, cell: np.ndarray, place_in_year: np.ndarray) -> np.ndarray:
        """Number of the quarter in which each contract made now is carried out; for one that never is, minus the last quarter in
        which its money may be used: it ends then."""
        due, pots, first_after = np.zeros(len(cell), dtype=np.int64), self.purse.first_of(claim.slot), claim.lever.file.first_quarter_after
        for number in np.unique(layer):
            some, pot = layer == number, pots[number]
            quarters, shares = self.calendar.cumulative(self.moment, communes, pot.account.kind, first_after, pot.goes_over)
            when = np.array([*quarters, -Quarter(self.now.year + pot.goes_over, 4).number])
            due[some] = when[arrivals(place_in_year[some], shares[:, cell[some]])]
        return due

    def post_contribution(self, lever: str, entry: str, dong: np.ndarray) -> None:
        """Book what people put in beside public money, dong by cell."""
        self.ledger.post(self.now, Account("people", "contribution", lever), entry, dong)
