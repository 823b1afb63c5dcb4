"""What ``update`` gives: the forecast before and after a review, and why it moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.studies.frame import Frame

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("reviews", "forecast", "targets", "causes", "numbers", "weights")
START, BEHAVIOUR, DELIVERY, WORLD, LUCK = "start", "behaviour", "delivery", "world", "luck"
CAUSES = (START, BEHAVIOUR, DELIVERY, WORLD, LUCK)
FEW = 30.0  # effective runs below which the updated forecast is told with a warning
FAR = 0.01  # share of runs beyond a review from which it is called a surprise


@dataclass(frozen=True)
class Update:
    """The forecast of a mix, weighted anew by review results.

    ``reviews``: a row a place, year and list with the count ``observed``, the forecast of it (median, 5 and 95 %) and the share of runs
    with fewer. ``forecast``: a row a year and measure: median, 5 and 95 % and mean before and after. ``targets``: probabilities
    before and after with their errors. ``causes``: by how many households the mean of each later year moved, by cause, adding up.
    ``numbers``: uncertain numbers whose mean moved, in standard deviations of the prior. ``weights``: each run's weight, and
    ``effective`` how many equal runs they are worth.
    """

    frame: Frame
    mix: str
    effective: float
    reviews: pd.DataFrame
    forecast: pd.DataFrame
    targets: pd.DataFrame
    causes: pd.DataFrame
    numbers: pd.DataFrame
    weights: pd.DataFrame
    meanings: Mapping[str, Mapping[str, str]]
    asked: int = 0
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
    def rests_on_few(self) -> bool:
        """Whether too few runs resemble the review."""
        return self.effective < FEW

    @property
    def surprises(self) -> list[Any]:
        """Rows of ``reviews`` that hardly any run comes up to: far out, all runs are about as wrong, and weights do not tell."""
        return [row for row in self.rows("reviews") if min(row.share_with_fewer, 1.0 - row.share_with_fewer) < FAR]

    def rows(self, table: str, **where: Any) -> list[Any]:
        """Rows of one of the tables as named tuples, narrowed by columns."""
        data = getattr(self, table)
        for name, value in where.items():
            if not len(data):
                return []
            data = data[data[name] == value]
        return list(data.itertuples(index=False))
