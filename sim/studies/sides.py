"""One side of a comparison: a mix of one run, and its figures run by run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures import catalogue
from sim.measures.grouping import ALL
from sim.measures.targets import Outcome, Target
from sim.studies.judging import outcome_of
from sim.studies.results import Results
from sim.studies.sightings import Watch

REMOTE = "remote"  # the places of especially difficult areas, which measures know as places and not as a group
PEOPLE_WEIGHED = ("fgt0", "fgt1", "fgt2", "watts")  # figures of people


@dataclass(frozen=True)
class Side:
    """``mix`` of ``results`` under a ``label``; the first ``runs`` replications count. ``remote`` are places."""

    label: str
    results: Results
    mix: str
    watch: Watch
    runs: int
    remote: tuple[str, ...] = ()

    def has_year(self, year: int) -> bool:
        """Whether it was simulated to the end of that year."""
        return year in self.results.frame.years

    def outcome(self, target: Target) -> Outcome:
        """A target judged in every replication."""
        whole = outcome_of(self.results, target, self.mix)
        return Outcome(*[values[: self.runs] for values in (whole.achieved, whole.met, whole.missing, whole.missing_households)])

    def measure(self, name: str, year: int, group: str = ALL, summed: bool = False) -> np.ndarray:
        """A measure by replication in a year, or the sum of all years to it; not-a-number where not defined."""
        if group == REMOTE:
            return self._in_remote_places(name, year)
        series = self.results.series(self.mix, name, group=group)[: self.runs]
        last = self.results.frame.years.index(year)
        return series[:, 1 : last + 1].sum(axis=1) if summed else series[:, last]

    def groups(self) -> tuple[str, ...]:
        """Groups that figures can be given for."""
        known = self.results.measures[self.mix].groups
        return (*known, REMOTE) if self.remote else tuple(known)

    def paid(self, until: int, loans: bool) -> np.ndarray:
        """Public money paid to the end of a year, loans or all but loans: dong by replication."""
        columns = self.results.ledger[self.mix].columns
        rows = (columns["entry"] == "paid") & ((columns["kind"] == "credit") == loans) & (columns["year"] <= until)
        total = np.zeros(self.results.frame.replications)
        np.add.at(total, columns["replication"][rows], columns["dong"][rows].astype(np.float64))
        return total[: self.runs]

    def begins_like(self, other: Side) -> bool:
        """Whether both start from the same households, so that these can be followed from one to the other."""
        ours, theirs = (side.results.measures[side.mix] for side in (self, other))
        if self.results is other.results:
            return True
        same = [name for name in ours.measures if name in theirs.measures and catalogue.lever_of(name) == ""]
        if self.results.frame.places != other.results.frame.places or ours.groups != theirs.groups:
            return False
        at = [[cube.measures.index(name) for name in same] for cube in (ours, theirs)]
        first, second = (cube.values[: self.runs, 0][..., names] for cube, names in zip((ours, theirs), at, strict=True))
        return first.shape == second.shape and np.array_equal(first, second, equal_nan=True)

    def _in_remote_places(self, name: str, year: int) -> np.ndarray:
        """A rate of the remote places together: the mean of theirs, by people or households."""
        weight = "people" if name in PEOPLE_WEIGHED or catalogue.describe(name).of == "people" else "households"
        rates, weights = (
            np.stack([self.results.at(self.mix, each, year, place)[: self.runs] for place in self.remote]) for each in (name, weight)
        )
        known = ~np.isnan(rates)
        total = np.where(known, weights, 0.0).sum(axis=0)
        return np.where(known, rates * weights, 0.0).sum(axis=0) / np.where(total > 0, total, np.nan)
