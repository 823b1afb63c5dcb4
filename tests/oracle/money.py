"""Public money of the oracle: pots that a commune holds for a lever, and a ledger of every movement in whole dong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.policies.ledger import UNALLOCATED

DONG = 1000  # in a thousand dong
Layer = tuple[int, str, bool]  # year, kind and goes_over of pots


@dataclass
class Pot:
    """One lever's part of one envelope in one commune (``lever`` UNALLOCATED: nobody's): dong free and dong promised."""

    source: str
    kind: str
    year: int
    lever: str
    goes_over: bool
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

    def layers(self, lever: str) -> dict[Layer, list[Pot]]:
        """The lever's pots of one year and kind together: they pay side by side, each in proportion to what it has."""
        found: dict[Layer, list[Pot]] = {}
        for pot in self.pots:
            if pot.lever == lever:
                found.setdefault((pot.year, pot.kind, pot.goes_over), []).append(pot)
        return found

    def free(self, lever: str) -> dict[Layer, int]:
        """Dong that the lever may still promise, oldest money first."""
        return {layer: sum(pot.free for pot in pots) for layer, pots in self.layers(lever).items()}

    def move(self, now: Quarter, lever: str, parts: dict[Layer, int], entry: str) -> None:
        """Contracted: free money is promised; released: promised money is free again; paid: promised money is gone."""
        source, target = {"contracted": ("free", "promised"), "released": ("promised", "free"), "paid": ("promised", None)}[entry]
        for layer, pots in self.layers(lever).items():
            held = [getattr(pot, source) for pot in pots]
            for pot, dong in zip(pots, in_proportion(parts.get(layer, 0), held), strict=True):
                setattr(pot, source, getattr(pot, source) - dong)
                if target:
                    setattr(pot, target, getattr(pot, target) + dong)
                self.post(now, pot, entry, dong)

    def close(self, now: Quarter, may_choose_again: bool) -> None:
        """End of the year: free money goes back, unless it is of this year, may go over and there is another choice; the rest goes
        over."""
        for pot in self.pots:
            if pot.lever == UNALLOCATED or pot.year != now.year or not pot.goes_over or not may_choose_again:
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


def in_proportion(wanted: int, held: list[int]) -> list[int]:
    """``wanted`` dong from pots that hold ``held``, in proportion, rounded down; the rest from the first that still have some."""
    taken: list[int] = []
    for amount in held:
        taken.append(min(int(np.floor(np.float64(wanted) * (np.float64(amount) / max(sum(held), 1)))), amount, wanted - sum(taken)))
    for number, amount in enumerate(held):
        taken[number] += min(amount - taken[number], wanted - sum(taken))
    assert sum(taken) == wanted, "money was promised that is not there"
    return taken


def layers_at(spent: int, dong: int, free: dict[Layer, int]) -> dict[Layer, int]:
    """What each layer pays of a contract of ``dong``, with ``spent`` dong contracted up to and with it: money lies layer on layer."""
    parts, filled = {}, 0
    for layer, amount in free.items():
        parts[layer] = max(min(spent, filled + amount) - max(spent - dong, filled), 0)
        filled += amount
    return {layer: part for layer, part in parts.items() if part}
