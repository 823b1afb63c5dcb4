"""One household or one member, read like an agent: ``household.land``, ``household.members[0].age``.

A view is a row number with a name: it holds no state, so a million of them cost no more than a million numbers, and
they are made when somebody asks. Views are read-only, since only a column's writers move it (see codebook.py).

``is_poor`` and its like read the list in force (``standing``), which the review of the third quarter replaces on 1 January; what that
review found, which results count at a year's end, is ``reviewed``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn, Protocol

import numpy as np

from sim.agents.codebook import Area, Standing
from sim.agents.identity import HouseholdGoneError, find_row, name_of
from sim.agents.members import BY_NAME, FIELDS, Disability, Work, get
from sim.kit.columns import Table

WORDS: Mapping[str, type] = {"work": Work, "disability": Disability}
ENUMS: Mapping[str, type] = {"Standing": Standing, "Area": Area}

IDENTITY = ("origin", "branch", "replication", "cell")
# What follows from one column: name -> (column, function of a value or of a whole column).
DERIVED: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "is_poor": ("standing", lambda standing: standing == Standing.POOR),
    "is_near_poor": ("standing", lambda standing: standing == Standing.NEAR_POOR),
    "is_listed": ("standing", lambda standing: standing != Standing.NOT_LISTED),
    "is_borrowing": ("loan", lambda loan: loan > 0),
}


class Owner(Protocol):
    """What holds the tables that views look at: a model or a simulation."""

    @property
    def households(self) -> Table: ...

    @property
    def communes(self) -> Table: ...


class View:
    """Read-only attributes; equal to and hashed like any view of the same thing."""

    __slots__ = ("__weakref__",)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot set {name!r}: {type(self).__name__} only reads; levers and dynamics write columns")

    def __delattr__(self, name: str) -> NoReturn:
        self.__setattr__(name, None)


class MemberView(View):
    """A member as the word in its slot says: ``member.age``, ``member.work``, ``member.insured``."""

    __slots__ = ("slot", "word")
    slot: int
    word: int

    def __init__(self, word: int, slot: int):
        object.__setattr__(self, "word", int(word))
        object.__setattr__(self, "slot", slot)

    def __getattr__(self, name: str) -> Any:
        if name not in BY_NAME:
            raise AttributeError(f"a member has no {name!r}; it has {', '.join(BY_NAME)}")
        value = get(self.word, name)
        if name in WORDS:
            return WORDS[name](value)
        return bool(value) if BY_NAME[name].width == 1 else value

    def __reduce__(self) -> tuple:
        return MemberView, (self.word, self.slot)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MemberView) and (self.word, self.slot) == (other.word, other.slot)

    def __hash__(self) -> int:
        return hash((self.word, self.slot))

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(field.name for field in FIELDS)})

    def __repr__(self) -> str:
        return f"<member {self.slot}: {'woman' if self.female else 'man'} of {self.age}, {self.work.name.lower()}>"


class HouseholdView(View):
    """A household: every column as an attribute, and what follows from it.

    Money is thousand dong, as in the codebook; flags are bools, standings ``Standing``; columns of several slots are
    tuples. ``members`` are the members that belong to the household, in the order of their slots.
    The view follows its household when rows move at the turn of the year; once the household is gone, reading raises
    HouseholdGoneError.
    """

    __slots__ = ("_cell", "_row", "_table", "branch", "model", "origin", "replication")
    origin: int
    branch: int
    replication: int
    model: Any
    _cell: int
    _row: int
    _table: Table

    def __init__(self, owner: Owner, row: int, names: tuple[int, int, int, int] | None = None):
        """The household in a row; ``names`` (origin, branch, replication, cell) if they have been read already."""
        h, put = owner.households, object.__setattr__
        origin, branch, replication, cell = names or (int(h[name][row]) for name in IDENTITY)
        put(self, "model", owner)
        put(self, "origin", origin)
        put(self, "branch", branch)
        put(self, "replication", replication)
        put(self, "_cell", cell)
        put(self, "_row", int(row))
        put(self, "_table", h)

    @property
    def unique_id(self) -> str:
        """The name under which people know it: ``1043.0``, or ``1043.2026`` if it split off in 2026."""
        return name_of(self.origin, self.branch, self.replication)

    @property
    def row(self) -> int:
        """Its place in the table now; rows move only when the whole table is replaced."""
        h = self.model.households
        if h is not self._table:
            object.__setattr__(self, "_row", find_row(h, self._cell, self.origin, self.branch))
            object.__setattr__(self, "_table", h)
        return self._row

    @property
    def is_there(self) -> bool:
        """Whether the household still exists."""
        try:
            return self.row >= 0
        except HouseholdGoneError:
            return False

    @property
    def members(self) -> tuple[MemberView, ...]:
        """Those who belong to the household, abroad or at home; the ninth and later are only counted, in ``others``."""
        words = self.model.households.members[:, self.row].tolist()
        return tuple(MemberView(word, slot) for slot, word in enumerate(words) if word & 1)

    @property
    def commune(self) -> dict[str, Any]:
        """What its commune's row says, by column."""
        return {name: values[..., self._cell].tolist() for name, values in self.model.communes.arrays().items()}

    def __getattr__(self, name: str) -> Any:
        if name in DERIVED:
            column, follows = DERIVED[name]
            return bool(follows(self.model.households[column][self.row]))
        households = self.model.households
        if name.startswith("__") or name not in households:
            raise AttributeError(f"a household has no {name!r}")
        values = households[name]
        value = (values[self.row] if values.ndim == 1 else values[:, self.row]).tolist()
        if isinstance(value, list):
            return tuple(value)
        return as_word(value, households.columns[name].unit)

    def __reduce__(self) -> tuple:
        return HouseholdView, (self.model, self.row)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HouseholdView) and self.model is other.model and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[int, int, int]:
        return self.replication, self.origin, self.branch

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *DERIVED, *self.model.households.columns})

    def __repr__(self) -> str:
        return f"<household {self.unique_id}>"


def as_word(value: Any, unit: str) -> Any:
    """A number as a person reads it: a flag as a bool, a coded value as its name."""
    if unit == "0/1":
        return bool(value)
    return ENUMS[unit](value) if unit in ENUMS else value


def views(owner: Owner, rows: np.ndarray) -> Iterator[HouseholdView]:
    """Views of the given rows, made one by one."""
    h = owner.households
    names = zip(*(h[name][rows].tolist() for name in IDENTITY), strict=True)
    return (HouseholdView(owner, row, name) for row, name in zip(rows.tolist(), names, strict=True))
