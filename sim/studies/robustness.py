"""What ``robust`` gives: mixes over futures, regret in households, targets met, and rules that say when they are missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sim.studies.study import ScenarioStudy

if TYPE_CHECKING:
    import pandas as pd

MISSED, MET, WORST = "missed", "met", "worst_quarter"  # what a rule tells: the rarer of missed and met, or the worst quarter of runs

SEEN = 2.0  # errors from which a regret is told from none


def is_as_good(row: Any) -> bool:
    """Whether a row of ``outcomes`` is the best of its future or not to be told from it."""
    return bool(row.best or not row.regret > SEEN * row.regret_error)


@dataclass(frozen=True)
class Robust(ScenarioStudy):
    """Mixes over named futures, run by run on the same households and the same luck.

    ``outcomes``: a row a future and mix with the ``measure`` (households) in its ``year``: mean with its error, median, 5 and 95 %,
    and ``regret``: households more (in the mean) than under the best mix of that future, with the error of the paired difference.
    ``targets``: probability of each target (``all_targets``: jointly) by future and mix. ``mixes_over_futures``: a row a mix:
    greatest regret and its future, mean regret. ``satisficing``: a row a mix and target: ``share`` of futures and
    replications in which it is met, the least over futures and which, and in how many futures it is at least as likely as not.
    ``rules``: a row a condition of a rule on the recorded ``drivers`` of ``mix``; a rule's ``share``, ``coverage`` and ``runs`` are
    of the half of the runs that it was not found on. ``drivers``: what befell each future and replication, and what came of it.
    ``futures`` holds their names and where they come from.
    """

    TABLES: ClassVar[tuple[str, ...]] = ("outcomes", "targets", "mixes_over_futures", "satisficing", "rules", "drivers")

    mix: str
    measure: str
    year: int
    futures: Mapping[str, Mapping[str, str]]
    outcomes: pd.DataFrame
    targets: pd.DataFrame
    mixes_over_futures: pd.DataFrame
    satisficing: pd.DataFrame
    rules: pd.DataFrame
    drivers: pd.DataFrame
    asked: int  # futures asked for: more than there are if it was stopped

    @property
    def mixes(self) -> tuple[str, ...]:
        """The mixes, in order."""
        return tuple(self.mixes_over_futures["mix"])
