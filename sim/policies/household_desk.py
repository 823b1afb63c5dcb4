"""The desk of one household lever: offers, contracts, deliveries and their end."""

from __future__ import annotations

import numpy as np

from sim.kit.columns import Table
from sim.policies.applicants import Applicants
from sim.policies.books import Books
from sim.policies.contracts import Contracts, by_layer_and_cell, keys_of, shares_of_layers
from sim.policies.delivery import carry_out, collect
from sim.policies.lever import Outcome
from sim.policies.luck import Use
from sim.policies.mix import Claim
from sim.policies.offers import Queue, offer
from sim.policies.own_part import own_part
from sim.policies.revolving import RevolvingFund


class HouseholdDesk:
    """Serves households. Its records are the lever's slot in ``due``, ``owed``, ``received`` and ``outcome`` of their table."""

    def __init__(self, books: Books, claim: Claim) -> None:
        self.books, self.claim, self.slot = books, claim, claim.slot
        self.queue: Queue | None = None
        self.contracts = Contracts()
        self.fund = RevolvingFund(books, claim) if claim.revolving else None

    def choose(self, h: Table, communes: Table) -> None:
        """Offer the lever to the list in force, contract with those served, and set when they get it."""
        applicants, lever = self.applicants(h, communes), self.claim.lever
        free = self.books.purse.available(self.slot)
        places = lever.places(communes, self.claim.options, self.books.now)
        if places is not None:
            places = places * self.books.appropriation.division.parts_of(communes)  # a cell of a sample is several communes
        h.outcome[self.slot], self.queue = offer(lever, applicants, self.claim.priority, free.sum(axis=0), places)
        if self.queue.served.any():
            self._contract(applicants, self.queue, free)

    def arrive(self, h: Table, communes: Table) -> np.ndarray:
        """What is due reaches its households: effects happen, they pay their part, public money is paid. Rows of the households."""
        rows = self.due_now(h, communes)
        if len(rows):
            self._deliver(self.applicants(h, communes, self._in_credit(h, rows)), rows)
        return rows

    def due_now(self, h: Table, communes: Table) -> np.ndarray:
        """Households whose support falls due this quarter: row numbers."""
        due = h.due[self.slot]
        return np.flatnonzero((due > 0) & (due <= self.books.now.number))

    def collect(self, h: Table, communes: Table) -> None:
        """Revolving support comes back."""
        if self.fund:
            self.fund.collect(h, self.applicants(h, communes))

    def owed_by_cell(self, h: Table, communes: Table) -> np.ndarray:
        """What is contracted and not yet paid by the records of households, dong by cell."""
        return self.books.by_cell(h.owed[self.slot], h.cell)

    def lapse(self, h: Table, communes: Table) -> None:
        """End the contracts that were not carried out in time."""
        lapsed = h.due[self.slot] == -self.books.now.number
        if lapsed.any():
            h.outcome[self.slot][lapsed] = Outcome.LAPSED
            self._end(h, lapsed)

    def release(self, h: Table, leaving: np.ndarray) -> None:
        """Households of the mask ``leaving`` cease to be: money promised to them is free again, nothing is owed to a fund."""
        if self.fund:
            self.fund.release(h, leaving)
        waiting = leaving & (h.due[self.slot] != 0)
        if waiting.any():
            self._end(h, waiting)

    def applicants(self, h: Table, communes: Table, credit: np.ndarray | None = None) -> Applicants:
        """All households as the lever sees them now."""
        return Applicants(h, communes, self.books.moment, self.claim, credit=credit)

    def _in_credit(self, h: Table, rows: np.ndarray) -> np.ndarray:
        """Those of some rows whose contract is paid by credit."""
        pots = self.books.purse.first_of(self.slot)
        layers = np.array([number for number, pot in enumerate(pots) if pot.account.kind == "credit"], dtype=np.int64)
        return rows[self.contracts.paid_from(_keys(h, rows), layers)] if len(layers) else rows[:0]

    def _contract(self, applicants: Applicants, queue: Queue, free: np.ndarray) -> None:
        h, books, slot = applicants.households, self.books, self.slot
        rows, cell, cost, spent = (part[queue.served] for part in (queue.rows, queue.cell, queue.cost, queue.spent))
        parts = shares_of_layers(free, cell, spent, books.dong(cost))
        self.contracts.add(_keys(h, rows), cell, parts)
        books.purse.promise(books.now, slot, by_layer_and_cell(parts, cell, free.shape))
        h.owed[slot, rows] = cost.astype(np.int32)
        layer = books.layers_of(slot, spent, cell, free)
        h.due[slot, rows] = books.due(self.claim, applicants.communes, layer, cell, applicants[rows].draw(Use.LATENESS))

    def _deliver(self, applicants: Applicants, rows: np.ndarray) -> None:
        h, books, slot, lever = applicants.households, self.books, self.slot, self.claim.lever
        own = own_part(lever, applicants[rows])
        public, before = h.owed[slot, rows].astype(np.int64), h.loan[rows].astype(np.int64)
        for effect in lever.effects(applicants, rows):
            carry_out(h, rows, effect)
        books.bank.lend(books.now, books.by_cell(h.loan[rows] - before, h.cell[rows]))
        collect(h, rows, own)
        if self.fund:
            self.fund.lend(h, rows, public)
        books.purse.pay(books.now, slot, self._close(h, rows))
        books.post_contribution(lever.key, "contributed", books.by_cell(own, h.cell[rows]))
        h.received[slot, rows] = books.now.number

    def _end(self, h: Table, which: np.ndarray) -> None:
        self.books.purse.release(self.books.now, self.slot, self._close(h, np.flatnonzero(which)))

    def _close(self, h: Table, rows: np.ndarray) -> np.ndarray:
        """Take contracts off the table; what they hold by layer and cell, dong."""
        h.owed[self.slot, rows] = 0
        h.due[self.slot, rows] = 0
        purse = self.books.purse
        return self.contracts.take(_keys(h, rows), (len(purse.layers(self.slot)), purse.cells))


def _keys(h: Table, rows: np.ndarray) -> np.ndarray:
    return keys_of(h.cell[rows], h.origin[rows], h.branch[rows])
