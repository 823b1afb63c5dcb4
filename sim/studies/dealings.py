"""Dealings of households and communes with levers over a year, read off a simulation at its end."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.measures.dealings import BENEFICIARY, FAMILIES
from sim.policies.lever import Outcome

# How the last offer of a lever ended, by the family of measures that counts it.
ENDED = {
    "no_money": (Outcome.NO_MONEY,),
    "no_capacity": (Outcome.NO_CAPACITY,),
    "declined": (Outcome.DECLINED,),
    "eligible_unserved": (Outcome.NO_MONEY, Outcome.NO_CAPACITY, Outcome.CANNOT_PAY_SHARE, Outcome.LAPSED),
    "wanted": (Outcome.SERVED, Outcome.NO_MONEY, Outcome.NO_CAPACITY, Outcome.CANNOT_PAY_SHARE, Outcome.LAPSED),
}

# The word of each outcome: a look-up instead of comparisons.
_WORD_OF = sum((np.isin(np.arange(256), ENDED[family]) << FAMILIES.index(family) for family in ENDED), np.zeros(256, int)).astype(np.uint8)


def dealings(simulation: Any, year: int) -> dict[str, np.ndarray]:
    """By lever a word a row, a bit a family (``measures.dealings.FAMILIES``): served in the year, and how the year's offer ended;
    of a commune lever those of the household's commune."""
    first = Quarter(year, 1).number
    h, communes = simulation.households, simulation.communes
    words = {}
    for slot, lever in enumerate(simulation.levers):
        if lever.level == "commune":
            words[lever.key] = np.take(_words(communes, slot, first), h.cell)
        else:
            words[lever.key] = _words(h, slot, first)
    return words


def communes_reached(simulation: Any, year: int) -> dict[str, np.ndarray]:
    """Which communes each lever of communes served in the year."""
    first = Quarter(year, 1).number
    received = {lever.key: simulation.communes.received[slot] for slot, lever in enumerate(simulation.levers) if lever.level == "commune"}
    return {key: (quarter >= first) & (quarter < first + 4) for key, quarter in received.items()}


def _words(table: Any, slot: int, first: int) -> np.ndarray:
    """The word of each household or commune, by the quarter of its last support and the outcome of its last offer."""
    received = table.received[slot]
    words: np.ndarray = np.take(_WORD_OF, table.outcome[slot])
    words |= BENEFICIARY * ((received >= first) & (received < first + 4))
    return words
