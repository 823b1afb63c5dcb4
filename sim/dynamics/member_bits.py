"""Fields of a member word, read and replaced inside the kernel."""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import rule

i4 = np.int32


@rule
def bits_of(member, shift, mask):
    """One field of a member word."""
    return i4((member >> shift) & mask)


@rule
def with_bits(member, shift, mask, value):
    """A member word with one field replaced."""
    return i4((member & ~(mask << shift)) | (value << shift))
