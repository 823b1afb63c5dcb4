"""Growth that differs between places and between minority households and others."""

from __future__ import annotations

import numpy as np

from sim.kit import maths
from sim.kit.columns import Table


def grow_unevenly(households: Table, uneven: np.ndarray) -> None:
    """Move a quarter along paths of their own what households make of their means, and kin's money with it.

    ``uneven`` is growth above that of the replication, log points a year, shape (2, cells): other and minority households.
    """
    step = 0.25 * uneven
    path = households.minority * np.int32(step.shape[1]) + households.cell
    households.ability[...] = households.ability + step.ravel()[path]
    households.outside_support[...] = households.outside_support * maths.exp(step).ravel()[path]
