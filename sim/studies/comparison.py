"""What a comparison of mixes gives: tidy tables of paired differences, transitions and costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sim.studies.study import ScenarioStudy

if TYPE_CHECKING:
    import pandas as pd

ALL_TARGETS = "all_targets"
TARGET, MEASURE, GROUP = "target", "measure", "group"  # what a row of differences is about
LIFTED, TRULY_LIFTED, KEPT_OUT = "lifted", "truly_lifted", "kept_out"


@dataclass(frozen=True)
class Comparison(ScenarioStudy):
    """Mixes beside a reference mix, run by run on the same luck.

    ``differences``: a row a mix, target or measure, group and year, with the medians of both (``value``, ``value_against``), the
    middle 90 % of the paired difference (``median``, ``low``, ``high``), the shares of runs in which the mix is ``better`` or the
    ``same``, the mean with its error and 90 % confidence interval, and the ``variance_ratio``; rows of targets have the
    ``probability`` of both with its Monte Carlo error. ``summed`` counts are those of all years to the row's.
    ``transitions``: households of a run (mean, 5 and 95 %) by standing under the reference and under the mix; ``absent`` is a
    household that is not there under one of them. ``costs``: money paid over households gained.
    ``mixes`` holds the labels of the mixes compared, in order; a label is a mix, or ``scenario:mix`` where several files are
    compared, whose names are in ``names``. ``asked`` are the replications asked for: more than ``frame`` has if it was stopped.
    """

    TABLES: ClassVar[tuple[str, ...]] = ("differences", "transitions", "costs")

    against: str
    mixes: tuple[str, ...]
    names: Mapping[str, Mapping[str, str]]
    asked: int
    differences: pd.DataFrame
    transitions: pd.DataFrame
    costs: pd.DataFrame

    @property
    def years(self) -> tuple[int, ...]:
        """The years that measures are compared in: the plan's last, and the last simulated."""
        return tuple(dict.fromkeys((self.frame.last_planned_year, self.frame.years[-1])))
