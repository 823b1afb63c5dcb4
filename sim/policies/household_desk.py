"""The desk of one household lever: offers, contracts, deliveries and their end."""

from __future__ import annotations

import numpy as np

from sim.kit.columns import Table
from sim.policies.applicants import Applicants
from sim.policies.books import Books
from sim.policies.delivery import carry_out, collect
from sim.policies.lever import Outcome
from sim.policies.luck import Use
from sim.policies.mix import Claim
from sim.policies.offers import Queue, offer


class HouseholdDesk:
    """Serves households. Its records are the lever's slot in ``due``, ``owed``, ``received`` and ``outcome`` of their table."""

    def __init__(self, books: Books, claim: Claim) -> None:
        self.books, self.claim, self.slot = books, claim, claim.slot
        self.queue: Queue | None = None

    def choose(self, h: Table, communes: Table) -> None:
        """Offer the lever to the list in force, contract with those served, and set when they get it."""
        applicants, lever = self.applicants(h, communes), self.claim.lever
        free = self.books.purse.available(self.slot)
        places = lever.places(communes, self.claim.options, self.books.now)
        if places is not None:
            places = places * self.books.appropriation.division.within[communes.place]  # a cell of a sample is several communes
        h.outcome[self.slot], self.queue = offer(lever, applicants, self.claim.priority, free.sum(axis=0), places)
        if self.queue.served.any():
            self._contract(applicants, self.queue, free)

    def arrive(self, h: Table, communes: Table) -> bool:
        """What is due reaches its households: effects happen, they pay their part, public money is paid. Whether any was due."""
        rows = self.due_now(h, communes)
        if len(rows):
            self._deliver(self.applicants(h, communes), rows)
        return len(rows) > 0

    def due_now(self, h: Table, communes: Table) -> np.ndarray:
        """Households whose support falls due this quarter: row numbers."""
        due = h.due[self.slot]
        return np.flatnonzero((due > 0) & (due <= self.books.now.number))

    def lapse(self, h: Table, communes: Table) -> None:
        """End the contracts that were not carried out in time."""
        lapsed = h.due[self.slot] == -self.books.now.number
        if lapsed.any():
            h.outcome[self.slot][lapsed] = Outcome.LAPSED
            self._end(h, lapsed)

    def release(self, h: Table, leaving: np.ndarray) -> None:
        """Households of the mask ``leaving`` cease to be: money promised to them is free again."""
        waiting = leaving & (h.due[self.slot] != 0)
        if waiting.any():
            self._end(h, waiting)

    def applicants(self, h: Table, communes: Table) -> Applicants:
        """All households as the lever sees them now."""
        return Applicants(h, communes, self.books.moment, self.claim)

    def _contract(self, applicants: Applicants, queue: Queue, free: np.ndarray) -> None:
        h, books, slot = applicants.households, self.books, self.slot
        rows, cell, cost, spent = (part[queue.served] for part in (queue.rows, queue.cell, queue.cost, queue.spent))
        books.purse.promise(books.now, slot, books.by_cell(cost, cell))
        h.owed[slot, rows] = cost.astype(np.int32)
        kind = books.kinds_of(slot, spent, cell, free)
        h.due[slot, rows] = books.due(self.claim.lever.file, applicants.communes, kind, cell, applicants[rows].draw(Use.LATENESS))

    def _deliver(self, applicants: Applicants, rows: np.ndarray) -> None:
        h, books, slot, lever = applicants.households, self.books, self.slot, self.claim.lever
        cell, public, own = h.cell[rows], h.owed[slot, rows].astype(np.int64), self._own_part(applicants[rows])
        for effect in lever.effects(applicants, rows):
            carry_out(h, rows, effect)
        collect(h, rows, own)
        books.purse.pay(books.now, slot, books.by_cell(public, cell))
        books.post_contribution(lever.key, "contributed", books.by_cell(own, cell))
        h.received[slot, rows] = books.now.number
        h.due[slot, rows] = 0
        h.owed[slot, rows] = 0

    def _own_part(self, who: Applicants) -> np.ndarray:
        """Thousand dong that households add; where it is not required, no more than they can find."""
        lever = self.claim.lever
        own = np.asarray(lever.contribution(who, who.support.astype(np.int64))).astype(np.int64)
        return own if lever.contribution_is_required else np.minimum(own, who.means())

    def _end(self, h: Table, which: np.ndarray) -> None:
        books = self.books
        books.purse.release(books.now, self.slot, books.by_cell(h.owed[self.slot][which], h.cell[which]))
        h.owed[self.slot][which] = 0
        h.due[self.slot][which] = 0
