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
    """By lever a word a row, a bit a family (``measures.dealings.FAMILIES``): served in the year, and how the year's offer ended."""
    first = Quarter(year, 1).number
    words = {}
    for slot, lever in enumerate(simulation.levers):
        received, outcome = _dealings(simulation, lever.level, slot)
        words[lever.key] = np.take(_WORD_OF, outcome)
        words[lever.key] |= BENEFICIARY * ((received >= first) & (received < first + 4))
    return words


def communes_reached(simulation: Any, year: int) -> dict[str, np.ndarray]:
    """Which communes each lever of communes served in the year."""
    first = Quarter(year, 1).number
    received = {lever.key: simulation.communes.received[slot] for slot, lever in enumerate(simulation.levers) if lever.level == "commune"}
    return {key: (quarter >= first) & (quarter < first + 4) for key, quarter in received.items()}


def _dealings(simulation: Any, level: str, slot: int) -> tuple[np.ndarray, np.ndarray]:
    """Quarter of the last support and outcome of the last offer by household; of a commune lever, those of its commune."""
    h, communes = simulation.households, simulation.communes
    if level == "commune":
        return communes.received[slot][h.cell], communes.outcome[slot][h.cell]
    return h.received[slot], h.outcome[slot]
