"""Runs of one mix under changed circumstances, on starts that are built once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.studies import run as running
from sim.studies.answer import ADDED, ALONE, REMEDIES
from sim.studies.circumstances import Circumstances, start_under, take_up_parameters, under
from sim.studies.remainder import Remainder
from sim.studies.results import Results
from sim.studies.run import Progress
from sim.studies.starts import Starts

Found = tuple[Results, str]  # results and the name of the mix in them
CHANGES: Mapping[str, dict[str, Any]] = {
    "in_time": {"in_time": True},
    "places": {"places": True},
    "wanted": {"wanted": True},
    "perfect_list": {"perfect_list": True},
}


class Trials:
    """``mix`` of ``scenario`` tried under other circumstances, to the year of its last target and no longer.

    ``results`` are those of the run as it is, whose replications and seed are taken.
    """

    def __init__(self, scenario: Any, results: Results, mix: str, starts: Starts, threads: int | None) -> None:
        self.mix, self.results, self._starts, self._threads = mix, results, starts, threads
        last = max(target.year for target in results.frame.targets if target.is_judged and target.year <= scenario.end_year)
        self.scenario = replace(scenario, follow_years=max(last - scenario.last_year, 0))
        self._take_up = take_up_parameters(scenario, mix)
        self._years = {target.year for target in results.frame.targets if target.is_judged}
        self._remainders: dict[int, Remainder] = {}
        self._known: dict[Circumstances, Found] = {}
        self._everything: Circumstances | None = None

    def with_money(self, factors: Sequence[float], progress: Progress) -> dict[float, Found]:
        """The mix with its money multiplied by each factor."""
        wanted = [Circumstances(factor=factor) for factor in factors]
        beside = [] if self._known else [Circumstances(places=True)]  # asked for later; cheapest beside the first
        self._run([*wanted, *beside], progress)
        return {one.factor: self._known[one] for one in wanted}

    def remedies(self, bound: float, progress_of: Callable[[int], Progress]) -> Iterator[tuple[str, str, Results, str]]:
        """Each remedy alone and with all before it: remedy, how, results, name of the mix in them. Alike settings run together."""
        wanted = dict(self._ladder(bound))
        self._everything = list(wanted.values())[-1]
        for setting in dict.fromkeys(one.setting for one in wanted.values()):
            alike = {about: one for about, one in wanted.items() if one.setting == setting}
            unknown = [one for one in dict.fromkeys(alike.values()) if one not in self._known]
            if unknown:
                self._run(unknown, progress_of(len(unknown)))
            for (remedy, how), one in alike.items():
                yield remedy, how, *self._known[one]

    def remainder(self) -> dict[int, np.ndarray]:
        """Who is left on the poor list under all remedies: by year, households of shape (replications, REMAINING)."""
        parts = [self._remainders[first].counts for first in sorted(self._remainders)]
        years = sorted(parts[0]) if parts else []
        return {year: np.concatenate([part[year] for part in parts]) for year in years}

    def _ladder(self, bound: float) -> Iterator[tuple[tuple[str, str], Circumstances]]:
        added = Circumstances()
        for remedy in REMEDIES:
            change = CHANGES.get(remedy, {"factor": bound})
            added = replace(added, **change)
            yield (remedy, ALONE), replace(Circumstances(), **change)
            if remedy != REMEDIES[0]:
                yield (remedy, ADDED), added

    def _run(self, some: Sequence[Circumstances], progress: Progress) -> None:
        setting, named = some[0].setting, {f"trial_{number}": one for number, one in enumerate(some, start=len(self._known))}

        watched = self._everything in some

        def watch(simulation: Any, replications: range) -> None:
            if named[simulation.mix] == self._everything:
                self._remainders[replications.start] = Remainder(simulation, self._years, len(replications))

        results = running.run(
            under(self.scenario, self.mix, named),
            list(named),
            seed=self.results.frame.seed,
            replications=self.results.frame.replications,
            threads=self._threads,
            progress=progress,
            engine=self._starts.turned(lambda society: start_under(society, setting, self._take_up), watch),
            beside_no_policy=False,
            processes=not watched,  # who is left is noted here, which another process could not
        )
        self._known |= {one: (results, name) for name, one in named.items()}
