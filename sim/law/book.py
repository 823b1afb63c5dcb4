"""The law book: every dated series of ``sim/law/vietnam``, under keys such as ``health_insurance.base_salary``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from sim.law.dated import Dated, read_series
from sim.law.open import read_yaml

VIETNAM = Path(__file__).parent / "vietnam"
PRICES_OF = 2023  # the year at whose prices YAML files give amounts "at prices of the start"


class Book(Mapping[str, Dated]):
    """Dated series by key; ``book["bank.poor.rate"].on("2024-07-01").value``."""

    def __init__(self, series: Mapping[str, Dated]):
        self._series = dict(series)

    @classmethod
    def load(cls, folder: str | Path = VIETNAM) -> Book:
        """The series of every YAML file in ``folder``; a file's name is the first word of its keys."""
        return _load(folder)

    def __getitem__(self, key: str) -> Dated:
        try:
            return self._series[key]
        except KeyError:
            raise KeyError(f"the law book has no {key!r}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._series)

    def __len__(self) -> int:
        return len(self._series)

    def value(self, key: str, when: object) -> float:
        """The number in force on a day."""
        return self[key].on(when).value

    def table(self, prefix: str, rows: Sequence[str], columns: Sequence[str], when: object) -> np.ndarray:
        """Numbers ``prefix.row.column`` in force on a day, float64 of shape (rows, columns)."""
        return np.array([[self.value(f"{prefix}.{row}.{column}", when) for column in columns] for row in rows], dtype=np.float64)

    def vector(self, prefix: str, names: Sequence[str], when: object) -> np.ndarray:
        """Numbers ``prefix.name`` in force on a day, float64 of shape (names,)."""
        return np.array([self.value(f"{prefix}.{name}", when) for name in names], dtype=np.float64)

    def known_from(self, keys: Iterable[str]) -> tuple[date, str]:
        """The first day on which all of some series are known, and the series that begins last."""
        return max((self[key].since, key) for key in keys)

    def price_index(self, year: int, start: int = 2010) -> float:
        """Consumer prices of ``year`` (its mean) over those of ``start``; before ``start`` below 1 when prices rose."""
        index = 1.0
        for step in range(min(start, year) + 1, max(start, year) + 1):
            index *= 1.0 + self.value("consumer_prices.inflation", step)
        return index if year >= start else 1.0 / index

    def prices_at_start(self, first_year: int) -> float:
        """Prices when a run begins, those of the year before its first, over the prices of ``PRICES_OF``; 1 for 2024."""
        return self.price_index(first_year - 1, PRICES_OF)


@cache
def _load(folder: str | Path) -> Book:
    series: dict[str, Dated] = {}
    for path in sorted(Path(folder).glob("*.yaml")):
        _walk(path.stem, read_yaml(path), str(path), series)
    return Book(series)


def _walk(prefix: str, node: object, home: str, series: dict[str, Dated]) -> None:
    """Collect the series below ``node``: a mapping with ``values`` is one, any other mapping is a group of them."""
    if not isinstance(node, Mapping):
        raise ValueError(f"{home}: {prefix} is neither a series nor a group of them")
    if "values" in node:
        series[prefix] = read_series(prefix, node, home)
        return
    for key, child in node.items():
        _walk(f"{prefix}.{key}", child, home, series)
