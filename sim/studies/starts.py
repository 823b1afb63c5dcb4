"""Starts that are built once and used by many runs: what a study that asks the same households many questions saves most by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Starts:
    """An engine as ``run`` asks for, whose starts are kept; a start does not depend on mixes, money, calendar or targets.

    ``turned(scenario, change)`` is the engine for another scenario on the same starts, ``change(society)`` a changed copy of a
    start's society. ``at_start(simulation)`` sees every simulation before it begins.
    """

    engine: Any
    kept: dict[int, Any] = field(default_factory=dict)
    change: Callable[[Any], Any] | None = None
    at_start: Callable[[Any, range], None] | None = None

    def holds(self, tasks: Sequence[range]) -> bool:
        """Whether the starts of all these batches are kept."""
        return all(task.start in self.kept for task in tasks)

    def turned(self, change: Callable[[Any], Any], at_start: Callable[[Any, range], None] | None = None) -> Starts:
        """The same starts for runs under changed circumstances."""
        return Starts(self.engine, self.kept, change, at_start)

    def start(self, scenario: Any, replications: range, seed: int) -> tuple[range, Any]:
        """The kept start of a batch under this scenario; built the first time."""
        if replications.start not in self.kept:
            self.kept[replications.start] = self.engine.start(scenario, replications, seed)
        begun = copy(self.kept[replications.start])
        begun.scenario = scenario
        if hasattr(begun, "society"):
            begun.society = (self.change or _plain_copy)(begun.society)
        return replications, begun

    def side_by_side(self, begun: tuple[range, Any], mixes: Sequence[str], at_start: Callable[[Any], None]) -> Iterator[Any]:
        """The simulations of the engine from a start that is used up by them."""
        replications, start = begun

        def tell(simulation: Any) -> None:
            if self.at_start is not None:
                self.at_start(simulation, replications)
            at_start(simulation)

        return self.engine.side_by_side(start, mixes, tell)


def _plain_copy(society: Any) -> Any:
    return society.copy()
