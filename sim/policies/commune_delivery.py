"""Delivery to communes: carries out the effects of commune levers. The only file that writes them into the commune table."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.kit.columns import Table
from sim.policies.delivery import within
from sim.policies.effects import AddToCommune, CommuneEffect, SetCommuneAtLeast

# States of a commune that a lever may move. Productivity and vacancies are not among them: they follow from these.
MOVABLE = ("staff_capacity", "awareness", "works_to_come", "works_upkeep", "works_jobs")


def carry_out(communes: Table, rows: np.ndarray, effect: CommuneEffect) -> None:
    """Write one effect for the communes in ``rows``."""
    ACTS[type(effect)](communes, rows, effect)


def _add(communes: Table, rows: np.ndarray, effect: AddToCommune) -> None:
    column, who, value = _parts(communes, rows, effect)
    wide = np.int64 if np.issubdtype(column.dtype, np.integer) else column.dtype
    column[..., who] = within(column[..., who].astype(wide) + value.astype(wide), column.dtype)


def _set_at_least(communes: Table, rows: np.ndarray, effect: SetCommuneAtLeast) -> None:
    column, who, value = _parts(communes, rows, effect)
    column[..., who] = np.maximum(column[..., who], within(value, column.dtype))


def _parts(communes: Table, rows: np.ndarray, effect: CommuneEffect) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The column, the rows an effect is for, and its values spread over them (last axis) and the column's slots."""
    if effect.column not in MOVABLE:
        raise ValueError(f"a commune lever may not write {effect.column!r}; it may write {', '.join(MOVABLE)}")
    column = communes[effect.column]
    value = np.broadcast_to(np.asarray(effect.value), (*column.shape[:-1], len(rows)))
    some = slice(None) if effect.where is None else effect.where
    return column, rows[some], value[..., some]


ACTS: dict[type, Callable[..., None]] = {AddToCommune: _add, SetCommuneAtLeast: _set_at_least}
