"""Contracts of one lever that are not yet carried out, and the layers of money that pay each of them."""

from __future__ import annotations

import numpy as np

_ORIGIN, _BRANCH = np.uint64(12), np.uint64(44)  # places of origin and cell in a household's key; branches are years


def keys_of(cell: np.ndarray, origin: np.ndarray, branch: np.ndarray) -> np.ndarray:
    """One uint64 for each household of a batch, the same in all its years."""
    return (cell.astype(np.uint64) << _BRANCH) | (origin.astype(np.uint64) << _ORIGIN) | branch.astype(np.uint64)


def shares_of_layers(free: np.ndarray, cell: np.ndarray, spent: np.ndarray, dong: np.ndarray) -> np.ndarray:
    """What each layer of free money pays of contracts that stand in line in their cells: int64 of shape (layers, contracts).

    ``free`` (layers, cells) is used up layer by layer; a contract of ``dong`` takes what lies between the money ``spent``
    up to and with it and that of those before.
    """
    filled = np.cumsum(free, axis=0)[:, cell]
    upper, lower = np.minimum(filled, spent), np.maximum(filled - free[:, cell], spent - dong)
    return np.maximum(upper - lower, 0)


def by_layer_and_cell(parts: np.ndarray, cell: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Parts of contracts (layers, contracts) added up to int64 of shape (layers, cells)."""
    dong, (layers, which) = np.zeros(shape, dtype=np.int64), np.nonzero(parts)
    np.add.at(dong, (layers, cell[which]), parts[layers, which])
    return dong


class Contracts:
    """Dong by contract and layer. A contract is known by its key (``keys_of``, or the number of a commune)."""

    def __init__(self) -> None:
        self._keys = np.zeros(0, dtype=np.uint64)
        self._layers, self._cells, self._dong = (np.zeros(0, dtype=np.int64) for _ in range(3))

    def add(self, keys: np.ndarray, cell: np.ndarray, parts: np.ndarray) -> None:
        """Contracts of ``keys`` in their cells, with what each layer pays (layers, contracts)."""
        layers, which = np.nonzero(parts)
        self._keys = np.concatenate([self._keys, keys[which].astype(np.uint64)])
        self._layers = np.concatenate([self._layers, layers])
        self._cells = np.concatenate([self._cells, cell[which].astype(np.int64)])
        self._dong = np.concatenate([self._dong, parts[layers, which]])

    def take(self, keys: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
        """Take the contracts of ``keys`` out: what they hold by layer and cell, int64 of that shape."""
        theirs = np.isin(self._keys, keys.astype(np.uint64))
        dong = np.zeros(shape, dtype=np.int64)
        np.add.at(dong, (self._layers[theirs], self._cells[theirs]), self._dong[theirs])
        self._keys, self._layers = self._keys[~theirs], self._layers[~theirs]
        self._cells, self._dong = self._cells[~theirs], self._dong[~theirs]
        return dong

    def paid_from(self, keys: np.ndarray, layers: np.ndarray) -> np.ndarray:
        """Mask over ``keys``: any of these layers pays the contract."""
        return np.isin(keys.astype(np.uint64), self._keys[np.isin(self._layers, layers)])
