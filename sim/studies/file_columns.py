"""The columns of a result file, read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq


@dataclass(frozen=True)
class Column:
    """A column read back: numbers, or codes into ``labels``."""

    values: np.ndarray
    labels: tuple[str, ...] = ()

    def take(self, rows: np.ndarray) -> Column:
        """The given rows."""
        return Column(self.values[rows], self.labels)

    def texts(self) -> np.ndarray:
        """The strings as Python objects; numbers as they are."""
        return np.array(self.labels, dtype=object)[self.values] if self.labels else self.values

    def among(self, labels: Sequence[Any]) -> np.ndarray:
        """Position of each value among ``labels``, all of which must be there."""
        position = {label: index for index, label in enumerate(labels)}
        if self.labels:
            return np.array([position.get(label, -1) for label in self.labels], dtype=np.int64)[self.values]
        distinct, codes = np.unique(self.values, return_inverse=True)
        return np.array([position[label] for label in distinct.tolist()], dtype=np.int64)[codes]


def read_columns(path: Path) -> dict[str, Column]:
    """The columns of a file; strings as codes into their distinct values, which is many times faster than as objects."""
    schema = pq.read_schema(path)
    texts = [field.name for field in schema if pa.types.is_string(field.type)]
    table = pq.read_table(path, read_dictionary=texts)
    columns: dict[str, Column] = {}
    for name in table.column_names:
        column = (table[name].unify_dictionaries() if name in texts else table[name]).combine_chunks()
        if name in texts:
            columns[name] = Column(column.indices.to_numpy(), tuple(column.dictionary.to_pylist()))
        else:
            columns[name] = Column(column.to_numpy())
    return columns
