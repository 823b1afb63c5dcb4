"""What ``contributions`` answers: tidy tables of what each lever and growth bring, alone and in pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sim.studies.coalitions import GROWTH
from sim.studies.outcomes import ESCAPED, HOUSEHOLDS, KEPT_OUT, POOR
from sim.studies.study import ScenarioStudy

if TYPE_CHECKING:
    import pandas as pd

SMALLEST = 1e-9  # what rounding may leave of nothing


@dataclass(frozen=True)
class Contributions(ScenarioStudy):
    """What each lever of ``mix``, and growth, bring to every target and to households, by Shapley's division.

    Rows are about an outcome: its ``kind`` (target: what the target measures; chance: that it is met; households), ``name``,
    ``measure``, ``group``, ``place``, ``year``, ``unit``, ``summed``, ``more_is_better``.
    ``contributions``: a row an outcome and ``player`` with the ``mean`` over replications, its 90 % interval ``mean_low`` to
    ``mean_high`` and ``error``, the part of it that is due to sampling orders (``order_error``, none where all orders count),
    the range of 90 % of the runs (``low``, ``high``), its ``share`` of the total, the money that the lever paid out under the
    whole mix by then (``grants``, ``loans``, dong in the mean) and the contribution for each billion of it (``per_billion`` with
    Fieller's 90 % interval). ``totals``: the outcome ``with_all``, in the ``rest`` (no lever, no growth) and the ``total``
    between them, which the contributions add up to. ``interactions``: what two players bring together over and above each by
    itself; beyond seven players those of the five weightiest, the others being there. ``coalitions``: the mean outcome of
    every coalition that was run. ``orders`` is the number of orders sampled, 0 where all count.
    """

    TABLES: ClassVar[tuple[str, ...]] = ("contributions", "totals", "interactions", "coalitions")

    mix: str
    players: tuple[str, ...]
    orders: int
    asked: int
    contributions: pd.DataFrame
    totals: pd.DataFrame
    interactions: pd.DataFrame
    coalitions: pd.DataFrame

    @property
    def levers(self) -> tuple[str, ...]:
        """The players that are levers."""
        return tuple(player for player in self.players if player != GROWTH)

    def by_weight(self) -> list[str]:
        """Players, those that bring most households out by the plan's last year first."""
        rows = self.rows("contributions", kind=HOUSEHOLDS, name=ESCAPED, year=self.frame.last_planned_year)
        return [row.player for row in sorted(rows, key=lambda row: -row.mean)]

    def columns(self) -> list[tuple[str, str, int]]:
        """The counts of households to show: what each is called in words, its measure, its year."""
        planned, last = self.frame.last_planned_year, self.frame.years[-1]
        ends = [("kept_out", KEPT_OUT, last)] if self.rows("totals", name=KEPT_OUT) else []
        ends = ends or ([("escaped", ESCAPED, last)] if last > planned else [])
        return [("escaped", ESCAPED, planned), ("poor", POOR, planned), *ends]


def is_nothing(row: Any) -> bool:
    """Whether a contribution is nothing in every run."""
    return abs(row.mean) < SMALLEST and row.error < SMALLEST


def is_seen(row: Any) -> bool:
    """Whether a contribution can be told from zero."""
    return not is_nothing(row) and (row.mean_low > 0.0 or row.mean_high < 0.0)
