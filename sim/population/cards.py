"""Health-insurance cards that come with a place on the lists."""

from __future__ import annotations

import numpy as np

from sim.agents import members as m
from sim.agents.purposes import Purpose
from sim.kit import draws
from sim.kit.columns import Table

CARD_FOR_LIFE = 1000 + 16 * int(Purpose.MEMBER_YEAR)  # the very draw of dynamics/family.insured_next, which has no date


def settle_cards(h: Table, rows: np.ndarray, chance: np.ndarray, seed: int, old_from: float) -> None:
    """Members of the listed rows hold a card or not as every 1 January will find: the ``chance`` (by row of the table) is
    that with which the law's card really reaches them, the luck is theirs for life. The small, those ``old_from`` years old,
    pupils and workers with a contract hold one.
    """
    if not len(rows):
        return
    slots = np.arange(m.SLOTS)[:, None]
    luck = draws.bits(seed, h.origin[rows], h.branch[rows], h.replication[rows], 0, CARD_FOR_LIFE + slots)[..., 0]
    share = ((luck >> np.uint32(8)).astype(np.float32) + np.float32(0.5)) * np.float32(2.0**-24)
    words = h.members[:, rows]
    age = m.get(words, "age")
    pupil, contract = (m.get(words, "in_school") == 1) & (age < 18), m.get(words, "work") == m.Work.CONTRACT
    by_law = (age < 6) | (age >= old_from) | pupil | contract
    card = (by_law | (share < chance[rows])).astype(np.int32)
    h.members[:, rows] = np.where((words & 1) == 1, m.put(words, "insured", card), words)
