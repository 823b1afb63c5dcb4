"""Which assumption drives the verdict: variance by source, screening and Sobol' indices of groups of numbers, worth of evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from sim.kit.complaints import Complaint, InputError, nearest
from sim.start import parameters_of
from sim.studies import designs, study_files
from sim.studies import run as running
from sim.studies.executors import threads_to_use
from sim.studies.frame import NO_POLICY
from sim.studies.results import Results
from sim.studies.run import Progress
from sim.studies.sensible import Sensitivity
from sim.studies.sensitivity_rows import Kept, Outcomes, tables_of
from sim.studies.sources import SOURCES, Sourced, at_quantiles, groups_of, priors_of, seeds_of
from sim.studies.steps import Steps
from sim.studies.variance_split import all_sides

FOREMOST = 5  # groups that Sobol' indices are given for
MOST_ROWS = 1_500_000  # households times replications whose starts are kept in memory


@dataclass(frozen=True)
class Sizes:
    """Replications of each part: ``prior`` sample, ``split`` of variance, Morris ``screening``, Sobol' ``indices`` (a power of two)."""

    prior: int
    split: int
    screening: int
    indices: int

    @classmethod
    def of(cls, replications: int, rows: int) -> Sizes:
        """Sizes in proportion to ``replications``; starts of the split stay in memory."""
        power = 2 ** max(replications.bit_length() - 1, 2)
        return cls(replications, min(max(replications // 2, 4), max(MOST_ROWS // rows, 4)), max(replications // 8, 4), power)


def sensitivity(
    scenario: Any,
    mix: str = "plan",
    target: str | None = None,
    *,
    seed: int | None = None,
    replications: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    engine: Any = None,
) -> Sensitivity:
    """Ask what drives the outcomes of ``mix``, foremost what ``target`` (the first that can be judged) measures.

    ``replications`` (the scenario's) are those of the prior sample on which mixes are chosen; the other parts take fewer. An
    interruption ends the study with the parts done by then. Raises InputError for an unknown mix or target, and for a
    target that cannot be judged.
    """
    started, seed = datetime.now(UTC), scenario.runs.seed if seed is None else seed
    count = scenario.runs.replications if replications is None else replications
    asked = _Asked(scenario, mix, target)
    sizes = Sizes.of(count, max(scenario.households // scenario.one_for, 1))
    lab = _Lab(asked, engine or running.simulation_class(), seed, threads, Steps(progress, _work(asked, sizes)))
    kept = Kept(asked.outcomes)
    stopped = False
    try:
        for part in (_prior, _split, _screening, _indices):
            part(lab, kept, sizes)
        lab.steps.end()
    except KeyboardInterrupt:
        stopped = True
        if kept.frame is None:
            raise
    choices = {"mix": mix, "target": asked.main, "stopped": stopped}
    frame: Any = kept.frame
    made_of = study_files.describe("sensitivity", [scenario], frame, choices, (started, threads_to_use(threads)))
    about: dict[str, Any] = {"mix": mix, "mixes": asked.mixes, "main": asked.main, "runs": vars(sizes)}
    meanings = {name: {"vi": one.vi, "en": one.en} for name, one in priors_of(scenario).items()}
    tables = tables_of(kept, asked.groups)
    return Sensitivity(frame, **about, **tables, meanings=meanings, is_stopped=stopped, manifest={**made_of, **about})


class _Asked:
    """The question, if it can be asked: the scenario cut to its last target, mixes, groups of numbers and outcomes."""

    def __init__(self, scenario: Any, mix: str, target: str | None) -> None:
        known = [*[name for name in scenario.mixes if name != NO_POLICY], NO_POLICY]
        if mix not in known:
            raise _wrong("unknown_mix", scenario, mix, known)
        names = [one.name for one in scenario.targets]
        if target is not None and target not in names:
            raise _wrong("unknown_target", scenario, target, names)
        judged = [one for one in scenario.targets if one.form != "outside" and one.by_year <= scenario.end_year]
        if target is not None and target not in [one.name for one in judged]:
            raise _wrong("target_cannot_be_judged", scenario, target, names)
        last = max([scenario.last_year, *[one.by_year for one in judged]])
        self.scenario = replace(scenario, follow_years=last - scenario.last_year)
        self.mix, self.mixes = mix, tuple(known[:-1]) if len(known) > 2 else tuple(known)
        self.beside = tuple(dict.fromkeys((mix, NO_POLICY)))
        self.groups = groups_of(self.scenario, [mix])
        self.all_groups = groups_of(self.scenario, known)
        self.outcomes = Outcomes(mix, scenario.last_year)
        self.main = f"target:{target or judged[0].name}" if judged else "households"


@dataclass(frozen=True)
class _Lab:
    """Runs of a question with sources and numbers as a design wants them."""

    asked: _Asked
    engine: Any
    seed: int
    threads: int | None
    steps: Steps

    def run(self, mixes: Sequence[str], engine: Any, replications: int, seed: int) -> Results:
        """One run; a step of the progress."""
        return running.run(
            self.asked.scenario, list(mixes), seed=seed, replications=replications, threads=self.threads, engine=engine,
            beside_no_policy=False, processes=True, progress=self.steps.of(replications * (2 + len(mixes))),
        )  # fmt: skip

    def step(self, design: Mapping[str, np.ndarray], replications: int, sides: Sequence[int]) -> Results:
        """One step of a design: its points, on the sources of these sides."""
        seeds = seeds_of(tuple(sides), self.seed)

        def given(scenario: Any, rows: range) -> np.ndarray:
            base = parameters_of(scenario, rows, self.seed)
            return at_quantiles(scenario, base, {name: share[rows.start : rows.stop] for name, share in design.items()})

        return self.run(self.asked.beside, Sourced(self.engine, seeds, given), replications, seeds[SOURCES[0]])


def _prior(lab: _Lab, kept: Kept, sizes: Sizes) -> None:
    """All mixes on the prior."""
    mixes = tuple(dict.fromkeys((*lab.asked.mixes, *lab.asked.beside)))
    results = lab.run(mixes, Sourced(lab.engine, seeds_of((0,) * len(SOURCES), lab.seed)), sizes.prior, lab.seed)
    kept.frame = replace(results.frame, replications=sizes.prior)
    kept.prior(results, lab.asked.mixes, parameters_of(lab.asked.scenario, range(sizes.prior), lab.seed), lab.asked.all_groups)


def _split(lab: _Lab, kept: Kept, sizes: Sizes) -> None:
    """Every mixture of two draws of each source."""
    starts: dict[tuple[int, ...], dict[int, Any]] = {}
    for sides in all_sides(len(SOURCES)):
        starts = {sides[:2]: starts.get(sides[:2], {})}  # those of the mixture before are done with
        seeds = seeds_of(sides, lab.seed)
        engine = Sourced(lab.engine, seeds, kept=starts[sides[:2]])
        kept.mixtures[sides] = lab.asked.outcomes.of(lab.run(lab.asked.beside, engine, sizes.split, seeds[SOURCES[0]]))


def _screening(lab: _Lab, kept: Kept, sizes: Sizes) -> None:
    """Morris' trajectories over all groups."""
    design = designs.morris(lab.asked.groups, sizes.screening, lab.seed)
    found = [lab.asked.outcomes.of(lab.step(points, sizes.screening, (0,) * len(SOURCES))) for points in design.steps]
    kept.screened = (design, found)


def _indices(lab: _Lab, kept: Kept, sizes: Sizes) -> None:
    """Sobol' indices of the groups that moved the main outcome most; the last step shares nothing else with the first."""
    foremost = kept.foremost(lab.asked.main, FOREMOST)
    rest = [name for group, names in lab.asked.groups.items() if group not in foremost for name in names]
    groups = {group: lab.asked.groups[group] for group in foremost} | ({"rest": tuple(rest)} if rest else {})
    design = designs.sobol(groups, sizes.indices, lab.seed)
    last = len(design.steps) - 1
    sides = [[int(step == last)] * len(SOURCES) for step in range(len(design.steps))]
    found = [lab.asked.outcomes.of(lab.step(points, sizes.indices, sides[step])) for step, points in enumerate(design.steps)]
    kept.indexed = (design, found)


def _work(asked: _Asked, sizes: Sizes) -> int:
    """About how much there is to do, in the units of progress: replications times starts and mixes."""
    two = 2 + len(asked.beside)
    groups = len(asked.groups)
    prior = sizes.prior * (2 + len({*asked.mixes, *asked.beside}))
    others = sizes.split * 2 ** len(SOURCES) + sizes.screening * (groups + 1) + sizes.indices * (min(groups, FOREMOST) + 3)
    return prior + others * two


def _wrong(code: str, scenario: Any, value: str, known: Sequence[str]) -> InputError:
    facts = {"known": list(known), "nearest": nearest(value, [one for one in known if one != value])}
    return InputError([Complaint(code, str(scenario.path), value=value, facts=facts)])
