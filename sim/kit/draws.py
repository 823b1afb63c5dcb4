"""Random numbers drawn by key, not in sequence: Philox4x32-10 (Salmon et al. 2011).

A draw is named by who draws it (origin, branch, replication), when (quarter) and for what (purpose), never by
the policy in force or by the order of drawing. So a household meets the same luck under every mix, and any
number of threads, shards or replications gives the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sim.kit.compiling import entry, rule
from sim.kit.double_maths import normal_quantile

# ``branch`` of draws that belong to no household.
COMMUNE_BRANCH = 0xFFFF0001
WORLD_BRANCH = 0xFFFF0002
PARAMETER_BRANCH = 0xFFFF0003

u4 = np.uint32
u8 = np.uint64

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


@rule
def mixed_uniform(a, b):
    """A float64 in (0, 1) from 52 bits of two random words."""
    return (np.float64((a << u8(20)) ^ (b >> u8(12))) + 0.5) * 2.220446049250313e-16


@entry
def fill_bits(c0, c1, c2, c3, k0, k1, out):
    """Four words for each key, ``out`` (keys, 4) uint32."""
    for i in range(len(out)):
        out[i, 0], out[i, 1], out[i, 2], out[i, 3] = philox(c0[i], c1[i], c2[i], c3[i], k0, k1)


@entry
def fill_uniform(c0, c1, c2, c3, k0, k1, out):
    """A uniform number for each key."""
    for i in range(len(out)):
        a, b, _, _ = philox(c0[i], c1[i], c2[i], c3[i], k0, k1)
        out[i] = mixed_uniform(a, b)


def _words(value, shape: tuple[int, ...]) -> np.ndarray:
    """Any integer or array of them as uint64 words below 2^32, spread over ``shape`` and laid out in a row."""
    given = np.asarray(value)
    narrow = given.dtype.kind == "u" and given.dtype.itemsize <= np.dtype(u4).itemsize
    words = given.astype(np.uint64) if narrow else given.astype(np.int64, copy=False).view(np.uint64) & LOW_WORD
    if words.ndim == 0:
        return np.full(math.prod(shape), words)
    return np.ascontiguousarray(words).reshape(-1) if words.shape == shape else np.broadcast_to(words, shape).ravel()


def _fill(loop: Callable, width: tuple[int, ...], dtype: type, seed: int, origin, branch, replication, moment) -> np.ndarray:
    """What a loop gives for each key: an array of the shape of the keys together, and ``width``."""
    shape = np.broadcast_shapes(*[np.shape(part) for part in (origin, branch, replication, moment)])
    keys = [_words(part, shape) for part in (origin, branch, replication, moment)]
    k0, k1 = split_seed(seed)
    out: np.ndarray = np.empty((len(keys[0]), *width), dtype=dtype)
    loop(*keys, u8(k0), u8(k1), out)
    return out.reshape(shape + width)[()]


def _moment(quarter, purpose):
    """The counter word that says when and for what."""
    return (np.asarray(quarter).astype(np.int64) << 16) | np.asarray(purpose).astype(np.int64)


def bits(seed: int, origin, branch, replication, quarter, purpose) -> np.ndarray:
    """Four random uint32 words for each key; the arguments broadcast to shape S, the result is S + (4,)."""
    return _fill(fill_bits, (4,), np.uint32, seed, origin, branch, replication, _moment(quarter, purpose))


def uniform(seed: int, origin, branch, replication, quarter, purpose) -> np.ndarray:
    """A uniform number in the open interval (0, 1) for each key, float64 with 52 random bits."""
    return _fill(fill_uniform, (), np.float64, seed, origin, branch, replication, _moment(quarter, purpose))


def normal(seed: int, origin, branch, replication, quarter, purpose) -> np.ndarray:
    """A standard normal number for each key, float64, by inversion."""
    return normal_quantile(uniform(seed, origin, branch, replication, quarter, purpose))
