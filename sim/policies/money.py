"""Public money: envelopes cut into pots, pots into cells, and every dong followed. The only file that divides money.

A pot is the part of one envelope that one lever may use (or that no lever uses). Each pot holds, for each cell
(replication × place), money that is free and money that is promised to contracts. All whole dong, int64.
Pots of one lever, year and kind form a layer: sources that pay side by side, in proportion to what each of them has.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from sim.kit.calendar import Quarter
from sim.policies.ledger import UNALLOCATED, Account, Ledger

NO_SLOT = -1


@dataclass(frozen=True)
class Pot:
    """A lever's part of one envelope: ``slot`` is the lever's place, NO_SLOT for what no lever uses.

    ``goes_over``: what is not paid by the end of its year may be used in the next one; ``revolves``: households' repayments
    fill it, and it never goes back.
    """

    account: Account
    year: int
    slot: int
    goes_over: bool = True
    revolves: bool = False

    @property
    def layer(self) -> tuple[int, int, str, bool]:
        """What pots that pay side by side have in common."""
        return self.slot, self.year, self.account.kind, self.goes_over


def part_of(amount: int, share: float) -> int:
    """A share of an amount, rounded down to whole dong; the share is read as the decimal a person wrote."""
    return int(amount * Fraction(repr(float(share))))


def proportional_parts(amount: int, weights: np.ndarray) -> np.ndarray:
    """Split ``amount`` in each row of ``weights`` (replications, places) in their proportion, exact to the dong in sum.

    A dong for every unit of weight as often as the amount holds them all; the rest goes a dong a unit, earlier places
    first. So no part lies further from its exact share than its weight in dong, and none falls when the amount grows
    (splitting by largest remainders may take a dong from a place when the whole grows, and with it a household's turn).
    A row without any weight is split evenly.
    """
    weights = weights.astype(np.int64)
    weights = np.where(weights.sum(axis=1, keepdims=True) > 0, weights, 1)
    total = weights.sum(axis=1, keepdims=True)
    before = np.cumsum(weights, axis=1) - weights
    return (amount // total) * weights + np.clip(amount % total - before, 0, weights)


def side_by_side(stock: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Take ``wanted`` (cells,) out of ``stock`` (pots, cells) in proportion to what each pot has; what each pot gave.

    Exact in sum; what rounding leaves comes from earlier pots first. Raises ``ArithmeticError`` if the pots do not hold it:
    money was promised that is not there.
    """
    left, taken = wanted.astype(np.int64), np.zeros_like(stock)
    share = stock / np.maximum(stock.sum(axis=0), 1)
    for pot in range(len(stock)):
        taken[pot] = np.minimum(np.minimum(np.floor(wanted * share[pot]).astype(np.int64), stock[pot]), left)
        left = left - taken[pot]
    for pot in range(len(stock)):
        more = np.minimum(stock[pot] - taken[pot], left)
        taken[pot] += more
        left = left - more
    if left.any():
        raise ArithmeticError(f"{int(left.sum())} dong were asked of pots that do not hold them")
    return taken


def _layers_of(pots: tuple[Pot, ...], slot: int) -> list[list[int]]:
    """Places of the pots of a slot, layer by layer."""
    found: dict[tuple, list[int]] = {}
    for place, pot in enumerate(pots):
        if pot.slot == slot:
            found.setdefault(pot.layer, []).append(place)
    return list(found.values())


class Purse:
    """All pots of a run and what they hold."""

    def __init__(self, pots: tuple[Pot, ...], cells: int, ledger: Ledger) -> None:
        self.pots, self.cells, self.ledger = pots, cells, ledger
        self.free = np.zeros((len(pots), cells), dtype=np.int64)
        self.promised = np.zeros((len(pots), cells), dtype=np.int64)
        self._layers = {slot: _layers_of(pots, slot) for slot in {pot.slot for pot in pots}}

    def layers(self, slot: int) -> list[list[int]]:
        """Places of a lever's pots, those of one layer together, oldest money first."""
        return self._layers.get(slot, [])

    def first_of(self, slot: int) -> list[Pot]:
        """A pot of each layer of a lever, for what all pots of a layer share."""
        return [self.pots[places[0]] for places in self.layers(slot)]

    def available(self, slot: int) -> np.ndarray:
        """Free money of a lever by layer and cell: int64 of shape (its layers, cells)."""
        return np.array([self.free[places].sum(axis=0) for places in self.layers(slot)]).reshape(-1, self.cells)

    def appropriate(self, now: Quarter, pot: int, dong: np.ndarray) -> None:
        """Open this year's money of a pot."""
        self.free[pot] += dong
        self.ledger.post(now, self.pots[pot].account, "appropriated", dong)

    def open(self, now: Quarter) -> None:
        """Take over what the year before left."""
        for pot, entry in enumerate(self.pots):
            self.ledger.post(now, entry.account, "carried_in", self.free[pot] + self.promised[pot])

    def refill(self, slot: int, dong: np.ndarray) -> None:
        """Money that households have repaid is free again in the lever's revolving pot."""
        (pot,) = (place for place, entry in enumerate(self.pots) if entry.slot == slot and entry.revolves)
        self.free[pot] += dong

    def promise(self, now: Quarter, slot: int, dong: np.ndarray) -> None:
        """Contract ``dong`` (layers, cells) of a lever's free money."""
        self._move(now, (self.free, self.promised), slot, dong, "contracted")

    def release(self, now: Quarter, slot: int, dong: np.ndarray) -> None:
        """End promises of ``dong`` (layers, cells) without paying: the money is free again."""
        self._move(now, (self.promised, self.free), slot, dong, "released")

    def pay(self, now: Quarter, slot: int, dong: np.ndarray) -> None:
        """Pay ``dong`` (layers, cells) of what a lever has promised."""
        self._move(now, (self.promised, None), slot, dong, "paid")

    def close(self, now: Quarter, stays_free: np.ndarray) -> None:
        """End of the year: promised money goes over, and free money of the pots of the mask ``stays_free``; the rest goes back."""
        for pot, entry in enumerate(self.pots):
            if not stays_free[pot]:
                self.ledger.post(now, entry.account, "returned", self.free[pot])
                self.free[pot] = 0
            self.ledger.post(now, entry.account, "carried_out", self.free[pot] + self.promised[pot])

    def _move(self, now: Quarter, way: tuple[np.ndarray, np.ndarray | None], slot: int, dong: np.ndarray, entry: str) -> None:
        source, target = way
        for places, wanted in zip(self.layers(slot), dong, strict=True):
            if wanted.any():
                taken = side_by_side(source[places], wanted)
                source[places] -= taken
                if target is not None:
                    target[places] += taken
                for place, amount in zip(places, taken, strict=True):
                    self.ledger.post(now, self.pots[place].account, entry, amount)


def unallocated(source: str, kind: str) -> Account:
    """The account of money that no lever uses."""
    return Account(source, kind, UNALLOCATED)
