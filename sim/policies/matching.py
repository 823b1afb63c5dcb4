"""Matching: money of one source that goes only beside money of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from sim.policies.money import NO_SLOT

Parts = Mapping[tuple[int, int], np.ndarray]  # dong by cell, by number of the envelope and slot of the lever


def usable(parts: Parts, envelopes: Sequence[Any]) -> dict[tuple[int, int], np.ndarray]:
    """The parts of a year's envelopes with what finds no match moved to nobody's part of its envelope.

    An envelope that ``matches`` another source may be used up to its share of that source's money for the same lever,
    kind and cell; one that goes ``only_with`` another source as far as that source's money is its share of it.
    """
    found = {key: dong.copy() for key, dong in parts.items()}
    for (number, slot), dong in parts.items():
        most = _most(parts, envelopes, number, slot)
        if slot != NO_SLOT and most is not None:
            surplus = np.maximum(dong - most, 0)
            found[number, slot] -= surplus
            found[number, NO_SLOT] += surplus
    return found


def _most(parts: Parts, envelopes: Sequence[Any], number: int, slot: int) -> np.ndarray | None:
    """Dong by cell that a lever may use of an envelope; None where it needs no match."""
    bounds = []
    for match, follows in ((envelopes[number].matches, True), (envelopes[number].only_with, False)):
        if match is not None:
            ratio = Fraction(repr(match.share))
            bounds.append(_times(_beside(parts, envelopes, number, slot, match.source), ratio if follows else 1 / ratio))
    return np.minimum.reduce(bounds) if bounds else None


def _beside(parts: Parts, envelopes: Sequence[Any], number: int, slot: int, source: str) -> np.ndarray:
    """Dong by cell that a lever has of another source, of the kind and year of an envelope."""
    kind_and_year = (envelopes[number].kind, envelopes[number].year)
    theirs = [other for other, e in enumerate(envelopes) if e.source == source and (e.kind, e.year) == kind_and_year]
    return sum((parts[other, slot] for other in theirs if (other, slot) in parts), np.zeros_like(parts[number, slot]))


def _times(dong: np.ndarray, ratio: Fraction) -> np.ndarray:
    """A ratio of amounts, rounded down to whole dong; by whole numbers of any size."""
    return np.array([int(amount) * ratio.numerator // ratio.denominator for amount in dong.tolist()], dtype=np.int64)
