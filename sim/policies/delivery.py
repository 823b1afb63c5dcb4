"""Delivery: carries out effects. The only file that writes what levers bring into the household table.

Tallies over members (how many are insured, trained, ...) are the dynamics', which take them anew after a delivery.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.agents import members as m
from sim.agents.members import Work
from sim.kit.columns import Table
from sim.policies.effects import (
    Add,
    Coach,
    Effect,
    GiveAnimals,
    InsureMembers,
    Lend,
    SendAbroad,
    SetAtLeast,
    SetTo,
    TrainMember,
)
from sim.policies.people import is_at_home, traveller

# States that a lever may move by SetAtLeast, SetTo and Add. Income, standing and what is fixed are not among them.
MOVABLE = (
    "solid_parts",
    "floor_area_m2",
    "clean_water",
    "hygienic_toilet",
    "internet",
    "devices",
    "capital",
    "venture",
    "savings",
    "informal_debt",
    "young_animals",
    "grown_animals",
    "coached_quarters",
    "skill",
    "land",
    "claims",
    "school_support",
    "matching",
    "nutrition_support",
    "forest_fee",
    "forest_fee_quarters",
    "remittance",
)
YOUNGEST_TRAINEE, OLDEST_TRAINEE = 16, 60
LATEST_CALVING, MOST_HEADS, LONGEST_COACHING = 15, 15, 40


def carry_out(h: Table, rows: np.ndarray, effect: Effect) -> None:
    """Write one effect for the households in ``rows``."""
    ACTS[type(effect)](h, rows, effect)


def collect(h: Table, rows: np.ndarray, amount: np.ndarray) -> None:
    """Households pay ``amount`` (thousand dong) from savings, and owe the rest to kin and traders."""
    from_savings = np.minimum(np.maximum(h.savings[rows].astype(np.int64), 0), amount)
    h.savings[rows] -= from_savings.astype(np.int32)
    h.informal_debt[rows] += (amount - from_savings).astype(np.int32)


def _some(rows: np.ndarray, where: np.ndarray | None, *values: object) -> list[np.ndarray]:
    """The rows an effect is for, and its values spread over them."""
    spread = [np.broadcast_to(np.asarray(value), rows.shape) for value in values]
    return [rows, *spread] if where is None else [rows[where], *[value[where] for value in spread]]


def _movable(h: Table, column: str) -> np.ndarray:
    if column not in MOVABLE:
        raise ValueError(f"a lever may not write {column!r}; it may write {', '.join(MOVABLE)}")
    return h[column]


def within(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Values not below zero and within what the type holds."""
    top = np.iinfo(dtype).max if np.issubdtype(dtype, np.integer) else np.finfo(dtype).max
    return np.clip(values, 0, top).astype(dtype)


def _set_at_least(h: Table, rows: np.ndarray, effect: SetAtLeast) -> None:
    column = _movable(h, effect.column)
    who, value = _some(rows, effect.where, effect.value)
    column[who] = np.maximum(column[who], within(value, column.dtype))


def _set_to(h: Table, rows: np.ndarray, effect: SetTo) -> None:
    column = _movable(h, effect.column)
    who, value = _some(rows, effect.where, effect.value)
    column[who] = within(value, column.dtype)


def _add(h: Table, rows: np.ndarray, effect: Add) -> None:
    column = _movable(h, effect.column)
    who, value = _some(rows, effect.where, effect.value)
    wide = np.int64 if np.issubdtype(column.dtype, np.integer) else column.dtype
    column[who] = within(column[who].astype(wide) + value.astype(wide), column.dtype)


