"""What a fit gives: posteriors, and tables that say what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from sim.law.posterior import Posterior
from sim.studies.study import Study


@dataclass(frozen=True)
class Fitted(Study):
    """``posteriors`` by reading.

    ``parameters``: a row a reading and number, with prior and posterior medians and 5 and 95 %, and the share of its variance that the
    statistics explain. ``predictions``: a row a reading and statistic, with the figure on record, what prior and posterior predict
    (``low``, ``median``, ``high`` of 90 %, with the spread between places; ``own_*`` without), whether the figure lies ``inside``,
    and the band's ``width`` over the record's own spread between places where that is known, in normal scores (``width_log_odds``
    in log-odds). ``calibration``: coverage of bands
    over pseudo-data, a row a reading, number and kind of pseudo-data (``prior``, ``near``). ``ranks``: counts of ranks of the true
    numbers in tenths.
    """

    TABLES: ClassVar[tuple[str, ...]] = ("parameters", "predictions", "calibration", "ranks")

    posteriors: Mapping[str, Posterior]
    parameters: pd.DataFrame
    predictions: pd.DataFrame
    calibration: pd.DataFrame
    ranks: pd.DataFrame

    def more_files(self) -> Mapping[str, str]:
        """The posteriors, in the form that scenarios may name."""
        return {f"{one.key}.yaml": one.text() for one in self.posteriors.values()}
