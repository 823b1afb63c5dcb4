"""Rows of a fit's tables: numbers before and after, statistics beside the record."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.kit import maths
from sim.studies.fitting import abc
from sim.studies.fitting.statistics import Statistic, observed, statistics

BAND = (0.05, 0.5, 0.95)
# Yearly shares of the poor list that left it, over places and years on record: least and most, percent.
EXITS_ON_RECORD = (11.8, 24.3)


def parameters(one: Any) -> pd.DataFrame:
    """A row a number: prior and posterior, and how much the statistics tell of it."""
    rows, reading = [], one.reading
    before, after = reading.values(one.scores), reading.values(one.kept.scores)
    for at, name in enumerate(reading.drawn):
        low, middle, high = abc.quantiles(after[name][:, None], one.kept.weights, BAND)[:, 0]
        first = np.quantile(before[name], BAND)
        told = {"told": max(float(one.regression.share[at]), 0.0), "kept": name in reading.free}
        prior = {"prior_low": first[0], "prior_median": first[1], "prior_high": first[2]}
        rows.append({"reading": reading.key, "parameter": name, **prior, "low": low, "median": middle, "high": high, **told})
    return pd.DataFrame(rows)


def predictions(one: Any, foretold: tuple[np.ndarray, np.ndarray]) -> pd.DataFrame:
    """A row a statistic: the record, and bands of 90 % in the statistic's unit."""
    rows = []
    for at, (statistic, figure) in enumerate(zip(statistics(), observed(), strict=True)):
        prior, after, own = (np.quantile(table[:, at], BAND) for table in (one.compared, *foretold))
        row: dict[str, Any] = {"reading": one.reading.key, "statistic": statistic.key}
        row |= {"fitted": statistic.fitted, "observed": statistic.observed}
        for prefix, band in (("prior_", prior), ("", after), ("own_", own)):
            row |= dict(zip((f"{prefix}low", f"{prefix}median", f"{prefix}high"), statistic.unscaled(band).tolist(), strict=True))
        row["inside"] = bool(after[0] <= figure <= after[2])
        row |= _widths(statistic, after)
        rows.append(row)
    return pd.DataFrame(rows)


def _widths(statistic: Statistic, band: np.ndarray) -> dict[str, float]:
    """Width of the band over the spread of exits between places on record; not known for the survey's statistics.

    Only exits are on record for several places. ``width`` compares in normal scores, in which places that differ by one
    shift differ alike in large and small flows; ``width_log_odds`` in log-odds, in which small flows differ by more.
    """
    if statistic.scale != "logit":
        return {"width": float("nan"), "width_log_odds": float("nan")}
    low, high = (np.log(share / (100.0 - share)) for share in EXITS_ON_RECORD)
    shares = np.array([statistic.unscaled(band[end]) for end in (0, 2)]) / 100.0
    scores, on_record = (maths.normal_quantile(some) for some in (shares, np.array(EXITS_ON_RECORD) / 100.0))
    return {
        "width": float((scores[1] - scores[0]) / (on_record[1] - on_record[0])),
        "width_log_odds": float((band[2] - band[0]) / (high - low)),
    }
