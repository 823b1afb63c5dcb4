"""Many keyed numbers for many households at once: what NumPy would take most of the start's time for."""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import entry
from sim.kit.draws import philox, split_seed
from sim.kit.maths import f4_normal, f4_uniform

u8 = np.uint64


@entry
def fill(lo, hi, k0, k1, origin, replication, purpose, normal, out):
    """Four numbers for each row under one purpose: ``out`` (4, rows) float32, standard normal or uniform in (0, 1)."""
    for i in range(lo, hi):
        a, b, c, d = philox(u8(origin[i]), u8(0), u8(replication[i]), u8(purpose), k0, k1)
        if normal == 1:
            out[0, i] = f4_normal(a)
            out[1, i] = f4_normal(b)
            out[2, i] = f4_normal(c)
            out[3, i] = f4_normal(d)
        else:
            out[0, i] = f4_uniform(a)
            out[1, i] = f4_uniform(b)
            out[2, i] = f4_uniform(c)
            out[3, i] = f4_uniform(d)


def numbers(seed: int, origin: np.ndarray, replication: np.ndarray, purpose: int, normal: bool, quarter: int = 0) -> np.ndarray:
    """Four numbers for each original household: (4, rows) float32; ``quarter`` is 0 for what has no date."""
    k0, k1 = split_seed(seed)
    out = np.empty((4, len(origin)), dtype=np.float32)
    fill(0, len(origin), u8(k0), u8(k1), origin, replication, (quarter << 16) | purpose, int(normal), out)
    return out
