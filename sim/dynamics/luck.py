"""Random words for a block of rows, keyed by household and moment."""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import rule, stage
from sim.kit.draws import philox

u8 = np.uint64


@rule
def moment_of(quarter, purpose):
    """The counter word that names when and for what a draw is made."""
    return u8((quarter << 16) | purpose)


@stage
def draw_words(who, words, k0, k1, moment, rows, n):
    """Four random words for each row of the block, keyed by household and moment (quarter and purpose)."""
    origin, branch, replication = who.origin[rows], who.branch[rows], who.replication[rows]
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    for i in range(n):
        a, b, c, d = philox(u8(origin[i]), u8(branch[i]), u8(replication[i]), moment, k0, k1)
        w0[i] = a
        w1[i] = b
        w2[i] = c
        w3[i] = d
