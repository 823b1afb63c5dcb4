"""What ``contributions`` answers: tidy tables of what each lever and growth bring, alone and in pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.studies.coalitions import GROWTH
from sim.studies.frame import Frame

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("contributions", "totals", "interactions", "coalitions")


@dataclass(frozen=True)
class Contributions:
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

    frame: Frame
    mix: str
    players: tuple[str, ...]
    orders: int
    asked: int
    contributions: pd.DataFrame
    totals: pd.DataFrame
    interactions: pd.DataFrame
    coalitions: pd.DataFrame
    manifest: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None

    @property
    def run_id(self) -> str:
        """Ten hex digits that name the study."""
        return str(self.manifest.get("run", ""))

    @property
    def is_stopped(self) -> bool:
        """Whether it was interrupted and holds the replications done by then."""
        return self.frame.replications < self.asked

    @property
    def levers(self) -> tuple[str, ...]:
        """The players that are levers."""
        return tuple(player for player in self.players if player != GROWTH)

    def rows(self, table: str, **where: Any) -> list[Any]:
        """Rows of one of the tables as named tuples, narrowed by columns."""
        data = getattr(self, table)
        for name, value in where.items():
            if not len(data):
                return []
            data = data[data[name] == value]
        return list(data.itertuples(index=False))

    def one(self, table: str, **where: Any) -> Any:
        """The one such row, None if there is none."""
        found = self.rows(table, **where)
        return found[0] if found else None
