"""Random numbers drawn by key, not in sequence: Philox4x32-10 (Salmon et al. 2011).

A draw is named by who draws it (origin, branch, replication), when (quarter) and for what (purpose), never by
the policy in force or by the order of drawing. So a household meets the same luck under every mix, and any
number of threads, shards or replications gives the same numbers.
"""

from __future__ import annotations

import numpy as np

from sim.kit import maths
from sim.kit.compiling import COMPILING, entry, rule

# ``branch`` of draws that belong to no household.
COMMUNE_BRANCH = 0xFFFF0001
WORLD_BRANCH = 0xFFFF0002
PARAMETER_BRANCH = 0xFFFF0003

u4 = np.uint32
u8 = np.uint64

MANY = 2000  # keys from which the compiled loop pays
ROUNDS = 10
MULTIPLIER_0, MULTIPLIER_1 = u8(0xD2511F53), u8(0xCD9E8D57)
WEYL_0, WEYL_1 = u8(0x9E3779B9), u8(0xBB67AE85)
LOW_WORD = u8(0xFFFFFFFF)
WORD = u8(32)


@rule
def philox(c0, c1, c2, c3, k0, k1):
    """Four random words from a counter of four words and a key of two, all as uint64 below 2^32."""
    for _ in range(ROUNDS):
        p0 = MULTIPLIER_0 * c0
        p1 = MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (p1 >> WORD) ^ c1 ^ k0, p1 & LOW_WORD, (p0 >> WORD) ^ c3 ^ k1, p0 & LOW_WORD
        k0 = (k0 + WEYL_0) & LOW_WORD
        k1 = (k1 + WEYL_1) & LOW_WORD
    return c0, c1, c2, c3


def split_seed(seed: int) -> tuple[int, int]:
    """The two key words of a seed below 2^64."""
    return int(seed) & 0xFFFFFFFF, (int(seed) >> 32) & 0xFFFFFFFF


def _word(value) -> np.ndarray:
    """Any integer or array of them as uint64 words below 2^32."""
    return np.asarray(value).astype(np.int64, copy=False).view(np.uint64) & LOW_WORD


def _counter(origin, branch, replication, quarter, purpose) -> list[np.ndarray]:
    """The four counter words of each key, broadcast together."""
    moment = (_word(quarter) << u8(16)) | _word(purpose)
    return [np.array(part, dtype=np.uint64) for part in np.broadcast_arrays(_word(origin), _word(branch), _word(replication), moment)]


def bits(seed: int, origin, branch, replication, quarter, purpose) -> np.ndarray:
    """Four random uint32 words for each key; the arguments broadcast to shape S, the result is S + (4,)."""
    k0, k1 = split_seed(seed)
    c0, c1, c2, c3 = _counter(origin, branch, replication, quarter, purpose)
    words = philox(c0, c1, c2, c3, u8(k0), u8(k1))
    return np.stack(words, axis=-1).astype(np.uint32)


@rule
def mixed_uniform(a, b):
    """A float64 in (0, 1) from 52 bits of two random words."""
    return (np.float64((a << u8(20)) ^ (b >> u8(12))) + 0.5) * 2.220446049250313e-16


@entry
def fill_uniform(c0, c1, c2, c3, k0, k1, out):
    """Uniform numbers for many keys at once: what NumPy would take ten times as long for."""
    for i in range(len(out)):
        a, b, _, _ = philox(c0[i], c1[i], c2[i], c3[i], k0, k1)
        out[i] = mixed_uniform(a, b)


def uniform(seed: int, origin, branch, replication, quarter, purpose) -> np.ndarray:
    """A uniform number in the open interval (0, 1) for each key, float64 with 52 random bits."""
    k0, k1 = split_seed(seed)
    c0, c1, c2, c3 = _counter(origin, branch, replication, quarter, purpose)
    if c0.ndim == 1 and len(c0) >= MANY and COMPILING:
        out = np.empty(len(c0))
        fill_uniform(c0, c1, c2, c3, u8(k0), u8(k1), out)
        return out
    a, b, _, _ = philox(c0, c1, c2, c3, u8(k0), u8(k1))
    return (((a << u8(20)) ^ (b >> u8(12))).astype(np.float64) + 0.5) * 2.0**-52


def normal(seed: int, origin, branch, replication, quarter, purpose) -> np.ndarray:
    """A standard normal number for each key, float64, by inversion."""
    return maths.normal_quantile(uniform(seed, origin, branch, replication, quarter, purpose))
