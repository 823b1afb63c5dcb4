"""The best use of a mix's money: its division over levers (and years, and places) searched on common random numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from sim.kit.complaints import Complaint, InputError, nearest
from sim.policies.discovery import discover
from sim.studies import allocating, framing, study_files
from sim.studies import run as running
from sim.studies.aims import aims_of
from sim.studies.allocating import PROBE, START, Tried
from sim.studies.best import EQUAL, TODAY, BestMix
from sim.studies.best_rows import best_of, curve_rows, division_rows, fresh_rows, named, point_rows, tried_rows
from sim.studies.divided_runs import DividedRuns
from sim.studies.executors import threads_to_use
from sim.studies.futures import futures_of
from sim.studies.money_space import MoneySpace, buyers_of, money_space
from sim.studies.reach import check_mix
from sim.studies.run import Progress
from sim.studies.shares import LEVERS, PLACES, YEARS, Point, equal_of, today_of

OVER = (LEVERS, YEARS, PLACES)
MOST_ROWS = 400_000  # simulated households of the search, whose starts are kept in memory
MOST_SEARCHED = 100  # replications of the search
FRESH = 1_000_003  # added to the seed for luck that the search has not seen


def best_mix(
    scenario: Any,
    mix: str = "plan",
    aims: Sequence[str] = ("escaped",),
    *,
    over: Sequence[str] = (LEVERS, YEARS),
    levers: Sequence[str] = (),
    futures: Sequence[str] = (),
    evaluations: int | None = None,
    seed: int | None = None,
    replications: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    engine: Any = None,
) -> BestMix:
    """Divide the money of ``mix`` so that an aim is as great as can be, or find the front of several ``aims``.

    An aim is escaped, kept_out, poor, truly_poor, poverty_gap, all_targets, or target:NAME (see aims.py). The money of each source
    and kind stays what it is; ``over`` says what it may be divided over, ``levers`` names some that the mix does not have.
    With ``futures`` the aim is what it comes to in the worst of these and the usual one. About ``evaluations`` divisions are
    tried; then today's, the equal and the best are run on fresh luck, with ``replications`` (the scenario's). An interruption ends
    the search with what is known by then. Raises InputError for what the scenario does not have or cannot tell.
    """
    started, seed = datetime.now(UTC), scenario.runs.seed if seed is None else seed
    count = scenario.runs.replications if replications is None else replications
    _check(scenario, mix, aims, over, levers)
    frame = framing.frame_of(scenario, (mix,), count, seed)
    wanted, space = aims_of(scenario, frame, aims), _space(scenario, mix, over, levers)
    ahead = futures_of(scenario, [*futures]) if futures else {"": next(iter(futures_of(scenario, []).values()))}
    searched = min(count, MOST_SEARCHED, max(MOST_ROWS // max(scenario.households // scenario.one_for, 1), 2))
    how = {"engine": engine or running.simulation_class(), "threads": threads}
    runs = DividedRuns(space, wanted, [*ahead.values()], {**how, "seed": seed, "replications": searched})
    again = DividedRuns(space, wanted, [*ahead.values()], {**how, "seed": (seed + FRESH) % 2**63, "replications": count})
    limit = allocating.usual(space.blocks) if evaluations is None else evaluations
    found = _Search(runs, again, (limit, seed), progress)
    found.run()
    bests = best_of(found.tried)
    choices = {"mix": mix, "aims": [*aims], "over": [*over], "levers": [*levers], "futures": [*futures], "stopped": found.stopped}
    choices |= {"evaluations": limit, "searched": searched}
    made_of = study_files.describe("best-mix", [scenario], frame, choices, (started, threads_to_use(threads)))
    return BestMix(
        frame, mix, tuple(aims), tuple(aim.name for aim in wanted if aim.sign < 0), {aim.name: aim.year for aim in wanted},
        {name: dict(future.name) for name, future in ahead.items() if name}, searched,
        **found.tables(bests), is_stopped=found.stopped, manifest={**made_of, **choices},
    )  # fmt: skip


class _Search:
    """Search, probes and fresh runs one after another; an interruption keeps what is known."""

    def __init__(self, runs: DividedRuns, again: DividedRuns, about: tuple[int, int], progress: Progress | None) -> None:
        self._runs, self._again, (self._limit, self._seed), self._progress = runs, again, about, progress
        self.tried: list[Tried] = []
        self.fresh: dict[str, np.ndarray] = {}
        self.stopped = False
        members = sum(len(block.members) for block in runs.blocks)
        self._total = max(self._limit, allocating.fewest(runs.blocks) + allocating.AT_ONCE) + 3 * members + 12

    def run(self) -> None:
        """Do all of it."""
        self._runs.progress = self._tell
        try:
            today = self._runs.evaluate([None])[0]
            self.tried.append(Tried(today_of(self._runs.blocks), START, today))
            self._runs.plain[self.tried[0].point] = self._runs.plain[None]
            allocating.search(self._runs, self._limit, self._seed, self.tried.append)
            bests = best_of(self.tried)
            if len(self._runs.aims) == 1:
                self._probe(bests[0].point)
                bests = best_of(self.tried)
            points: dict[str, Point | None] = {TODAY: None, EQUAL: equal_of(self._runs.blocks)}
            points |= {name: one.point for name, one in named(bests).items()}
            self._again.progress = self._tell
            self._again.evaluate([*points.values()])
            self.fresh = {name: self._again.plain[point] for name, point in points.items()}
            if self._progress is not None:
                self._progress(self._total, self._total)
        except KeyboardInterrupt:
            self.stopped = True
            if not self.tried:
                raise

    def tables(self, bests: Sequence[Tried]) -> dict[str, Any]:
        """All as data frames."""
        from pandas import DataFrame

        blocks, aims, plain = self._runs.blocks, self._runs.aims, self._runs.plain
        promised = {TODAY: plain[None], **{name: plain[one.point] for name, one in named(bests).items()}}
        seed = self._again.seed
        rows = {
            "divisions": division_rows(blocks, named(bests), self.tried),
            "fresh": fresh_rows(aims, self.fresh, promised, seed),
            "tried": tried_rows(aims, bests, self.tried, plain),
            "points": point_rows(blocks, self.tried),
            "curves": curve_rows(blocks, aims, self.tried, plain),
        }
        return {name: DataFrame(list(some)) for name, some in rows.items()}

    def _probe(self, best: Point) -> None:
        some = allocating.probes(best, self._runs.blocks)
        for first in range(0, len(some), allocating.AT_ONCE):
            chunk = some[first : first + allocating.AT_ONCE]
            self.tried += [Tried(point, PROBE, values) for point, values in zip(chunk, self._runs.evaluate(chunk), strict=True)]

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None:
            before = len(self.tried)
            ahead = allocating.AT_ONCE * done / max(total, 1)
            self._progress(round(100 * min(before + ahead, self._total - 1)), 100 * self._total)


def _check(scenario: Any, mix: str, aims: Sequence[str], over: Sequence[str], levers: Sequence[str]) -> None:
    """InputError for a mix without money, no aim, and what may not be divided over."""
    check_mix(scenario, mix)
    if not aims:
        raise _wrong("unknown_aim", scenario, "", [])
    for name in over:
        if name not in OVER:
            raise _wrong("unknown_over", scenario, name, OVER)
    known = [*discover(scenario.levers_folder)]
    for name in levers:
        if name not in known:
            raise _wrong("unknown_lever_to_buy", scenario, name, known)


def _space(scenario: Any, mix: str, over: Sequence[str], levers: Sequence[str]) -> MoneySpace:
    """What may be chosen; InputError for a lever that no money of the mix may buy, and where there is no choice at all."""
    space = money_space(scenario, mix, over, levers)
    for name in levers:
        if not any(name in buyers_of(space.scenario, envelope, space.allocations) for envelope, _ in space.envelopes):
            raise _wrong("lever_cannot_be_bought", scenario, name, [])
    if not space.blocks:
        raise _wrong("nothing_to_divide", scenario, mix, [])
    return space


def _wrong(code: str, scenario: Any, value: str, known: Sequence[str]) -> InputError:
    return InputError([Complaint(code, str(scenario.path), value=value, facts={"known": list(known), "nearest": nearest(value, known)})])
