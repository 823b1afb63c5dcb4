"""When money was paid: the ledger of a run by quarter, for calendars and charts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.kit.calendar import Quarter
from sim.measures.spending import sum_by_cell
from sim.studies.results import Results

PAID = ("paid",)  # public money and loans
GIVEN = ("contributed", "given_in_kind")  # what people put in beside it


def quarters(results: Results) -> tuple[Quarter, ...]:
    """Every quarter that the run simulates."""
    return tuple(Quarter(year, quarter) for year in results.frame.years[1:] for quarter in (1, 2, 3, 4))


def payments(results: Results, mix: str, by: str, entries: Sequence[str] = PAID) -> dict[str, np.ndarray]:
    """Whole dong that a mix paid by ``kind``, ``lever`` or ``source``: int64 of shape (replications, quarters)."""
    c = results.ledger[mix].columns
    shape = (results.frame.replications, len(quarters(results)))
    rows = np.isin(c["entry"], np.array(entries, dtype=object))
    quarter = (c["year"][rows].astype(np.int64) - results.frame.start_year - 1) * 4 + c["quarter"][rows] - 1
    cell = c["replication"][rows].astype(np.int64) * shape[1] + quarter
    dong, names = c["dong"][rows], c[by][rows]
    totals = {str(name): names == name for name in sorted(set(names))}
    return {name: sum_by_cell(cell[mine], dong[mine], shape[0] * shape[1]).reshape(shape) for name, mine in totals.items()}


def span(tables: Sequence[np.ndarray]) -> slice:
    """The quarters from the first to the last in which any of the tables (replications, quarters) holds money."""
    used = np.flatnonzero(sum(np.abs(table).sum(axis=0) for table in tables)) if tables else np.zeros(0, dtype=np.int64)
    return slice(int(used[0]), int(used[-1]) + 1) if len(used) else slice(0, 0)
