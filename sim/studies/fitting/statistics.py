"""What a fit compares: its statistics, their scales, and what the record says of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from sim.kit import maths
from sim.law.open import read_yaml
from sim.record.places import provinces
from sim.record.split import is_held_out_province, is_held_out_year
from sim.record.tables import HERE as RECORD
from sim.record.tables import described, table

HERE = Path(__file__).parent
PERCENT = 100.0
WORDS = ("vi", "en", "of", "scale", "unit", "reference", "assumption")
USED_TABLES = ("flows", "survey_poverty", "survey_incomes", "prices")


@dataclass(frozen=True)
class Statistic:
    """One figure of the record: ``observed`` in its unit, ``spread`` on the scale on which it is compared."""

    key: str
    vi: str
    en: str
    of: str
    scale: str
    unit: str
    reference: str
    assumption: str
    observed: float
    spread: float
    fitted: bool

    def scaled(self, values: np.ndarray) -> np.ndarray:
        """Figures in the unit on the scale of comparison."""
        if self.scale == "logit":
            return maths.log(values / (PERCENT - values))
        return maths.log(values) if self.scale == "log" else values

    def unscaled(self, values: np.ndarray) -> np.ndarray:
        """The inverse of :meth:`scaled`."""
        if self.scale == "logit":
            return PERCENT / (1.0 + maths.exp(-values))
        return maths.exp(values) if self.scale == "log" else values


@cache
def statistics() -> tuple[Statistic, ...]:
    """The statistics of ``statistics.yaml`` in their order."""
    return tuple(_read(str(key), entry) for key, entry in read_yaml(HERE / "statistics.yaml")["statistics"].items())


def observed() -> np.ndarray:
    """The record's figures on their scales, (statistics,)."""
    return np.array([float(one.scaled(np.array(one.observed))) for one in statistics()])


@cache
def record_digest() -> str:
    """Twelve hex digits of everything on record, and of what is said of it, that a fit reads."""
    files = [HERE / "statistics.yaml", HERE / "free.yaml", HERE / "ninh_thuan_2022.yaml"]
    files += [RECORD / "tables" / described()[name]["file"] for name in USED_TABLES]
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]


def survey_rates(years: tuple[int, ...]) -> np.ndarray:
    """Survey poverty rates, percent, of the provinces not held out that have all these years, (provinces, years)."""
    return _wide("survey_poverty", "poverty_rate_pct", years)


def survey_incomes(column: str, years: tuple[int, ...]) -> np.ndarray:
    """Mean income per head, or that of a fifth, likewise."""
    return _wide("survey_incomes", column, years)


def _wide(name: str, column: str, years: tuple[int, ...]) -> np.ndarray:
    if any(is_held_out_year(year) for year in years):
        raise ValueError(f"{years}: a year is held out of every fit")
    frame = table(name)
    kept = [code for code in provinces() if not is_held_out_province(code)]
    wide = frame[frame["code"].isin(kept)].pivot(index="code", columns="year", values=column).reindex(columns=list(years))
    return np.asarray(wide.dropna().sort_index().to_numpy(dtype=np.float64))


def _read(key: str, entry: Mapping[str, Any]) -> Statistic:
    words: dict[str, Any] = {name: " ".join(str(entry.get(name, "")).split()) for name in WORDS}
    figure, fitted = _observed(entry["observed"]), bool(entry.get("fitted", True))
    return Statistic(key=key, observed=figure, spread=float(entry["spread"]), fitted=fitted, **words)


def _observed(given: Any) -> float:
    """A figure as it stands, looked up in the record, or computed from the survey's tables."""
    if not isinstance(given, Mapping):
        return float(given)
    if "record" in given:
        frame = table(given["record"])
        rows = frame[(frame["code"] == given["code"]) & (frame["year"] == given["year"]) & (frame["measure"] == given["measure"])]
        return float(rows["value"].iloc[0])
    since, until = int(given["since"]), int(given["until"])
    if "survey" in given:
        rates = survey_rates((since, until)) / PERCENT
        change = maths.normal_quantile(rates[:, 1]) - maths.normal_quantile(rates[:, 0])
        return float(change.mean() if given["survey"] == "mean" else change.std(ddof=1))
    if given["incomes"] == "ratio":
        return float(maths.log(survey_incomes("q5", (since,)) / survey_incomes("q1", (since,))).mean())
    incomes = survey_incomes("mean", (since, until))
    return float((maths.log(incomes[:, 1] / incomes[:, 0]).mean() - log_prices(since, until)) / (until - since))


def log_prices(since: int, until: int) -> float:
    """Rise of consumer prices between the means of two years, log points."""
    prices = table("prices").set_index("year")["index_previous_year_100"]
    return float(sum(float(maths.log(np.float64(prices[year] / PERCENT))) for year in range(since + 1, until + 1)))
