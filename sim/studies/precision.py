"""As many replications as the main target asks for: they are doubled until its probability is known closely enough."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.kit.complaints import Complaint, InputError
from sim.measures.targets import Target, interval
from sim.studies.blocks import Blocks
from sim.studies.judging import is_followed, judge_one
from sim.studies.pieces import Task
from sim.studies.results import Part, Parts, Results
from sim.studies.run import run
from sim.studies.size import SHARE_OF_FREE_MEMORY, free_memory, size_of

MOST = 100_000
POINTS = 100.0


class Earlier(Blocks):
    """The replications of the step before, in memory: the next one does not do them again."""

    def __init__(self, results: Results | None) -> None:
        super().__init__(Path())
        self._results = results

    def open(self, scenario: str, identity: str) -> dict[Task, Parts]:
        """All of them as one batch; none before the first step."""
        found = self._results
        if found is None:
            return {}
        parts = {mix: Part(found.measures[mix], found.flows[mix], found.ledger[mix]) for mix in found.frame.mixes}
        return {range(found.frame.replications): parts}

    def keep(self, task: Task, parts: Parts) -> None:
        """The results of the step hold what is done."""


def run_to_precision(
    scenario: Any,
    mixes: Sequence[str] | None = None,
    *,
    precision: float,
    replications: int | None = None,
    threads: int | None = None,
    most: int = MOST,
    **options: Any,
) -> Results:
    """Run a scenario until the probability of its main target under its leading mix is known to ``precision`` points.

    That is half of the 90 % interval (Wilson). Replications begin with those of the scenario, or ``replications``, and are
    doubled, up to ``most`` or what the memory holds; the results are those of a plain run with as many. ``options`` are those
    of :func:`sim.studies.run.run`. Raises InputError where no target can be judged, ValueError for a precision of none.
    """
    if not precision > 0:
        raise ValueError(f"the precision is a number of points above 0, not {precision!r}")
    count, results = scenario.runs.replications if replications is None else replications, None
    if not any(target.form != "outside" for target in scenario.targets):
        raise _nothing_to_judge(scenario)
    while True:
        results = run(scenario, mixes, replications=count, threads=threads, blocks=Earlier(results), **options)
        if main_target(results) is None:
            raise _nothing_to_judge(scenario)
        following = min(2 * count, most)
        if half_width(results) <= precision or following <= count or not _fits(scenario, following, threads):
            return results
        count = following


def main_target(results: Results) -> Target | None:
    """The first target that the run can judge."""
    return next((target for target in results.frame.targets if target.is_judged and is_followed(results, target)), None)


def half_width(results: Results) -> float:
    """Half of the 90 % interval of the main target's probability under the leading mix, percentage points."""
    target = main_target(results)
    if target is None:
        return float("nan")
    low, high = interval(judge_one(results, target, results.frame.leading).probability, results.frame.replications)
    return POINTS * (high - low) / 2.0


def _fits(scenario: Any, count: int, threads: int | None) -> bool:
    """Whether so many replications fit into what memory is free."""
    free = free_memory()
    return free is None or size_of(scenario, count, threads).memory < SHARE_OF_FREE_MEMORY * free


def _nothing_to_judge(scenario: Any) -> InputError:
    return InputError([Complaint("no_target_to_know", str(scenario.path), key="targets")])
