"""Tables of columns: the one way in which many households are held."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Column:
    """One column: its name, element type, unit, meaning in both languages and writers (names apart by commas).

    ``slots`` is 0 for an ordinary column of shape (rows,), or the number of leading slots
    of a column of shape (slots, rows).
    """

    name: str
    dtype: type
    unit: str
    vi: str
    en: str
    writer: str
    slots: int = 0

    def empty(self, rows: int) -> np.ndarray:
        """Zeros of this column's type for ``rows`` rows."""
        shape = (self.slots, rows) if self.slots else (rows,)
        return np.zeros(shape, dtype=self.dtype)


class Table:
    """Equal-length columns under their names: ``table.land`` is an array of all rows.

    Columns are replaced whole by :meth:`take` and :meth:`append`, so hold the table, not its arrays,
    across a turn of the year.
    """

    def __init__(self, columns: Iterable[Column], arrays: Mapping[str, np.ndarray]):
        self.columns: dict[str, Column] = {column.name: column for column in columns}
        if set(arrays) != set(self.columns):
            raise ValueError(f"columns differ: {sorted(set(arrays) ^ set(self.columns))}")
        self._arrays = dict(arrays)
        if len({array.shape[-1] for array in arrays.values()}) > 1:
            raise ValueError("columns differ in length")

    @classmethod
    def zeros(cls, columns: Iterable[Column], rows: int) -> Table:
        """A table of ``rows`` rows, all zero."""
        columns = tuple(columns)
        return cls(columns, {column.name: column.empty(rows) for column in columns})

    def __getattr__(self, name: str) -> np.ndarray:
        try:
            return self.__dict__["_arrays"][name]
        except KeyError:
            raise AttributeError(f"no column {name!r}") from None

    def __setattr__(self, name: str, value: object) -> None:
        if "_arrays" in self.__dict__ and name in self._arrays:
            raise AttributeError(f"write into column {name!r} in place: table.{name}[...] = values")
        super().__setattr__(name, value)

    def __len__(self) -> int:
        return int(next(iter(self._arrays.values())).shape[-1])

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def __getitem__(self, name: str) -> np.ndarray:
        return self._arrays[name]

    @property
    def nbytes(self) -> int:
        """Memory held by all columns, bytes."""
        return sum(array.nbytes for array in self._arrays.values())

    def arrays(self) -> dict[str, np.ndarray]:
        """The arrays by name, in declared order, not copied."""
        return {name: self._arrays[name] for name in self.columns}

    def take(self, rows: np.ndarray, only: Collection[str] | None = None) -> Table:
        """A new table with the given rows, in the given order (index array or mask), of all columns or some."""
        rows = np.flatnonzero(rows) if rows.dtype == bool else rows.astype(np.int64, copy=False)
        if len(rows) and not (rows.min() >= 0 and rows.max() < len(self)):
            raise IndexError(f"rows {rows.min()} to {rows.max()} of a table of {len(self)}")
        arrays = {name: _gather(self._arrays[name], rows) for name in (self._arrays if only is None else only)}
        return Table([self.columns[name] for name in arrays], arrays)

    def weave(self, kept: np.ndarray, others: Table, before: np.ndarray) -> Table:
        """A new table: the rows ``kept`` (increasing), with the rows of ``others`` put in before those positions of them.

        ``before`` holds, for each row of ``others``, a position among the kept rows, increasing; one pass over the data, but none
        over columns of slots in which nothing stands. This table is used up: it has no columns afterwards, so that the memory of
        each, still at hand, serves the next.
        """
        rows, places = np.insert(kept, before, 0), before + np.arange(len(others))
        woven = {}
        for name in list(self._arrays):
            array = self._arrays.pop(name)
            if array.ndim > 1 and not array.any() and not others[name].any():
                woven[name] = self.columns[name].empty(len(rows))
                continue
            woven[name] = _gather(array, rows)
            woven[name][..., places] = others[name]
        return Table(self.columns.values(), woven)

    def copy(self) -> Table:
        """An independent copy."""
        return Table(self.columns.values(), {name: array.copy() for name, array in self._arrays.items()})


def _gather(array: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Rows of an array, by the compiled loop; imported on use, so that declaring columns needs no compiler."""
    from sim.kit.gathering import gather

    return gather(array, rows)
