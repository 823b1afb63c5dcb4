"""A set of households that reads columns whole: the methods that modellers know from Mesa's AgentSet, without Mesa."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any, NoReturn, Self

import numpy as np

from sim.agents.identity import HouseholdGoneError, find_row, name_of
from sim.agents.views import DERIVED, HouseholdView, as_word, views
from sim.kit.columns import Table


class HouseholdSet:
    """Some or all households of a model (or simulation), in an order: ``households.select("is_poor").agg("land", np.mean)``.

    What takes a name of a column reads it whole, as an array; what takes a function gives it views one by one.
    A selection keeps to its households: those that dissolve or move away drop out of it. It cannot be written to.
    """

    def __init__(self, model: Any, rows: np.ndarray | None = None, random: Random | None = None) -> None:
        self.model, self.random = model, random or model.random
        self._choose(rows)

    @property
    def rows(self) -> np.ndarray:
        """Rows of the table of households, in the order of the set: int64."""
        if self._chosen is None:
            return np.arange(len(self.model.households))
        if self._table is not self.model.households:
            self._choose(_where(self._names, self.model.households))
        return self._chosen

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[HouseholdView]:
        return views(self.model, self.rows)

    def __contains__(self, agent: object) -> bool:
        if not isinstance(agent, HouseholdView) or agent.model is not self.model or not agent.is_there:
            return False
        return self._chosen is None or bool((self.rows == agent.row).any())

    def __getitem__(self, item: int | slice) -> Any:
        if isinstance(item, slice):
            return list(views(self.model, self.rows[item]))
        return HouseholdView(self.model, int(self.rows[item]))

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> Any:
        """A column as an array with one element (or row) a household; for several names a list of lists, as in Mesa."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"handle_missing is 'error' or 'default', not {handle_missing!r}")
        if not isinstance(attr_names, str):
            columns = [list(self.get(name, handle_missing, default_value)) for name in attr_names]
            return [list(values) for values in zip(*columns, strict=True)]
        try:
            return self._column(attr_names)
        except AttributeError:
            if handle_missing == "error":
                raise
            return [default_value] * len(self)

    def agg(self, attribute: str, func: Callable | Iterable[Callable]) -> Any:
        """What a function (or each of several) makes of a column."""
        values = self.get(attribute)
        return func(values) if callable(func) else [one(values) for one in func]

    def _column(self, name: str) -> Any:
        h, rows = self.model.households, slice(None) if self._chosen is None else self.rows
        if name in DERIVED:
            column, follows = DERIVED[name]
            return follows(h[column][rows])
        if name == "unique_id":
            return list(map(name_of, h.origin[rows].tolist(), h.branch[rows].tolist(), h.replication[rows].tolist()))
        if name not in h or name == "members":
            return [getattr(view, name) for view in self]
        values = h[name][..., rows]
        return np.array(values.T, dtype=bool if h.columns[name].unit == "0/1" else None)

    def select(
        self,
        filter_func: Callable[[HouseholdView], bool] | str | np.ndarray | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> Self:
        """Those for which a function, a column of that name or a mask is true; the first ``at_most`` (a share if a float up to 1)."""
        rows = self.rows
        if agent_type is not None and not issubclass(HouseholdView, agent_type):
            rows = rows[:0]
        elif filter_func is not None:
            rows = rows[self._mask(filter_func)]
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        return self._with(rows[: int(min(at_most, len(rows)))], inplace)

    def _mask(self, condition: Any) -> np.ndarray:
        if callable(condition):
            return np.fromiter((bool(condition(view)) for view in self), dtype=bool, count=len(self))
        return np.asarray(self.get(condition) if isinstance(condition, str) else condition, dtype=bool)

    def shuffle(self, inplace: bool = False) -> Self:
        """In random order, by the model's own generator."""
        order = list(range(len(self)))
        self.random.shuffle(order)
        return self._with(self.rows[order], inplace)

    def sort(self, key: Callable[[HouseholdView], Any] | str, ascending: bool = False, inplace: bool = False) -> Self:
        """In order of a column or of a function's values; equals keep their order."""
        values = list(self.get(key) if isinstance(key, str) else map(key, self))
        order = sorted(range(len(values)), key=values.__getitem__, reverse=not ascending)
        return self._with(self.rows[order], inplace)

    def do(self, method: str | Callable, *args: Any, **kwargs: Any) -> Self:
        """Call a function with each view, or a method of each; the set itself."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable, *args: Any, **kwargs: Any) -> Self:
        """The same in random order."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable, *args: Any, **kwargs: Any) -> list[Any]:
        """What a function gives for each view, or a method of each."""
        if isinstance(method, str):
            return [getattr(view, method)(*args, **kwargs) for view in self]
        return [method(view, *args, **kwargs) for view in self]

    def groupby(self, by: Callable | str, result_type: str = "agentset") -> Any:
        """Sets (or lists of views) by the value of a column or of a function, in the order in which values first appear."""
        values = self.get(by) if isinstance(by, str) else self.map(by)
        unit = getattr(self.model.households.columns.get(by), "unit", "") if isinstance(by, str) else ""
        groups: dict[Any, list[int]] = {}
        for value, row in zip(getattr(values, "tolist", lambda: values)(), self.rows.tolist(), strict=True):
            groups.setdefault(value, []).append(row)
        sets = {as_word(value, unit): self._with(np.array(rows)) for value, rows in groups.items()}
        return self._grouped(sets if result_type == "agentset" else {value: list(chosen) for value, chosen in sets.items()})

    def _grouped(self, groups: dict[Any, Any]) -> Any:
        return groups

    def to_list(self) -> list[HouseholdView]:
        """Views of all, as a list."""
        return list(self)

    def set(self, attr_name: str, value: Any) -> NoReturn:
        """Households are changed by levers and dynamics only: TypeError."""
        raise TypeError("households cannot be written to from outside; change the scenario, or write a lever")

    add = discard = remove = set

    def _with(self, rows: np.ndarray, inplace: bool = False) -> Self:
        if not inplace:
            return type(self)(self.model, rows, self.random)
        self._choose(rows)
        return self

    def _choose(self, rows: np.ndarray | None) -> None:
        """Keep these rows of the table of now, and what names their households when another takes its place."""
        self._chosen, self._table = rows, self.model.households
        self._names = () if rows is None else _names(rows, self._table)

    def _update(self, agents: Iterable[HouseholdView]) -> Self:
        return self._with(np.array([agent.row for agent in agents], dtype=np.int64), inplace=True)

    def __copy__(self) -> Self:
        return type(self)(self.model, self._chosen, self.random)

    def __reduce__(self) -> tuple:
        return type(self), (self.model, self._chosen, self.random)

    @classmethod
    def _from_iterable(cls, it: Iterable[HouseholdView]) -> Any:
        return frozenset(it)


def _names(rows: np.ndarray, h: Table) -> tuple[np.ndarray, ...]:
    """Commune, origin and branch of the households of rows."""
    return h.cell[rows], h.origin[rows], h.branch[rows]


def _where(names: tuple[np.ndarray, ...], h: Table) -> np.ndarray:
    """Rows of the households of these names; those that are gone are left out."""
    found = []
    for name in zip(*(part.tolist() for part in names), strict=True):
        try:
            found.append(find_row(h, *name))
        except HouseholdGoneError:
            continue
    return np.array(found, dtype=np.int64)
