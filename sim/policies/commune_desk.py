"""The desk of one commune lever: each commune uses its own free money of the lever, in one work a choice."""

from __future__ import annotations

import numpy as np

from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.policies.books import Books
from sim.policies.commune_delivery import carry_out
from sim.policies.commune_lever import CommuneApplicants, CommuneLever
from sim.policies.contracts import Contracts, by_layer_and_cell, shares_of_layers
from sim.policies.lever import DONG, Outcome
from sim.policies.luck import Use
from sim.policies.mix import Claim
from sim.policies.offers import conditions_of


class CommuneDesk:
    """Serves communes. Its records are the lever's slot in ``due``, ``owed``, ``received`` and ``outcome`` of their table."""

    queue = None  # communes do not stand in line: each has money of its own
    fund = None

    def __init__(self, books: Books, claim: Claim) -> None:
        self.books, self.claim, self.slot = books, claim, claim.slot
        if not isinstance(claim.lever, CommuneLever):
            raise TypeError(f"lever {claim.lever.key} is for households")
        self.lever: CommuneLever = claim.lever
        self.contracts = Contracts()

    def choose(self, h: Table, communes: Table) -> None:
        """Each commune contracts as much as it can use and has money for, unless that is too little to be of use."""
        books, slot, c = self.books, self.slot, self._applicants(h, communes)
        free = books.purse.available(slot)
        wanted = np.asarray(self.lever.wanted(c)).astype(np.int64)
        amount = np.minimum(wanted, free.sum(axis=0) // DONG)
        enough = amount >= np.maximum(np.asarray(self.lever.least(c)).astype(np.int64), 1)
        outcome = np.where(wanted <= 0, Outcome.DECLINED, np.where(enough, Outcome.SERVED, Outcome.NO_MONEY))
        communes.outcome[slot] = self._sift(c, outcome)
        rows = np.flatnonzero(communes.outcome[slot] == Outcome.SERVED)
        if not len(rows):
            return
        communes.owed[slot, rows] = amount[rows]
        dong = amount[rows] * DONG
        parts = shares_of_layers(free, rows, dong, dong)
        self.contracts.add(rows, rows, parts)
        books.purse.promise(books.now, slot, by_layer_and_cell(parts, rows, free.shape))
        layer = books.layers_of(slot, dong, rows, free)
        communes.due[slot, rows] = books.due(self.claim, communes, layer, rows, c[rows].draw(Use.LATENESS))

    def arrive(self, h: Table, communes: Table) -> np.ndarray:
        """Works that are due are finished: effects happen, people give their part, public money is paid. No household's state
        changes by it at once: no rows."""
        books, slot, rows = self.books, self.slot, self.due_now(h, communes)
        nobody = np.zeros(0, dtype=np.int64)
        if not len(rows):
            return nobody
        c = self._applicants(h, communes)
        public = communes.owed[slot, rows].copy()
        given = np.asarray(self.lever.contribution(c[rows], public)).astype(np.int64)
        for effect in self.lever.effects(c, rows):
            carry_out(communes, rows, effect)
        books.purse.pay(books.now, slot, self._close(communes, rows))
        books.post_contribution(self.lever.key, "given_in_kind", self._dong(given, rows))
        communes.received[slot, rows] = books.now.number
        return nobody

    def due_now(self, h: Table, communes: Table) -> np.ndarray:
        """Communes whose works fall due this quarter: row numbers."""
        due = communes.due[self.slot]
        return np.flatnonzero((due > 0) & (due <= self.books.now.number))

    def collect(self, h: Table, communes: Table) -> None:
        """Works are not repaid."""

    def owed_by_cell(self, h: Table, communes: Table) -> np.ndarray:
        """What is contracted and not yet paid by the records of communes, dong by cell."""
        return communes.owed[self.slot] * DONG

    def lapse(self, h: Table, communes: Table) -> None:
        """End the contracts that were not carried out in time."""
        slot, rows = self.slot, np.flatnonzero(communes.due[self.slot] == -self.books.now.number)
        if len(rows):
            communes.outcome[slot, rows] = Outcome.LAPSED
            self.books.purse.release(self.books.now, slot, self._close(communes, rows))

    def release(self, h: Table, leaving: np.ndarray) -> None:
        """Communes do not leave."""

    def _applicants(self, h: Table, communes: Table) -> CommuneApplicants:
        return CommuneApplicants(communes, h, self.books.moment, self.claim)

    def _sift(self, c: CommuneApplicants, outcome: np.ndarray) -> np.ndarray:
        """The outcomes of communes that may have the support; for the others the first reason why they may not."""
        years = self.books.now.year - (Quarter.from_number(0).year + c.last_received // 4)
        before = (c.last_received > 0) & (years < self.lever.file.no_repeat_years)
        outcome = np.where(before, Outcome.SUPPORTED_BEFORE, outcome)
        outcome = np.where(c.under_contract, Outcome.UNDER_CONTRACT, outcome)
        conditions = conditions_of(self.lever, c)
        for k in range(len(conditions) - 1, -1, -1):
            outcome = np.where(conditions[k][1], outcome, Outcome.CONDITION + k)
        return outcome.astype(np.uint8)

    def _close(self, communes: Table, rows: np.ndarray) -> np.ndarray:
        """Take contracts off the table; what they hold by layer and cell, dong."""
        communes.owed[self.slot, rows] = 0
        communes.due[self.slot, rows] = 0
        purse = self.books.purse
        return self.contracts.take(rows, (len(purse.layers(self.slot)), purse.cells))

    def _dong(self, amount: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Thousand dong of some communes as dong of all cells."""
        dong = np.zeros(self.books.purse.cells, dtype=np.int64)
        dong[rows] = amount * DONG
        return dong
