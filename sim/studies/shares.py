"""How money is divided: blocks of shares, points among them, and a first guess from what each member brings alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

LEVERS, YEARS, PLACES = "levers", "years", "places"  # what a block divides money over
STEPS = 64  # into which the first guess cuts a block's money
JUMPS = (1, 2, 4, 8, 16, 32)
Point = tuple[tuple[float, ...], ...]  # shares by block, at most one in sum


@dataclass(frozen=True)
class Block:
    """Money that is divided over ``members``; ``label`` says which money, ``today`` are its shares as the plan has them."""

    over: str
    label: str
    members: tuple[str, ...]
    today: tuple[float, ...]
    dong: int = 0


def today_of(blocks: Sequence[Block]) -> Point:
    """The plan's own shares."""
    return tuple(block.today for block in blocks)


def equal_of(blocks: Sequence[Block]) -> Point:
    """Equal shares over levers; years and places as they are."""
    return tuple(_equal(block) if block.over == LEVERS else whole(block.today) for block in blocks)


def _equal(block: Block) -> tuple[float, ...]:
    return (1.0 / len(block.members),) * len(block.members)


def whole(shares: Sequence[float]) -> tuple[float, ...]:
    """The same proportions, adding up to one; equal where there is nothing to go by."""
    total = sum(shares)
    return tuple(share / total for share in shares) if total > 0 else (1.0 / len(shares),) * len(shares)


def to_coordinates(point: Point) -> list[float]:
    """Coordinates between 0 and 1: roots of shares, the greatest of a block at 0.7, so that an optimiser has room on both sides."""
    found: list[float] = []
    for shares in point:
        most = max(*shares, 1e-9)
        found += [0.7 * sqrt(share / most) for share in shares]
    return found


def from_coordinates(coordinates: Sequence[float], blocks: Sequence[Block]) -> Point:
    """The point at these coordinates, what is below zero taken as zero; each block's shares add up to one."""
    found, at = [], 0
    for block in blocks:
        found.append(whole([max(value, 0.0) ** 2 for value in coordinates[at : at + len(block.members)]]))
        at += len(block.members)
    return tuple(found)


def replaced(point: Point, number: int, shares: Sequence[float]) -> Point:
    """The point with other shares in one block."""
    return (*point[:number], tuple(shares), *point[number + 1 :])


def alone(size: int, member: int, share: float) -> tuple[float, ...]:
    """A block in which one member has a share and the rest is not spent."""
    return tuple(share if other == member else 0.0 for other in range(size))


def with_share(shares: Sequence[float], member: int, share: float) -> tuple[float, ...]:
    """One member's share changed, the others in the proportion they had; in equal parts where they had nothing."""
    others = iter(whole([value for place, value in enumerate(shares) if place != member]))
    return tuple(share if place == member else (1.0 - share) * next(others) for place in range(len(shares)))


def first_guess(curves: np.ndarray, levels: Sequence[float]) -> tuple[float, ...]:
    """Shares that would be best if members added up: each step goes to whom it brings most by its own curve.

    ``curves`` has what each member alone brings at each of ``levels``, shape (members, levels). What nobody can use is
    divided equally.
    """
    grid = np.linspace(0.0, 1.0, STEPS + 1)
    by_step = np.array([np.interp(grid, [0.0, *levels], [0.0, *curve]) for curve in curves])
    taken, left = np.zeros(len(curves), dtype=int), STEPS
    while left:
        gains = [((by_step[m, taken[m] + j] - by_step[m, taken[m]]) / j, -m, -j) for m in range(len(curves)) for j in JUMPS if j <= left]
        gain, member, jump = max(gains)
        if gain <= 0.0:
            break
        taken[-member] += -jump
        left += jump
    return tuple((count + left / len(curves)) / STEPS for count in taken.tolist())
