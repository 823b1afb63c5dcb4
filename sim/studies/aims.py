"""What the best mix is best for: a number of households, a depth of poverty, or the chance of targets; more is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.kit.complaints import Complaint, InputError, nearest
from sim.measures import catalogue
from sim.measures.targets import Target
from sim.studies.compare_rows import YEARS_TO_LAST
from sim.studies.frame import Frame
from sim.studies.judging import ALL_TARGETS, outcome_of
from sim.studies.outcomes import followed
from sim.studies.results import Results

# By name: the measure, whether years are added up, and whether the year is the last simulated (else the plan's last).
COUNTED = {
    "escaped": ("escaped_households", True, False),
    "kept_out": ("kept_out_households", False, True),
    "poor": ("official_poor_households", False, False),
    "truly_poor": ("true_poor_households", False, True),
    "poverty_gap": ("fgt1", False, True),
}
TARGET = "target:"  # before the name of a target whose chance is the aim


@dataclass(frozen=True)
class Aim:
    """One aim; ``sign`` is -1 where less of the measure is better. ``targets`` whose joint chance it is, else none."""

    name: str
    measure: str = ""
    summed: bool = False
    year: int = 0
    sign: float = 1.0
    targets: tuple[Target, ...] = ()

    def of(self, results: Results, mix: str) -> np.ndarray:
        """By replication, more is better, shape (replications,)."""
        if self.targets:
            return np.logical_and.reduce([outcome_of(results, target, mix).met for target in self.targets]).astype(np.float64)
        last = results.frame.years.index(self.year)
        series = results.series(mix, self.measure).astype(np.float64)
        return self.sign * (series[:, 1 : last + 1].sum(axis=1) if self.summed else series[:, last])

    def nearness(self, results: Results, mix: str) -> np.ndarray:
        """Of a chance: between 0 and 1, the nearer every replication comes to what is asked; it parts points of equal chance."""
        if not self.targets:
            return np.zeros(results.frame.replications)
        missing = [outcome_of(results, target, mix).missing / max(abs(target.value), 1e-9) for target in self.targets]
        return np.asarray(1.0 / (1.0 + np.mean(missing, axis=0)))


def aims_of(scenario: Any, frame: Frame, names: Sequence[str]) -> tuple[Aim, ...]:
    """The aims of these names; InputError for one that there is not, or that this scenario cannot tell."""
    return tuple(_aim(scenario, frame, name) for name in names)


def _aim(scenario: Any, frame: Frame, name: str) -> Aim:
    targets = followed(frame)
    if name == ALL_TARGETS or name.startswith(TARGET):
        return _chance(scenario, targets, name)
    known = [*COUNTED, ALL_TARGETS, *[TARGET + target.name for target in targets]]
    if name not in COUNTED:
        facts = {"known": known, "nearest": nearest(name, known)}
        raise InputError([Complaint("unknown_aim", str(scenario.path), value=name, facts=facts)])
    measure, summed, at_end = COUNTED[name]
    if name == "kept_out" and frame.years[-1] < frame.last_planned_year + YEARS_TO_LAST:
        followed_for = frame.years[-1] - frame.last_planned_year
        raise InputError(
            [Complaint("aim_needs_years", str(scenario.path), value=name, facts={"years": YEARS_TO_LAST, "followed": followed_for})]
        )
    year = frame.years[-1] if at_end else frame.last_planned_year
    return Aim(name, measure, summed, year, 1.0 if catalogue.describe(measure).more_is_better else -1.0)


def _chance(scenario: Any, targets: Sequence[Target], name: str) -> Aim:
    """The chance of a target, or of all that the plan states together (its yardsticks where it states none)."""
    if name == ALL_TARGETS:
        asked = tuple(target for target in targets if not target.yardstick) or tuple(targets)
        if not asked:
            raise InputError([Complaint("no_target_to_judge", str(scenario.path), facts={"known": []})])
        return Aim(name, year=max(target.year for target in asked), targets=asked)
    key = name.removeprefix(TARGET)
    every = [target.name for target in scenario.targets]
    facts = {"known": every, "nearest": nearest(key, [one for one in every if one != key])}
    if key not in every:
        raise InputError([Complaint("unknown_target", str(scenario.path), value=key, facts=facts)])
    asked = tuple(target for target in targets if target.name == key)
    if not asked:
        raise InputError([Complaint("target_cannot_be_judged", str(scenario.path), value=key, facts=facts)])
    return Aim(name, year=asked[0].year, targets=asked)
