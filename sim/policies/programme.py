"""The programme of one mix over a run: opens money, chooses whom it serves, lets supports arrive, closes the books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.agents.codebook import Standing
from sim.kit.calendar import Quarter
from sim.kit.cell_sums import sum_by_cell
from sim.kit.columns import Table
from sim.policies.applicants import Moment
from sim.policies.appropriation import Appropriation
from sim.policies.books import Books
from sim.policies.calendar import AS_DELIVERED, Calendar
from sim.policies.commune_desk import CommuneDesk
from sim.policies.household_desk import HouseholdDesk
from sim.policies.ledger import BANK, Ledger
from sim.policies.lever import Lever
from sim.policies.mix import Claim, claims_of
from sim.policies.money import Purse
from sim.policies.offers import Queue
from sim.policies.readings import split


class Programme:
    """What the engine calls: ``open_year``, ``choose``, ``arrive``, ``bank_flows``, ``release``, ``close_year``.

    ``levers`` are those of the run, in an order that fixes their slots in ``due``, ``owed``, ``received`` and
    ``outcome`` of households and communes; a mix without levers (statutory entitlements only) touches no money.
    ``mix_name`` may ask for the other reading of delivery (``plan.as_planned``).
    ``parameters`` has one row a replication. ``places`` are the communes of a replication (see
    ``division.Division``); cells are replication × commune. ``weight`` is how many households an agent
    stands for: costs, places and loans count so often, and the ledger holds the dong of all of them.
    """

    def __init__(
        self,
        scenario: Any,
        mix_name: str,
        levers: Mapping[str, Lever] | Sequence[Lever],
        parameters: np.ndarray,
        seed: int,
        places: Sequence[Any],
        weight: int = 1,
    ) -> None:
        self.levers: tuple[Lever, ...] = tuple(levers.values() if isinstance(levers, Mapping) else levers)
        mix, reading = split(mix_name)
        self.claims: tuple[Claim, ...] = claims_of(scenario.mixes[mix], self.levers)
        envelopes = [e for e in scenario.money if not e.only or mix in e.only] if self.claims else []
        self.appropriation = Appropriation(envelopes, self.claims, places, getattr(scenario, "places", ()))
        couplings = bool(getattr(getattr(scenario, "structure", None), "couplings", True))
        begin = Quarter(scenario.first_year, 1) if hasattr(scenario, "first_year") else None
        moment = Moment(begin or Quarter(2000, 1), seed, parameters, len(places), couplings, begin, weight)
        self.books = Books(self.appropriation, Calendar(reading or getattr(scenario, "delivery", AS_DELIVERED)), moment)
        self.desks: tuple[HouseholdDesk | CommuneDesk, ...] = tuple(self._desk(claim) for claim in self.claims)

    def _desk(self, claim: Claim) -> HouseholdDesk | CommuneDesk:
        return CommuneDesk(self.books, claim) if claim.lever.level == "commune" else HouseholdDesk(self.books, claim)

    @property
    def ledger(self) -> Ledger:
        """The ledger of the run."""
        return self.books.ledger

    @property
    def purse(self) -> Purse:
        """The pots of the run and what they hold."""
        return self.books.purse

    # the year

    def open_year(self, now: Quarter, h: Table, communes: Table) -> None:
        """Take over what is left of the year before and appropriate this year's envelopes to cells."""
        is_first = self.ledger.cells is None
        self.books.begin(now, communes)
        if is_first:
            self._open_loans(h)
        masks = {"poor": h.standing == Standing.POOR, "listed": h.standing != Standing.NOT_LISTED, "households": h.standing >= 0}
        counts = {name: sum_by_cell(mask.view(np.uint8), h.cell, len(communes)) for name, mask in masks.items()}
        self.purse.open(now)
        self.appropriation.open(now, self.purse, {name: count.reshape(-1, self.appropriation.communes) for name, count in counts.items()})

    def _open_loans(self, h: Table) -> None:
        self.books.bank.open(self.books.by_cell(h.loan, h.cell))
        for desk in self.desks:
            if desk.fund:
                desk.fund.open()

    def choose(self, now: Quarter, h: Table, communes: Table) -> None:
        """Offer each lever of the mix to the list in force, contract with those served, and set when they get it."""
        self.books.begin(now, communes)
        for desk in self.desks:
            desk.choose(h, communes)

    def expects(self, now: Quarter, h: Table, communes: Table) -> bool:
        """Whether anything falls due this quarter."""
        self.books.begin(now, communes)
        return any(len(desk.due_now(h, communes)) for desk in self.desks)

    def lend_again(self, now: Quarter, h: Table, communes: Table) -> None:
        """A year after the plan's last: revolving funds go out again, out of what has come back."""
        self.books.begin(now, communes)
        for desk in self.desks:
            if desk.fund:
                desk.choose(h, communes)

    def arrive(self, now: Quarter, h: Table, communes: Table) -> np.ndarray:
        """What is due arrives. Returns the rows of the households it reaches, whose tallies must be taken again."""
        self.books.begin(now, communes)
        return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *[desk.arrive(h, communes) for desk in self.desks]]))

    def close_year(self, now: Quarter, h: Table, communes: Table) -> None:
        """End contracts that were not carried out in time, carry over what the rules let go over, return the rest."""
        self.books.begin(now, communes)
        for desk in self.desks:
            desk.lapse(h, communes)
        self.purse.close(now, self.appropriation.stays_free(now.year))

    def release(self, h: Table, leaving: np.ndarray, now: Quarter | None = None) -> None:
        """Households of the mask ``leaving`` cease to be: money promised to them is free again, their loans are written off.

        Booked in the quarter ``now``, or in that of the call before.
        """
        self.books.turn(now or self.books.now)
        for desk in self.desks:
            desk.release(h, leaving)
        self.books.bank.write_off(self.books.now, self.books.by_cell(np.where(leaving, h.loan, 0), h.cell))

    def bank_flows(self, now: Quarter, h: Table, communes: Table) -> None:
        """Book what households paid the policy bank this quarter, and let what they owe revolving funds come in."""
        self.books.begin(now, communes)
        self.books.bank.repay(now, self.books.by_cell(h.repaid, h.cell))
        self.ledger.post(now, BANK, "interest", self.books.by_cell(h.interest_paid, h.cell))
        for desk in self.desks:
            desk.collect(h, communes)

    # what others ask

    def queue_of(self, lever: Lever | str) -> Queue | None:
        """The line of a lever's last choice, None if it never chose or is for communes."""
        key = lever if isinstance(lever, str) else lever.key
        return next((desk.queue for desk in self.desks if desk.claim.lever.key == key), None)

    def last_queue(self, lever: Lever | str) -> np.ndarray:
        """Rank of each household in a lever's last line within its cell, 0 for those not in it: int32, one element for
        each row of the table as it was at that choice; empty if there was none."""
        queue = self.queue_of(lever)
        return np.zeros(0, dtype=np.int32) if queue is None else queue.rank_of_rows()
