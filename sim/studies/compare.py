"""Mixes side by side: differences run by run on the same luck, households followed from one to the other, money per household."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sim.kit.complaints import Complaint, InputError, nearest
from sim.measures.targets import Target
from sim.studies import framing, study_files
from sim.studies import run as running
from sim.studies.compare_rows import cost_rows, difference_rows, transition_rows
from sim.studies.comparison import Comparison
from sim.studies.executors import threads_to_use
from sim.studies.frame import NO_POLICY, Frame
from sim.studies.run import Progress
from sim.studies.sides import Side
from sim.studies.sightings import Watch

APART = ":"  # between scenario and mix in a label
Wanted = dict[str, tuple[int, str]]  # label: number of the scenario and mix, the reference first


def compare(
    scenarios: Any,
    mixes: Sequence[str] | None = None,
    *,
    against: str | None = None,
    seed: int | None = None,
    replications: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    engine: Any = None,
) -> Comparison:
    """Compare the mixes of a scenario, or those of several, with a reference mix.

    Of one scenario all mixes are compared, or those of ``mixes``; of several the first mix of each, or those of ``mixes``
    that it has. ``against`` is the reference: ``no_policy`` (of the first scenario) unless said otherwise; with several
    scenarios ``scenario:mix`` names it. Seed and replications are those of the first scenario unless given, the same for all.
    An interruption ends the study with the replications that are whole by then. Raises InputError for unknown mixes and where
    nothing is left to compare.
    """
    started, every = datetime.now(UTC), list(scenarios) if isinstance(scenarios, (list, tuple)) else [scenarios]
    runs = every[0].runs
    seed, count = runs.seed if seed is None else seed, runs.replications if replications is None else replications
    wanted = _wanted(every, tuple(mixes or ()), against)
    sides: dict[str, Side] = {}
    for number, scenario in enumerate(every):
        labels = {label: mix for label, (index, mix) in wanted.items() if index == number}
        watch = Watch(engine or running.simulation_class(), {scenario.last_year, scenario.end_year, *_due(scenario)})
        results = running.run(
            scenario, [*labels.values()], seed=seed, replications=count, threads=threads, engine=watch, keep_when_stopped=True,
            progress=_part_of(progress, number, len(every)),
        )  # fmt: skip
        done = results.frame.replications
        sides |= {label: Side(label, results, mix, watch, done, _remote(scenario)) for label, mix in labels.items()}
        if done < count:
            break
    return _compared(every, sides, count, (started, threads_to_use(threads)))


def _compared(scenarios: Sequence[Any], sides: dict[str, Side], asked: int, about: tuple[datetime, int]) -> Comparison:
    """The tables of all sides beside the first."""
    from pandas import DataFrame

    runs = min(side.runs for side in sides.values())
    against, *others = [replace(side, runs=runs) for side in sides.values()]
    if not others:
        raise KeyboardInterrupt  # stopped before a second mix was there
    frame = replace(against.results.frame, replications=runs)
    targets = [target for target in frame.targets if target.is_judged and {target.base_year, target.year} <= {*frame.years}]
    years = _years(frame, targets)
    labels = tuple(side.label for side in others)
    made_of = study_files.describe("compare", scenarios, frame, {"against": against.label, "mixes": labels}, about)
    names = {side.label: {"mix": side.mix, **side.results.frame.name} for side in (against, *others)}
    return Comparison(
        frame=frame,
        against=against.label,
        mixes=labels,
        names=names,
        asked=asked,
        differences=DataFrame([row for side in others for row in difference_rows(side, against, frame, targets)]),
        transitions=DataFrame([row for side in others for row in transition_rows(side, against, years, frame.one_for)]),
        costs=DataFrame([row for side in others for row in cost_rows(side, against, frame)]),
        manifest={**made_of, "names": names, "asked": asked},
        is_stopped=runs < asked,
    )


def _years(frame: Frame, targets: Sequence[Target]) -> list[int]:
    """Years in which households are followed from mix to mix."""
    return sorted({frame.last_planned_year, frame.years[-1], *[target.year for target in targets]})


def _due(scenario: Any) -> set[int]:
    return {target.by_year for target in scenario.targets}


def _remote(scenario: Any) -> tuple[str, ...]:
    """Places of especially difficult areas, where a plan has places to tell apart."""
    remote = tuple(place.name for place in scenario.places if place.area == "especially_difficult")
    return remote if len(scenario.places) > 1 else ()


def _wanted(scenarios: Sequence[Any], mixes: tuple[str, ...], against: str | None) -> Wanted:
    """The mixes to run, the reference first."""
    keys = [scenario.key if [one.key for one in scenarios].count(scenario.key) == 1 else f"{scenario.key}_{number}"
            for number, scenario in enumerate(scenarios, start=1)]  # fmt: skip
    several = len(scenarios) > 1
    known = [framing.mixes_of(scenario, None) for scenario in scenarios]
    everything = {(f"{keys[index]}{APART}{mix}" if several else mix): (index, mix) for index, some in enumerate(known) for mix in some}
    for mix in mixes:
        if mix not in everything and not any(mix in some for some in known):
            raise _wrong("unknown_mix", scenarios[0], mix, [*everything])
    reference = against or NO_POLICY
    if several and reference in known[0]:
        reference = f"{keys[0]}{APART}{reference}"
    if reference not in everything:
        raise _wrong("unknown_mix", scenarios[0], reference, [*everything])
    chosen = {label: where for label, where in everything.items() if _is_chosen(label, where, mixes, known, several)}
    found = {reference: everything[reference], **chosen}
    if len(found) < 2:
        raise _wrong("nothing_to_compare", scenarios[0], reference, [*everything])
    return found


def _is_chosen(label: str, where: tuple[int, str], mixes: tuple[str, ...], known: Sequence[tuple[str, ...]], several: bool) -> bool:
    """Whether a mix is asked for, by its label or its own name; where none is, all of one scenario, the first of each of several."""
    if mixes:
        return label in mixes or where[1] in mixes
    return not several or where[1] == known[where[0]][0]


def _wrong(code: str, scenario: Any, value: str, known: Sequence[str]) -> InputError:
    facts = {"known": known, "nearest": nearest(value, known)}
    return InputError([Complaint(code, str(scenario.path), value=value, facts=facts)])


def _part_of(progress: Progress | None, number: int, parts: int) -> Progress | None:
    """Progress of one of several runs of about the same length."""
    if progress is None:
        return None
    return lambda done, total: progress(number * total + done, parts * total)
