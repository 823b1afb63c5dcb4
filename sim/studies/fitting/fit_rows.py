"""Rows of a fit's tables: numbers before and after, statistics beside the record."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

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
        row["width"] = _width(statistic, after)
        rows.append(row)
    return pd.DataFrame(rows)


def _width(statistic: Statistic, band: np.ndarray) -> float:
    """Width of the band over the spread between places on record, both in log-odds; not known for the survey's statistics."""
    if statistic.scale != "logit":
        return float("nan")
    low, high = (np.log(share / (100.0 - share)) for share in EXITS_ON_RECORD)
    return float((band[2] - band[0]) / (high - low))
