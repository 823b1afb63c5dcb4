"""Numbers that change on a date: a series of figures, each with its source or the reason why it is assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.kit.calendar import Quarter


@dataclass(frozen=True)
class Figure:
    """One number as it stands from a day on. ``reference`` is where it was read, ``assumption`` why it is taken for granted."""

    value: float
    unit: str
    since: date
    reference: str = ""
    assumption: str = ""

    def __float__(self) -> float:
        return self.value


def day_of(when: object) -> date:
    """The day that ``when`` means: a date, "2024-07-01", "2024-07", "2024", a year number, or a quarter (its first day)."""
    if isinstance(when, date):
        return when
    if isinstance(when, Quarter):
        return when.first_day
    parts = str(when).split("-")
    if len(parts) > 3 or not all(part.isdigit() for part in parts) or len(parts[0]) != 4:
        raise ValueError(f"not a date: {when!r} (write 2024-07-01, 2024-07 or 2024)")
    return date(*(int(part) for part in (*parts, "1", "1")[:3]))


@dataclass(frozen=True)
class Dated:
    """A dated series: what a number is called, its unit, and its figures in the order of their dates."""

    name: str
    vi: str
    en: str
    unit: str
    figures: tuple[Figure, ...]
    home: str = ""

    @property
    def since(self) -> date:
        """The day from which it is known."""
        return self.figures[0].since

    def on(self, when: object) -> Figure:
        """The figure in force on a day (see :func:`day_of`); LookupError before the first one."""
        day = day_of(when)
        in_force = [figure for figure in self.figures if figure.since <= day]
        if not in_force:
            raise LookupError(f"{self.name} is known from {self.since} on, not on {day}")
        return in_force[-1]

    def by_quarter(self, first: int, quarters: int) -> np.ndarray:
        """Values on the first day of each of ``quarters`` quarters from quarter number ``first`` on: float64."""
        days = [Quarter.from_number(number).first_day for number in range(first, first + quarters)]
        return np.array([self.on(day).value for day in days], dtype=np.float64)


SERIES_KEYS = {"vi", "en", "unit", "values", "reference", "assumption"}
FIGURE_KEYS = {"from", "value", "reference", "assumption"}


def read_series(name: str, entry: Mapping[str, object], home: str = "") -> Dated:
    """A series from its YAML mapping; ValueError says which part is missing, unknown or out of order."""
    where = f"{home}: {name}"
    unknown, missing = (set(entry) - SERIES_KEYS, {"vi", "en", "unit", "values"} - set(entry))
    if unknown or missing:
        raise ValueError(f"{where}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    rows = entry["values"]
    if not isinstance(rows, Sequence) or not rows:
        raise ValueError(f"{where}: values is a list of {{from, value, reference or assumption}}")
    figures = tuple(_read_figure(row, entry, where) for row in rows)
    if [figure.since for figure in figures] != sorted({figure.since for figure in figures}):
        raise ValueError(f"{where}: dates must rise")
    return Dated(name, str(entry["vi"]), str(entry["en"]), str(entry["unit"]), figures, home)


def _read_figure(row: object, entry: Mapping[str, object], where: str) -> Figure:
    """One figure; source or reason may stand once for the whole series."""
    if not isinstance(row, Mapping) or set(row) - FIGURE_KEYS or not {"from", "value"} <= set(row):
        raise ValueError(f"{where}: a figure is {{from, value, reference or assumption}}, not {row!r}")
    value = row["value"]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{where}: {value!r} is not a number")
    own = "reference" in row or "assumption" in row
    source = row if own else entry
    reference, assumption = (str(source.get("reference", "")), str(source.get("assumption", "")))
    if not reference and not assumption:
        raise ValueError(f"{where} from {row['from']}: needs a reference, or an assumption with its reason")
    return Figure(float(value), str(entry["unit"]), day_of(row["from"]), reference, assumption)