def _give_animals(h: Table, rows: np.ndarray, effect: GiveAnimals) -> None:
    """Young animals wait for the later of the two maturities where a household has some already."""
    who, heads, quarters = _some(rows, effect.where, effect.heads, effect.quarters_to_calving)
    given = heads > 0
    who, heads, quarters = who[given], heads[given].astype(np.int64), quarters[given].astype(np.int64)
    waiting = np.where(h.young_animals[who] > 0, h.quarters_to_calving[who], 0)
    h.quarters_to_calving[who] = np.clip(np.maximum(waiting, quarters), 1, LATEST_CALVING).astype(np.uint8)
    h.young_animals[who] = np.minimum(h.young_animals[who] + heads, np.maximum(h.young_animals[who], MOST_HEADS)).astype(np.uint8)


def _coach(h: Table, rows: np.ndarray, effect: Coach) -> None:
    who, quarters = _some(rows, effect.where, effect.quarters)
    h.coached_quarters[who] = np.maximum(h.coached_quarters[who], np.clip(quarters, 0, LONGEST_COACHING)).astype(np.uint8)


def _trainee(words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slot of the youngest able untrained adult at home in each column of ``words``, and whether there is one."""
    age = m.get(words, "age")
    fit = is_at_home(words) & (m.get(words, "disability") == 0) & (m.get(words, "in_school") == 0) & (m.get(words, "trained") == 0)
    fit &= (age >= YOUNGEST_TRAINEE) & (age <= OLDEST_TRAINEE)
    slot = np.argmin(np.where(fit, age, 127), axis=0)
    return slot, fit.any(axis=0)


def _train_member(h: Table, rows: np.ndarray, effect: TrainMember) -> None:
    """Set the member's bits; the tallies are retaken from them."""
    who, completed, certified = _some(rows, effect.where, effect.completed, effect.certified)
    slot, exists = _trainee(h.members[:, who])
    done = exists & completed.astype(bool)
    who, slot, certified = who[done], slot[done], certified[done].astype(np.int32)
    word = h.members[slot, who]
    for name, value in (("trained", 1), ("course_fresh", 1)):
        word = m.put(word, name, np.int32(value))
    h.members[slot, who] = m.put(word, "certified", certified | m.get(word, "certified"))


def _insure_members(h: Table, rows: np.ndarray, effect: InsureMembers) -> None:
    """Set the card of every member at home; the tallies are retaken from them."""
    (who,) = _some(rows, effect.where)
    words = h.members[:, who]
    h.members[:, who] = np.where(is_at_home(words), m.put(words, "insured", np.int32(1)), words)


def _lend(h: Table, rows: np.ndarray, effect: Lend) -> None:
    """A new loan; what is still owed keeps its amount and takes the new terms."""
    who, amount, rate, quarters = _some(rows, effect.where, effect.amount, effect.rate, effect.quarters)
    h.loan[who] += amount.astype(np.int32)
    h.loan_rate[who] = rate.astype(np.float32)
    h.loan_quarters_left[who] = quarters.astype(np.int16)
    if effect.at_work:
        h.venture[who] += amount.astype(np.float32)


def _send_abroad(h: Table, rows: np.ndarray, effect: SendAbroad) -> None:
    """The member's word says abroad; the money is kept for the third quarter on. Nobody goes where nobody fit is at home by now."""
    who, departs, remittance = _some(rows, effect.where, effect.departs, effect.remittance)
    slot, exists = traveller(h.members[:, who])
    goes = exists & departs.astype(bool)
    who, slot = who[goes], slot[goes]
    word = h.members[slot, who]
    for name, value in (("work", int(Work.ABROAD)), ("quarters_in_state", 0), ("searching", 0)):
        word = m.put(word, name, np.int32(value))
    h.members[slot, who] = word
    h.remittance[who] = remittance[goes].astype(np.float32)


ACTS: dict[type, Callable[..., None]] = {
    SetAtLeast: _set_at_least,
    SetTo: _set_to,
    Add: _add,
    GiveAnimals: _give_animals,
    Coach: _coach,
    TrainMember: _train_member,
    InsureMembers: _insure_members,
    Lend: _lend,
    SendAbroad: _send_abroad,
}
