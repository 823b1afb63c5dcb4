"""Rows of a column put into a new order by a compiled loop, which takes half the time of NumPy's."""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import entry

WORDS = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}  # unsigned numbers of so many bytes, so that four loops serve all


@entry
def gather_rows(source, rows, out):
    """``out[s, i] = source[s, rows[i]]``."""
    for slot in range(len(source)):
        for i in range(len(rows)):
            out[slot, i] = source[slot, rows[i]]


def gather(array: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The given rows (last axis, row numbers within it) of an array of shape (rows,) or (slots, rows)."""
    source, word = np.ascontiguousarray(array), WORDS[array.dtype.itemsize]
    out = np.empty((*array.shape[:-1], len(rows)), dtype=array.dtype)
    if len(rows):
        gather_rows(source.view(word).reshape(-1, array.shape[-1]), rows, out.view(word).reshape(-1, len(rows)))
    return out
