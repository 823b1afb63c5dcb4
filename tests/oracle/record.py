"""The state of the oracle as columns, in the order of the engine's table, so that the two can be laid side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents.codebook import COMMUNE_COLUMNS, HOUSEHOLD_COLUMNS, commune_lever_columns, lever_columns
from tests.oracle.household import PLAIN, REAL, Household

if TYPE_CHECKING:
    from tests.oracle.model import SlowModel


def household_columns(model: SlowModel) -> dict[str, np.ndarray]:
    """Every column of the household table, from the objects."""
    cells = {commune: cell for cell, commune in enumerate(model.communes)}
    people = sorted(model.households, key=lambda h: (h.commune.replication, cells[h.commune], h.origin, h.branch))
    rows = [row_of(h, model) | {"cell": cells[h.commune]} for h in people]
    columns = (*HOUSEHOLD_COLUMNS, *lever_columns(len(model.levers)))
    return {column.name: np.stack([np.asarray(row[column.name]) for row in rows], axis=-1).astype(column.dtype) for column in columns}


def row_of(h: Household, model: SlowModel) -> dict:
    """One household under the names of the columns."""
    row = {name: getattr(h, name) for name in (*PLAIN, *REAL)} | h.tallies()
    row["replication"] = h.commune.replication
    row["members"] = [member.to_word() if member else 0 for member in h.slots]
    row["income_by_quarter"] = h.income_by_quarter
    row["calves"] = sum(count << 4 * age for age, count in enumerate(h.calves))
    contracts = [h.contracts.get(lever.key) for lever in model.levers]
    row["due"] = [contract.due if contract else 0 for contract in contracts]
    row["owed"] = [contract.public if contract else 0 for contract in contracts]
    row["received"] = [h.received.get(lever.key, 0) for lever in model.levers]
    row["outcome"] = [h.outcomes.get(lever.key, 0) for lever in model.levers]
    row["revolving_debt"] = [0] * len(model.levers)
    return row


def commune_columns(model: SlowModel) -> dict[str, np.ndarray]:
    """Every column of the commune table, from the objects."""
    columns = {column.name: [np.asarray(getattr(commune, column.name)) for commune in model.communes] for column in COMMUNE_COLUMNS}
    found = {column.name: np.stack(columns[column.name], axis=-1).astype(column.dtype) for column in COMMUNE_COLUMNS}
    return found | {column.name: column.empty(len(model.communes)) for column in commune_lever_columns(len(model.levers))}


def ledger_rows(model: SlowModel) -> np.ndarray:
    """The ledger, one text a movement: replication, year, quarter, place, source, kind, lever, entry and dong."""
    return np.array(sorted(" ".join(map(str, (*key, dong))) for key, dong in model.programme.ledger.dong.items()))
