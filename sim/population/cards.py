"""Health-insurance cards that come with a place on the lists."""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.agents.purposes import Purpose
from sim.kit import draws
from sim.kit.columns import Table

CARD = 1000 + 16 * int(Purpose.CARD_OF_LISTED)


def insure_listed(h: Table, rows: np.ndarray, chance: np.ndarray, seed: int) -> None:
    """Members of the given rows get a card with the ``chance`` (by row of the table) that the law's card really reaches them."""
    if not len(rows):
        return
    slots = np.arange(m.SLOTS)[:, None]
    luck = draws.uniform(seed, h.origin[rows], h.branch[rows], h.replication[rows], 0, CARD + slots)
    words = h.members[:, rows]
    reached = ((words & 1) == 1) & (luck < chance[rows])
    h.members[:, rows] = np.where(reached, m.put(words, "insured", 1), words)
