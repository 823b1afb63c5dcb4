"""The youngest children of households, counted by a compiled loop."""

from __future__ import annotations

import numpy as np

from sim.agents.members import BY_NAME
from sim.kit.compiling import entry

PRESENT, AGE, UNDERNOURISHED = (BY_NAME[name].shift for name in ("present", "age", "undernourished"))
AGE_MASK = BY_NAME["age"].mask
FIVE = 5


@entry
def count_under_5(members, young, undernourished):
    """Adds the children under five of each household to ``young``, those of them who are undernourished to ``undernourished``."""
    for slot in range(len(members)):
        for i in range(len(young)):
            word = members[slot, i]
            child = ((word >> PRESENT) & 1) * np.int32(((word >> AGE) & AGE_MASK) < FIVE)
            young[i] += child
            undernourished[i] += child * ((word >> UNDERNOURISHED) & 1)


def under_5(members: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Children under five by household, and how many of them are undernourished; members (slots, rows) in, int64 (rows,) out."""
    young, undernourished = np.zeros((2, members.shape[1]), dtype=np.int64)
    count_under_5(members, young, undernourished)
    return young, undernourished
