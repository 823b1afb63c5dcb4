"""What ``update`` gives: the forecast before and after a review, and why it moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sim.studies.study import ScenarioStudy

if TYPE_CHECKING:
    import pandas as pd

START, BEHAVIOUR, DELIVERY, WORLD, LUCK = "start", "behaviour", "delivery", "world", "luck"
CAUSES = (START, BEHAVIOUR, DELIVERY, WORLD, LUCK)
FEW = 30.0  # effective runs below which the updated forecast is told with a warning
FAR = 0.01  # share of runs beyond a review from which it is called a surprise


@dataclass(frozen=True)
class Update(ScenarioStudy):
    """The forecast of a mix, weighted anew by review results.

    ``reviews``: a row a place, year and list with the count ``observed``, the forecast of it (median, 5 and 95 %) and the share of runs
    with fewer. ``forecast``: a row a year and measure: median, 5 and 95 % and mean before and after. ``targets``: probabilities
    before and after with their errors. ``causes``: by how many households the mean of each later year moved, by cause, adding up.
    ``numbers``: uncertain numbers whose mean moved, in standard deviations of the prior. ``weights``: each run's weight, and
    ``effective`` how many equal runs they are worth.
    """

    TABLES: ClassVar[tuple[str, ...]] = ("reviews", "forecast", "targets", "causes", "numbers", "weights")

    mix: str
    effective: float
    reviews: pd.DataFrame
    forecast: pd.DataFrame
    targets: pd.DataFrame
    causes: pd.DataFrame
    numbers: pd.DataFrame
    weights: pd.DataFrame
    meanings: Mapping[str, Mapping[str, str]]
    asked: int

    @property
    def rests_on_few(self) -> bool:
        """Whether too few runs resemble the review."""
        return self.effective < FEW

    @property
    def surprises(self) -> list[Any]:
        """Rows of ``reviews`` that hardly any run comes up to: far out, all runs are about as wrong, and weights do not tell."""
        return [row for row in self.rows("reviews") if min(row.share_with_fewer, 1.0 - row.share_with_fewer) < FAR]
