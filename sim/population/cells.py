"""Sums, means and order within a cell (one commune in one replication), exact in any order of rows."""

from __future__ import annotations

import numpy as np

UNIT = 2.0**20  # sums are taken in whole millionths, so that no order of rows changes them


def cell_sum(values: np.ndarray, cell: np.ndarray, cells: int) -> np.ndarray:
    """Sum of ``values`` over each cell: float64, exact to a millionth of a unit and independent of order."""
    return np.bincount(cell, weights=np.rint(values * UNIT), minlength=cells) / UNIT


def cell_mean(values: np.ndarray, weight: np.ndarray, cell: np.ndarray, cells: int) -> np.ndarray:
    """Weighted mean of each cell, 0 where there is no weight."""
    total = cell_sum(weight, cell, cells)
    return cell_sum(values * weight, cell, cells) / np.maximum(total, 1e-9)


def order_in_cells(key: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """Rows sorted by cell and then by ``key`` (float), ties in row order: int64 indices."""
    fine = np.rint(np.clip(key, -1e6, 1e6) * 1e6).astype(np.int64) + (1 << 40)
    return np.argsort((cell.astype(np.int64) << 42) | fine, kind="stable")


def first_in_cells(key: np.ndarray, cell: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Mask of the ``wanted[cell]`` rows with the lowest keys of each cell."""
    order = order_in_cells(key, cell)
    sizes = np.bincount(cell, minlength=len(wanted))
    starts = np.cumsum(sizes) - sizes
    place_in_cell = np.arange(len(cell)) - starts[cell[order]]
    mask = np.zeros(len(cell), dtype=bool)
    mask[order] = place_in_cell < wanted[cell[order]]
    return mask
