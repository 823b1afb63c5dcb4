"""The independent sources of a run's spread, each with a key of its own: who is there at the start, uncertain numbers, what the world
does, when money comes, and the luck of households."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.law.parameters import Parameter, override
from sim.policies.calendar import Calendar
from sim.start import all_parameters, parameters_of
from sim.studies.variance_split import Sides

POPULATION, PARAMETERS, WORLD, DELIVERY, LUCK = "population", "parameters", "world", "delivery", "luck"
SOURCES = (POPULATION, PARAMETERS, WORLD, DELIVERY, LUCK)  # the first two make a start, which mixtures of the others share
SEEDS = 2**63
Given = Callable[[Any, range], np.ndarray]  # a scenario and replications: parameter values, a record for each


def other_seed(seed: int) -> int:
    """A seed that has nothing to do with the first (a step of Knuth's 64-bit generator)."""
    return (seed * 6364136223846793005 + 1442695040888963407) % SEEDS


def seeds_of(sides: Sides, seed: int) -> dict[str, int]:
    """The seed of every source for a mixture of sides."""
    return {source: (seed, other_seed(seed))[side] for source, side in zip(SOURCES, sides, strict=True)}


@dataclass
class Sourced:
    """An engine as ``run`` asks for, whose sources have seeds of their own; that of the population is the run's.

    ``given`` makes the parameters; starts are kept in ``kept``, if there is such, for others with the same population and parameters.
    """

    engine: Any
    seeds: Mapping[str, int]
    given: Given | None = None
    kept: dict[int, Any] | None = None

    def holds(self, tasks: Sequence[range]) -> bool:
        """Whether the starts of all these batches are kept, or none is to be."""
        return self.kept is None or all(task.start in self.kept for task in tasks)

    def start(self, scenario: Any, replications: range, seed: int) -> Any:
        """A start of a batch with its sources' seeds."""
        begun = self._population(scenario, replications, seed)
        begun.scenario, begun.seed = scenario, self.seeds[LUCK]
        if hasattr(begun, "society"):
            begun.society.seed, begun.society.world.seed = self.seeds[LUCK], self.seeds[WORLD]
        return begun

    def side_by_side(self, begun: Any, mixes: Sequence[str], at_start: Callable[[Any], None]) -> Iterator[Any]:
        """The simulations of the engine; money comes by its own seed."""

        def tell(simulation: Any) -> None:
            if hasattr(simulation.programme, "books"):
                books = simulation.programme.books
                books.calendar = SeededCalendar(books.calendar.reading, self.seeds[DELIVERY])
            at_start(simulation)

        return self.engine.side_by_side(begun, mixes, tell)

    def _population(self, scenario: Any, replications: range, seed: int) -> Any:
        """A start of one's own: built, or the copy of one that is kept."""
        if self.kept is None or replications.start not in self.kept:
            built = self.engine.start(scenario, replications, seed, (self.given or self._drawn)(scenario, replications))
            if self.kept is None:
                return built
            self.kept[replications.start] = built
        begun = copy(self.kept[replications.start])
        if hasattr(begun, "society"):
            begun.society = begun.society.copy()
        return begun

    def _drawn(self, scenario: Any, replications: range) -> np.ndarray:
        return parameters_of(scenario, replications, self.seeds[PARAMETERS])


@dataclass(frozen=True)
class SeededCalendar(Calendar):
    """A calendar whose draws have a seed of their own."""

    seed: int = 0

    def _draw(self, table: str, purpose: Any, moment: Any, communes: Any, kind: str) -> np.ndarray:
        from dataclasses import replace

        return super()._draw(table, purpose, replace(moment, seed=self.seed), communes, kind)


def groups_of(scenario: Any, mixes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Names of the uncertain numbers that may matter to these mixes, by the file that holds them; fixed ones are left out."""
    known = priors_of(scenario)
    program = {Path(parameter.home).stem for parameter in known.values() if Path(parameter.home).parent.name != "policies"}
    levers = {lever for mix in mixes if mix in scenario.mixes for lever in scenario.mixes[mix].levers}
    found: dict[str, list[str]] = {}
    for name, parameter in known.items():
        home = Path(parameter.home)
        at_work = home.stem in levers or (home.stem in program and home.parent.name in ("dynamics", "standards", "population"))
        if at_work and parameter.prior.kind != "fixed":
            found.setdefault(home.stem, []).append(name)
    return {group: tuple(names) for group, names in found.items()}


def priors_of(scenario: Any) -> dict[str, Parameter]:
    """Every uncertain number with the prior that the scenario gives it."""
    return override(all_parameters(scenario), scenario.parameters)


def at_quantiles(scenario: Any, base: np.ndarray, shares: Mapping[str, np.ndarray]) -> np.ndarray:
    """Parameters like ``base``, a record for each replication, with the named ones at these quantiles of what is believed of
    them: their prior, or by itself what a fitted posterior says."""
    known, changed = priors_of(scenario), base.copy()
    posterior = getattr(scenario, "posterior", None)
    for name, share in shares.items():
        if posterior is not None and name in posterior.names and name not in scenario.parameters:
            changed[name] = posterior.quantiles(name, tuple(float(one) for one in share))
        else:
            changed[name] = known[name].prior.quantile(np.asarray(share, dtype=np.float64))
    return changed
