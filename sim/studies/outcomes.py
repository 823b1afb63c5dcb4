"""What a study of levers weighs them by: what each target measures, the chance of it, and households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from sim.measures import catalogue
from sim.measures.grouping import ALL
from sim.measures.targets import Target
from sim.studies.compare_rows import YEARS_TO_LAST, is_better_upward
from sim.studies.frame import Frame
from sim.studies.judging import ALL_TARGETS, outcome_of
from sim.studies.results import Results

TARGET, CHANCE, HOUSEHOLDS = "target", "chance", "households"  # kinds
ESCAPED, POOR, KEPT_OUT = "escaped_households", "official_poor_households", "kept_out_households"
# Households counted in the plan's last year and in the last simulated; ``True``: all years to then added up.
COUNTED = ((ESCAPED, True), (POOR, False), ("true_poor_households", False))


@dataclass(frozen=True)
class Outcome:
    """One thing that levers are weighed by, a number in every replication.

    ``kind`` target: what a target measures in its own terms; chance: 1 where the target (or all of them) is met, else 0;
    households: a count, over all years to ``year`` if ``summed``.
    """

    kind: str
    name: str
    measure: str
    group: str
    place: str
    year: int
    unit: str
    summed: bool
    more_is_better: bool
    targets: tuple[Target, ...] = field(default=(), compare=False, repr=False)

    def of(self, results: Results, mix: str) -> np.ndarray:
        """Its value by replication, shape (replications,)."""
        if self.kind == CHANCE:
            return np.logical_and.reduce([outcome_of(results, target, mix).met for target in self.targets]).astype(np.float64)
        if self.kind == TARGET:
            return np.asarray(outcome_of(results, self.targets[0], mix).achieved, dtype=np.float64)
        last = results.frame.years.index(self.year)
        series = results.series(mix, self.measure).astype(np.float64)
        return series[:, 1 : last + 1].sum(axis=1) if self.summed else series[:, last]

    def row(self) -> dict[str, Any]:
        """What it is, as columns of a table."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "targets"}


def outcomes_of(frame: Frame, targets: Sequence[Target]) -> tuple[Outcome, ...]:
    """All that a run can tell: households first, then each target and its chance, then all targets together."""
    found = [_households(frame, name, summed, year) for name, summed in COUNTED for year in _years(frame)]
    if frame.years[-1] >= frame.last_planned_year + YEARS_TO_LAST:
        found.append(_households(frame, KEPT_OUT, False, frame.years[-1]))
    for target in targets:
        where = (target.measure, target.group, target.place, target.year)
        found.append(Outcome(TARGET, target.name, *where, target.unit, False, is_better_upward(target), (target,)))
        found.append(Outcome(CHANCE, target.name, *where, "0 or 1", False, True, (target,)))
    stated = tuple(target for target in targets if not target.yardstick) or tuple(targets)
    if len(stated) > 1:
        year = max(target.year for target in stated)
        found.append(Outcome(CHANCE, ALL_TARGETS, "", ALL, ALL, year, "0 or 1", False, True, stated))
    return tuple(found)


def followed(frame: Frame) -> tuple[Target, ...]:
    """The targets that a run judges."""
    return tuple(target for target in frame.targets if target.is_judged and {target.base_year, target.year} <= {*frame.years})


def _years(frame: Frame) -> tuple[int, ...]:
    return tuple(dict.fromkeys((frame.last_planned_year, frame.years[-1])))


def _households(frame: Frame, name: str, summed: bool, year: int) -> Outcome:
    described = catalogue.describe(name)
    return Outcome(HOUSEHOLDS, name, name, ALL, ALL, year, described.unit, summed, described.more_is_better)
