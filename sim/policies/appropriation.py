"""Appropriation: the plan's envelopes become pots of levers, and each year's money is split over communes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.kit.calendar import Quarter
from sim.policies.division import BY_LISTED, Counts, Division
from sim.policies.ledger import Account, Ledger
from sim.policies.mix import Claim, parts_of
from sim.policies.money import NO_SLOT, Pot, Purse, unallocated


class Appropriation:
    """The envelopes that a mix may use, and the pots they are cut into.

    ``envelopes`` have source, kind, year, amount_dong, place (a name, an index, or None for the whole plan) and perhaps
    divide; ``communes`` are those of a replication: names, or records of name, district and home.
    """

    def __init__(self, envelopes: Sequence[Any], claims: Sequence[Claim], communes: Sequence[Any]) -> None:
        self.envelopes, self.claims, self.division = tuple(envelopes), tuple(claims), Division(communes)
        self.pots: tuple[Pot, ...] = ()
        self._pot_of: dict[tuple[int, int], int] = {}
        for number, envelope in sorted(enumerate(self.envelopes), key=lambda item: item[1].year):
            for claim in self._buyers(envelope):
                self._add(number, claim.slot, Pot(Account(envelope.source, envelope.kind, claim.lever.key), envelope.year, claim.slot))
            self._add(number, NO_SLOT, Pot(unallocated(envelope.source, envelope.kind), envelope.year, NO_SLOT))

    @property
    def last_year(self) -> int:
        """The last year for which the plan has money; 0 without envelopes."""
        return max((envelope.year for envelope in self.envelopes), default=0)

    def purse(self, cells: int, ledger: Ledger) -> Purse:
        """An empty purse with these pots."""
        return Purse(self.pots, cells, ledger)

    @property
    def communes(self) -> int:
        """Communes of a replication."""
        return len(self.division.names)

    def open(self, now: Quarter, purse: Purse, counts: Counts) -> None:
        """Put this year's envelopes into their pots, each divided over its communes by what it is divided by."""
        wishes = {claim.slot: int(claim.allocation.amount_dong or 0) for claim in self.claims}
        for number, envelope in enumerate(self.envelopes):
            if envelope.year == now.year:
                for slot, amount in parts_of(int(envelope.amount_dong), self._buyers(envelope), wishes).items():
                    criteria = getattr(envelope, "divide", None) or BY_LISTED
                    by_cell = self.division.parts(amount, envelope.place, criteria, counts)
                    purse.appropriate(now, self._pot_of[number, slot], by_cell)

    def _buyers(self, envelope: Any) -> list[Claim]:
        return [claim for claim in self.claims if claim.lever.pays_with(envelope.kind, envelope.source, envelope.year, claim.options)]

    def _add(self, number: int, slot: int, pot: Pot) -> None:
        self._pot_of[number, slot] = len(self.pots)
        self.pots = (*self.pots, pot)
