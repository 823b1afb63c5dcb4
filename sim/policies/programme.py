"""The programme of one mix over a run: opens money, chooses households, lets supports arrive, closes the books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.agents.codebook import Standing
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.policies.applicants import Applicants, Moment
from sim.policies.appropriation import Appropriation
from sim.policies.calendar import AS_DELIVERED, Calendar, arrivals
from sim.policies.delivery import carry_out, collect
from sim.policies.ledger import BANK, Account, Ledger
from sim.policies.lever import DONG, Lever, Outcome
from sim.policies.lever_file import KINDS
from sim.policies.luck import Use
from sim.policies.mix import Claim, claims_of
from sim.policies.money import Purse
from sim.policies.offers import Queue, offer


class Programme:
    """What the engine calls: ``open_year``, ``choose``, ``arrive``, ``bank_flows``, ``release``, ``close_year``.

    ``levers`` are those of the run, in an order that fixes their slots in ``due``, ``owed``, ``received`` and
    ``outcome``; a mix without levers (statutory entitlements only) touches no money. ``parameters`` has one row a
    replication. Cells are replication × place.
    """

    def __init__(
        self,
        scenario: Any,
        mix_name: str,
        levers: Mapping[str, Lever] | Sequence[Lever],
        parameters: np.ndarray,
        seed: int,
        places: Sequence[Any],
    ) -> None:
        self.levers: tuple[Lever, ...] = tuple(levers.values() if isinstance(levers, Mapping) else levers)
        self.parameters, self.seed = parameters, seed
        self.claims: tuple[Claim, ...] = claims_of(scenario.mixes[mix_name], self.levers)
        envelopes = [e for e in scenario.money if not e.only or mix_name in e.only] if self.claims else []
        self.appropriation = Appropriation(envelopes, self.claims, [getattr(place, "name", place) for place in places])
        self.calendar = Calendar(getattr(scenario, "delivery", AS_DELIVERED))
        self.begin = Quarter(scenario.first_year, 1) if hasattr(scenario, "first_year") else None
        self.couplings = bool(getattr(getattr(scenario, "structure", None), "couplings", True))
        self.ledger = Ledger()
        self.purse = Purse((), 0, self.ledger)
        self._now = Quarter(2000, 1)
        self._queues: dict[int, Queue] = {}

    # the year

    def open_year(self, now: Quarter, h: Table, communes: Table) -> None:
        """Take over what is left of the year before and appropriate this year's envelopes to cells."""
        self._begin(now, communes)
        listed = np.bincount(h.cell[h.standing != Standing.NOT_LISTED], minlength=len(communes))
        self.purse.open(now)
        self.appropriation.open(now, self.purse, listed.reshape(-1, len(self.appropriation.place_names)))

    def choose(self, now: Quarter, h: Table, communes: Table) -> None:
        """Offer each lever of the mix to the list in force, contract with those served, and set when they get it."""
        self._begin(now, communes)
        for claim in self.claims:
            applicants = self._applicants(claim, h, communes)
            free = self.purse.available(claim.slot)
            places = claim.lever.places(communes, claim.options, now)
            h.outcome[claim.slot], queue = offer(claim.lever, applicants, claim.priority, free.sum(axis=0), places)
            self._queues[claim.slot] = queue
            if queue.served.any():
                self._contract(claim, applicants, queue, free)

    def arrive(self, now: Quarter, h: Table, communes: Table) -> bool:
        """What is due reaches its households: effects happen, they pay their part, public money is paid.

        Returns whether anything arrived, so that tallies must be taken again.
        """
        self._begin(now, communes)
        arrived = False
        for claim in self.claims:
            due = h.due[claim.slot]
            falls_due = (due > 0) & (due <= now.number)
            if falls_due.any():
                self._deliver(claim, h, communes, np.flatnonzero(falls_due))
                arrived = True
        return arrived

    def close_year(self, now: Quarter, h: Table, communes: Table) -> None:
        """End contracts that were not carried out in time, carry over what is promised, return what is free.

        Free money of the year goes over too while the plan has money, and so a choice, in a later year.
        """
        self._begin(now, communes)
        for claim in self.claims:
            lapsed = h.due[claim.slot] == -now.number
            if lapsed.any():
                h.outcome[claim.slot][lapsed] = Outcome.LAPSED
                self._end_contracts(claim.slot, h, lapsed)
        self.purse.close(now, may_choose_again=self.appropriation.last_year > now.year)

    def release(self, h: Table, leaving: np.ndarray, now: Quarter | None = None) -> None:
        """Households of the mask ``leaving`` cease to be: money promised to them is free again, their loans are written off.

        Booked in the quarter ``now``, or in that of the call before.
        """
        self._now = now or self._now
        for claim in self.claims:
            waiting = leaving & (h.due[claim.slot] != 0)
            if waiting.any():
                self._end_contracts(claim.slot, h, waiting)
        self._post_bank("written_off", np.where(leaving, h.loan, 0), h.cell)

    def bank_flows(self, now: Quarter, h: Table, communes: Table) -> None:
        """Book what households paid the policy bank this quarter."""
        self._begin(now, communes)
        self._post_bank("repaid", h.repaid, h.cell)
        self._post_bank("interest", h.interest_paid, h.cell)

    # what others ask

    def queue_of(self, lever: Lever | str) -> Queue | None:
        """The line of a lever's last choice, None if it never chose."""
        key = lever if isinstance(lever, str) else lever.key
        return self._queues.get([one.key for one in self.levers].index(key))

    def last_queue(self, lever: Lever | str) -> np.ndarray:
        """Rank of each household in a lever's last line within its cell, 0 for those not in it: int32, one element for
        each row of the table as it was at that choice; empty if there was none."""
        queue = self.queue_of(lever)
        return np.zeros(0, dtype=np.int32) if queue is None else queue.rank_of_rows()

    # steps

    def _begin(self, now: Quarter, communes: Table) -> None:
        self._now = now
        if self.ledger.cells is None:
            self.ledger.cells = (communes.replication.copy(), communes.place.copy())
            self.purse = self.appropriation.purse(len(communes), self.ledger)

    def _applicants(self, claim: Claim, h: Table, communes: Table) -> Applicants:
        moment = Moment(self._now, self.seed, self.parameters, len(self.appropriation.place_names), self.couplings, self.begin)
        return Applicants(h, communes, moment, claim)

    def _contract(self, claim: Claim, applicants: Applicants, queue: Queue, free: np.ndarray) -> None:
        """Promise the money, and set for each household served what it is owed and when it comes."""
        h, communes, year = applicants.households, applicants.communes, self._now.year
        rows, cell, cost, spent = (part[queue.served] for part in (queue.rows, queue.cell, queue.cost, queue.spent))
        self.purse.promise(self._now, claim.slot, self._by_cell(cost, cell))
        h.owed[claim.slot, rows] = cost.astype(np.int32)
        kind = self._kind_of_money(claim.slot, spent, cell, free)
        place_in_year = applicants[rows].draw(Use.LATENESS)
        for number in np.unique(kind):
            some = kind == number
            first_after = claim.lever.file.first_quarter_after
            quarters, shares = self.calendar.cumulative(applicants.moment, communes, KINDS[number], first_after)
            # What is never carried out ends with the year after: minus that year's last quarter.
            when = np.array([*quarters, -Quarter(year + 1, 4).number])
            h.due[claim.slot, rows[some]] = when[arrivals(place_in_year[some], shares[:, cell[some]])]

    def _kind_of_money(self, slot: int, spent: np.ndarray, cell: np.ndarray, free: np.ndarray) -> np.ndarray:
        """Kind (index into KINDS) of the pot that pays each household, by its place in the line."""
        kinds = np.array([KINDS.index(self.purse.pots[pot].account.kind) for pot in self.purse.of(slot)])
        filled = np.cumsum(free, axis=0)
        which = np.zeros(len(spent), dtype=np.int64)
        for pot in range(len(kinds) - 1):
            which += spent > filled[pot][cell]
        return kinds[which]

    def _deliver(self, claim: Claim, h: Table, communes: Table, rows: np.ndarray) -> None:
        slot, cell = claim.slot, h.cell[rows]
        applicants = self._applicants(claim, h, communes)
        public, own = h.owed[slot, rows].astype(np.int64), self._own_part(claim, applicants[rows])
        for effect in claim.lever.effects(applicants, rows):
            carry_out(h, rows, effect)
        collect(h, rows, own)
        self.purse.pay(self._now, slot, self._by_cell(public, cell))
        self.ledger.post(self._now, Account("people", "contribution", claim.lever.key), "contributed", self._by_cell(own, cell))
        h.received[slot, rows] = self._now.number
        h.due[slot, rows] = 0
        h.owed[slot, rows] = 0

    def _own_part(self, claim: Claim, who: Applicants) -> np.ndarray:
        """Thousand dong that households add; where it is not required, no more than they can find."""
        own = np.asarray(claim.lever.contribution(who, who.support.astype(np.int64))).astype(np.int64)
        return own if claim.lever.contribution_is_required else np.minimum(own, who.means())

    def _end_contracts(self, slot: int, h: Table, which: np.ndarray) -> None:
        self.purse.release(self._now, slot, self._by_cell(h.owed[slot][which], h.cell[which]))
        h.owed[slot][which] = 0
        h.due[slot][which] = 0

    def _post_bank(self, entry: str, amount: np.ndarray, cell: np.ndarray) -> None:
        if amount.any():
            self.ledger.post(self._now, BANK, entry, self._by_cell(amount, cell))

    def _by_cell(self, amount: np.ndarray, cell: np.ndarray) -> np.ndarray:
        """Thousand dong of households added up to dong by cell: int64; exact, since every partial sum is a whole number
        far below 2^53."""
        return np.bincount(cell, weights=amount, minlength=self.purse.cells).astype(np.int64) * DONG
