"""Appropriation: the plan's envelopes become pots of levers, and each year's money is split over communes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.policies.calendar import goes_over
from sim.policies.division import BY_LISTED, Counts, Division
from sim.policies.ledger import Account, Ledger, revolving_account
from sim.policies.matching import usable
from sim.policies.mix import Claim, parts_of
from sim.policies.money import NO_SLOT, Pot, Purse, unallocated


class Appropriation:
    """The envelopes that a mix may use, and the pots they are cut into.

    ``envelopes`` have source, kind, year, amount_dong, place (a name, an index, or None for the whole plan) and perhaps
    divide; ``communes`` are those of a replication: names, or records of name, district and home; ``places`` those of the plan.
    """

    def __init__(self, envelopes: Sequence[Any], claims: Sequence[Claim], communes: Sequence[Any], places: Sequence[Any] = ()) -> None:
        self.envelopes, self.claims, self.division = tuple(envelopes), tuple(claims), Division(communes, places)
        self._pot_of: dict[tuple[int, int], int] = {}
        self.pots = tuple(Pot(revolving_account(c.lever.key), 0, c.slot, revolves=True) for c in self.claims if c.revolving)
        for number, envelope in sorted(enumerate(self.envelopes), key=lambda item: item[1].year):
            for claim in buyers_of(envelope, self.claims):
                account = Account(envelope.source, envelope.kind, claim.lever.key)
                self._add(number, claim.slot, Pot(account, envelope.year, claim.slot, _goes_over(envelope)))
            self._add(number, NO_SLOT, Pot(unallocated(envelope.source, envelope.kind), envelope.year, NO_SLOT))

    def stays_free(self, year: int) -> np.ndarray:
        """Mask of the pots whose free money stays at the end of ``year``: money of that year that may go over, as long as the
        plan has money, and so a choice, in a later year, and the lever may still be bought with it then."""
        again = max((envelope.year for envelope in self.envelopes), default=0) > year
        of_year = [again and pot.year == year and pot.goes_over and self._may_buy(pot, year + 1) for pot in self.pots]
        return np.array([stays or pot.revolves for stays, pot in zip(of_year, self.pots, strict=True)], dtype=bool)

    def _may_buy(self, pot: Pot, year: int) -> bool:
        return any(c.slot == pot.slot and c.lever.pays_with(pot.account.kind, pot.account.source, year, c.options) for c in self.claims)

    def purse(self, cells: int, ledger: Ledger) -> Purse:
        """An empty purse with these pots."""
        return Purse(self.pots, cells, ledger)

    @property
    def communes(self) -> int:
        """Communes of a replication."""
        return len(self.division.names)

    def open(self, now: Quarter, purse: Purse, counts: Counts) -> None:
        """Put this year's envelopes into their pots, each divided over its communes by what it is divided by."""
        parts: dict[tuple[int, int], np.ndarray] = {}
        for (number, slot), amount in amounts_of(self.envelopes, self.claims, now.year).items():
            envelope = self.envelopes[number]
            criteria = getattr(envelope, "divide", None) or BY_LISTED
            divide = self.division.settled_parts if getattr(envelope, "settled", False) else self.division.parts
            parts[number, slot] = divide(amount, envelope.place, criteria, counts)
        for key, dong in usable(parts, self.envelopes).items():
            purse.appropriate(now, self._pot_of[key], dong)

    def _add(self, number: int, slot: int, pot: Pot) -> None:
        self._pot_of[number, slot] = len(self.pots)
        self.pots = (*self.pots, pot)


def buyers_of(envelope: Any, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that money of an envelope may pay for."""
    return [claim for claim in claims if claim.lever.pays_with(envelope.kind, envelope.source, envelope.year, claim.options)]


def amounts_of(envelopes: Sequence[Any], claims: Sequence[Claim], year: int) -> dict[tuple[int, int], int]:
    """Whole dong of a year's envelopes by number of the envelope and slot of the lever; what no lever gets under NO_SLOT."""
    wishes = {claim.slot: int(claim.allocation.amount_dong or 0) for claim in claims}
    found: dict[tuple[int, int], int] = {}
    for number, envelope in enumerate(envelopes):
        if envelope.year == year:
            given = getattr(envelope, "parts", None)
            parts = parts_of(int(envelope.amount_dong), buyers_of(envelope, claims), wishes, given)
            found |= {(number, slot): amount for slot, amount in parts.items()}
    return found


def _goes_over(envelope: Any) -> bool:
    """As the plan says of the envelope, else by the rules for money of its kind, source and year."""
    said = envelope.goes_over
    return goes_over(envelope.kind, envelope.source, envelope.year) if said is None else bool(said)
