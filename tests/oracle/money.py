"""Public money of the oracle: pots that a commune holds for a lever, and a ledger of every movement in whole dong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sim.kit.calendar import Quarter
from sim.policies.ledger import UNALLOCATED

DONG = 1000  # in a thousand dong


@dataclass
class Pot:
    """One lever's part of one envelope in one commune (``lever`` UNALLOCATED: nobody's): dong free and dong promised."""

    source: str
    kind: str
    year: int
    lever: str
    free: int = 0
    promised: int = 0


class Ledger:
    """Dong by (replication, year, quarter, place, source, kind, lever, entry)."""

    def __init__(self) -> None:
        self.dong: Counter = Counter()

    def post(self, commune: Any, now: Quarter, source: str, kind: str, lever: str, entry: str, dong: int) -> None:
        """Book a movement; nothing leaves no trace."""
        if dong:
            self.dong[commune.replication, now.year, now.quarter, commune.place, source, kind, lever, entry] += dong


class Purse:
    """The pots of one commune, oldest money first."""

    def __init__(self, commune: Any, ledger: Ledger):
        self.commune, self.ledger = commune, ledger
        self.pots: list[Pot] = []

    def post(self, now: Quarter, pot: Pot, entry: str, dong: int) -> None:
        """Book a movement of a pot."""
        self.ledger.post(self.commune, now, pot.source, pot.kind, pot.lever, entry, dong)

    def open(self, now: Quarter) -> None:
        """What the year before left is carried in."""
        for pot in self.pots:
            self.post(now, pot, "carried_in", pot.free + pot.promised)

    def appropriate(self, now: Quarter, pot: Pot) -> None:
        """This year's money of a pot."""
        self.pots.append(pot)
        self.post(now, pot, "appropriated", pot.free)

    def of(self, lever: str) -> list[Pot]:
        """The pots of a lever."""
        return [pot for pot in self.pots if pot.lever == lever]

    def free(self, lever: str) -> int:
        """Dong that the lever may still promise."""
        return sum(pot.free for pot in self.of(lever))

    def promise(self, now: Quarter, lever: str, dong: int) -> None:
        """Contracted: oldest free money first."""
        for pot in self.of(lever):
            part = min(pot.free, dong)
            pot.free, pot.promised, dong = pot.free - part, pot.promised + part, dong - part
            self.post(now, pot, "contracted", part)
        assert dong == 0, "more was promised than is free"

    def pay(self, now: Quarter, lever: str, dong: int) -> None:
        """Paid out: oldest promised money first."""
        for pot in self.of(lever):
            part = min(pot.promised, dong)
            pot.promised, dong = pot.promised - part, dong - part
            self.post(now, pot, "paid", part)
        assert dong == 0, "more was paid than was promised"

    def release(self, now: Quarter, lever: str, dong: int) -> None:
        """A contract ended unpaid: its money is free again."""
        for pot in self.of(lever):
            part = min(pot.promised, dong)
            pot.promised, pot.free, dong = pot.promised - part, pot.free + part, dong - part
            self.post(now, pot, "released", part)
        assert dong == 0, "more was released than was promised"

    def close(self, now: Quarter, may_choose_again: bool) -> None:
        """End of the year: free money goes back, unless it is of this year and there is another choice; the rest goes over."""
        for pot in self.pots:
            if pot.lever == UNALLOCATED or pot.year != now.year or not may_choose_again:
                self.post(now, pot, "returned", pot.free)
                pot.free = 0
            self.post(now, pot, "carried_out", pot.free + pot.promised)


def cut(amount: int, buyers: list[Any], wishes: dict[str, int]) -> dict[str, int]:
    """An envelope's dong for each of the levers that may use it, and what nobody uses.

    A share is read as the decimal that a person wrote; a lever with a wish in whole dong takes what is there.
    """
    parts: dict[str, int] = {}
    for buyer in buyers:
        share = buyer.allocation.share
        if share is not None:
            parts[buyer.key] = int(amount * Fraction(str(share)))
        else:
            parts[buyer.key] = min(wishes[buyer.key], amount - sum(parts.values()))
            wishes[buyer.key] -= parts[buyer.key]
    return {**parts, UNALLOCATED: amount - sum(parts.values())}


def split(amount: int, weights: list[int]) -> list[int]:
    """Dong for each place: one a unit of weight as often as the amount holds them all, then the rest place by place."""
    if sum(weights) == 0:
        weights = [1] * len(weights)
    rounds, rest = divmod(amount, sum(weights))
    parts = []
    for weight in weights:
        given = min(rest, weight)
        parts.append(rounds * weight + given)
        rest -= given
    return parts
