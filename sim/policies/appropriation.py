"""Appropriation: the plan's envelopes become pots of levers, and each year's money is split over communes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.policies.ledger import Account, Ledger
from sim.policies.mix import Claim, parts_of
from sim.policies.money import NO_SLOT, Pot, Purse, proportional_parts, unallocated


class Appropriation:
    """The envelopes that a mix may use, and the pots they are cut into.

    ``envelopes`` have source, kind, year, amount_dong and place (a name, an index, or None for the whole plan).
    """

    def __init__(self, envelopes: Sequence[Any], claims: Sequence[Claim], place_names: Sequence[str]) -> None:
        self.envelopes, self.claims, self.place_names = tuple(envelopes), tuple(claims), list(place_names)
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

    def open(self, now: Quarter, purse: Purse, listed: np.ndarray) -> None:
        """Put this year's envelopes into their pots.

        ``listed`` are the poor and near-poor households by (replication, place), in whose proportion money of
        the whole plan is split.
        """
        wishes = {claim.slot: int(claim.allocation.amount_dong or 0) for claim in self.claims}
        for number, envelope in enumerate(self.envelopes):
            if envelope.year == now.year:
                for slot, amount in parts_of(int(envelope.amount_dong), self._buyers(envelope), wishes).items():
                    purse.appropriate(now, self._pot_of[number, slot], self._by_cell(amount, envelope.place, listed))

    def _buyers(self, envelope: Any) -> list[Claim]:
        return [claim for claim in self.claims if claim.lever.pays_with(envelope.kind, envelope.source, envelope.year, claim.options)]

    def _add(self, number: int, slot: int, pot: Pot) -> None:
        self._pot_of[number, slot] = len(self.pots)
        self.pots = (*self.pots, pot)

    def _by_cell(self, amount: int, place: Any, listed: np.ndarray) -> np.ndarray:
        """An amount in each cell; the same in every replication as a whole."""
        if place is None:
            return proportional_parts(amount, listed).ravel()
        at = place if isinstance(place, int) else self.place_names.index(place)
        cells = np.zeros(listed.shape, dtype=np.int64)
        cells[:, at] = amount
        return cells.ravel()
