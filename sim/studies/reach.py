"""Is the plan reachable, what would make it so, and if nothing does, why: runs of one mix on the same starts and the same luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sim.kit.complaints import Complaint, InputError, nearest
from sim.studies import framing, study_files
from sim.studies import run as running
from sim.studies.answer import CHANCES, Reach
from sim.studies.circumstances import total_of, without_bound
from sim.studies.executors import threads_to_use
from sim.studies.frame import NO_POLICY
from sim.studies.least_money import Chances, Goal, search
from sim.studies.reach_rows import Tables
from sim.studies.run import Progress
from sim.studies.starts import Starts
from sim.studies.trials import Trials

MOST_ROWS = 1_500_000  # households times replications whose starts are kept in memory, some 400 MB


def reach(
    scenario: Any,
    mix: str = "plan",
    target: str | None = None,
    *,
    seed: int | None = None,
    replications: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    engine: Any = None,
) -> Reach:
    """Ask whether ``mix`` reaches its targets (or one of them), with how much money, and what holds it back.

    ``replications`` default to the scenario's, or as many as memory holds; all questions are asked on the same ones. An
    interruption ends the study with what is known by then. Raises InputError for an unknown mix or target, a target that
    cannot be judged, and a mix that has no money.
    """
    started, seed = datetime.now(UTC), scenario.runs.seed if seed is None else seed
    rows = max(scenario.households // scenario.one_for, 1)
    count = min(scenario.runs.replications, max(MOST_ROWS // rows, 1)) if replications is None else replications
    check_mix(scenario, mix)
    asked = _asked(scenario, target)
    starts, steps = Starts(engine or running.simulation_class()), _Steps(progress)
    plain = replace(scenario, targets=asked)
    results = running.run(
        plain, [mix], seed=seed, replications=count, threads=threads, progress=steps.of(_WHOLE), engine=starts, keep_when_stopped=True
    )
    total = total_of(scenario, mix)
    tables, trials = Tables(results, mix, total), Trials(plain, results, mix, starts, threads)
    stopped = results.frame.replications < count
    try:
        for _ in () if stopped else _questions(tables, trials, steps):
            pass
    except KeyboardInterrupt:
        stopped = True
    choices = {"mix": mix, "target": target or "", "stopped": stopped}
    made_of = study_files.describe("reach", [scenario], results.frame, choices, (started, threads_to_use(threads)))
    steps.end()
    return Reach(results.frame, mix, total, **tables.frames(), is_stopped=stopped, manifest={**made_of, "total": total, "mix": mix})


_WHOLE, _LADDER, _REMEDIES = 12, 2, 7  # about how long parts take beside one another


def _questions(tables: Tables, trials: Trials, steps: _Steps) -> Iterator[None]:
    """Answer them one after the other; what is answered stays when the study is interrupted."""
    goals = [Goal(name, chance) for name in tables.names for chance in CHANCES]
    known: dict[float, Chances] = {factor: tables.chances(trials.results, mix) for factor, mix in ((0.0, NO_POLICY), (1.0, trials.mix))}

    def evaluate(factors: Sequence[float]) -> dict[float, Any]:
        found = trials.with_money(factors, steps.of(len(factors)))
        tables.tried(found)
        return {factor: tables.chances(results, name) for factor, (results, name) in found.items()}

    bound = without_bound(trials.scenario, trials.mix)
    tables.least_money(search(goals, known, evaluate, bound))
    yield
    for remedy, how, results, name in trials.remedies(bound, steps.of):
        tables.reason(remedy, how, results, name)
        yield
    tables.remaining(trials.remainder())


class _Steps:
    """Progress over parts of known weight, of which there may be more than were foreseen."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._before, self._total = progress, 0, _WHOLE + _LADDER + _REMEDIES

    def of(self, weight: int) -> Progress:
        """Progress of the next part."""
        before, self._before = self._before, self._before + weight
        self._total = max(self._total, self._before + 1)

        def tell(done: int, total: int) -> None:
            if self._progress is not None:
                self._progress(100 * before + 100 * weight * done // total, 100 * self._total)

        return tell

    def end(self) -> None:
        """All is done."""
        if self._progress is not None:
            self._progress(100 * self._total, 100 * self._total)


def check_mix(scenario: Any, mix: str) -> None:
    """InputError for a mix that the scenario does not have, or that has no money."""
    known = framing.mixes_of(scenario, None)
    if mix not in known:
        raise _wrong("unknown_mix", scenario, mix, known)
    if not total_of(scenario, mix) or mix == NO_POLICY:
        raise _wrong("mix_without_money", scenario, mix, [one for one in known if one != NO_POLICY and total_of(scenario, one)])


def _asked(scenario: Any, name: str | None) -> tuple[Any, ...]:
    """The targets of the study: one by name, or all."""
    names = [target.name for target in scenario.targets]
    if name is not None and name not in names:
        raise _wrong("unknown_target", scenario, name, names)
    asked = tuple(target for target in scenario.targets if name in (None, target.name))
    judged = [target for target in asked if target.form != "outside" and target.by_year <= scenario.end_year]
    if not judged:
        raise _wrong("no_target_to_judge" if name is None else "target_cannot_be_judged", scenario, name or "", names)
    return asked


def _wrong(code: str, scenario: Any, value: str, known: Sequence[str]) -> InputError:
    facts = {"known": list(known), "nearest": nearest(value, [one for one in known if one != value])}
    return InputError([Complaint(code, str(scenario.path), value=value, facts=facts)])
