"""Series out of the record: survey rates, fifths of income, price changes, list rates and flows, as others ask for them.

``figures`` are further rows as ``read_figures`` gives them; where they tell the same place and year again, they replace the record's.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.record.figures import SURVEY
from sim.record.places import name_of
from sim.record.tables import table

FIFTHS = ("q1", "q2", "q3", "q4", "q5")
FIRST_LINES = 2010  # survey rates from then on stand on one line, raised with prices
FIRST_PRICES = 2004  # incomes from then on can be set against prices


def survey_rates(figures: pd.DataFrame | None = None, since: int = FIRST_LINES) -> pd.DataFrame:
    """Survey poverty rates in percent: a row a place's code, a column a year; not-a-number where there is no figure.

    From 2010 they stand on one line, raised with prices; those of 2006 and 2008 on another.
    """
    told = table("survey_poverty").rename(columns={"poverty_rate_pct": "value"})
    told = _replaced(told, figures, ["poverty_rate_pct"])
    return told[told["year"] >= since].pivot(index="code", columns="year", values="value")


def survey_incomes(figures: pd.DataFrame | None = None) -> pd.DataFrame:
    """Mean income per head and month and that of each fifth, thousand dong: indexed by code and year, columns mean and q1 to q5."""
    told = table("survey_incomes").melt(["code", "year"], var_name="measure", value_name="value")
    told = _replaced(told, figures, ["mean", *FIFTHS])
    return told.pivot(index=["code", "year"], columns="measure", values="value")[["mean", *FIFTHS]]


def price_level(base: int = 2010) -> pd.Series:
    """Consumer prices by year as a multiple of those of ``base``; years with a gap before them are left out."""
    changes = table("prices").set_index("year")["index_previous_year_100"] / 100.0
    whole = changes[changes.index >= 2003].sort_index()
    level = whole.cumprod()
    return level / level[base]


def national_incomes() -> pd.DataFrame:
    """The country's income per head and month at current prices, thousand dong: by year, mean and the two poorest fifths of people."""
    told = table("living_standards").query("measure == 'income_per_capita_month'")
    printed = {"mean": "Vietnam", "q1": "Quintile 1", "q2": "Quintile 2"}
    columns = {name: told[told["place"] == place].drop_duplicates("year").set_index("year")["value"] for name, place in printed.items()}
    fifths = table("survey_incomes").query("code == 'VN'").set_index("year")[list(printed)]
    return fifths.combine_first(pd.DataFrame(columns)).sort_index()


def real_growth(until: int, since: int = FIRST_PRICES, of: Sequence[str] = ("mean",)) -> tuple[float, float]:
    """Yearly growth of the country's incomes over consumer prices, log points, as surveys to ``until`` had it: mean, and its error.

    The error is that of the mean of the rates between one survey and the next; not-a-number where there are fewer than two.
    """
    incomes = np.log(national_incomes().loc[since:until, list(of)].dropna()).mean(axis=1) - np.log(price_level())
    real = incomes.dropna()
    years = real.index.to_numpy()
    rates = np.diff(real) / np.diff(years)
    error = float(rates.std(ddof=1) / np.sqrt(len(rates))) if len(rates) > 1 else float("nan")
    return float((real.iloc[-1] - real.iloc[0]) / (years[-1] - years[0])), error


def list_rates(figures: pd.DataFrame | None = None) -> pd.DataFrame:
    """Poor and near-poor rates of the review, percent of households: columns place, code, standard, year, measure, value."""
    columns = ["place", "code", "standard", "year", "measure", "value"]
    told = table("reviews")
    told = told[told["measure"].isin(("poor_rate", "near_poor_rate")) & ~told["note"].str.contains("forecast|estimate")]
    told = told.assign(place=[name_of(code) if code else place for code, place in zip(told["code"], told["place"], strict=True)])
    told = told[told["standard"] != "unclear"]
    if figures is not None:
        more = figures[figures["measure"].isin(("poor_rate", "near_poor_rate")) & (figures["standard"] != SURVEY)]
        more = more.assign(place=[name_of(code) if code else place for code, place in zip(more["code"], more["place"], strict=True)])
        told = pd.concat([told, more])
    return told[columns].drop_duplicates(columns[:-1], keep="last").sort_values(columns[:-1], ignore_index=True)


def _replaced(told: pd.DataFrame, figures: pd.DataFrame | None, measures: Sequence[str]) -> pd.DataFrame:
    """``told`` with the figures of a province, a region or the country added or put in the place of the same year's."""
    if figures is None:
        return told
    more = figures[figures["measure"].isin(measures) & (figures["code"] != "") & (figures["standard"] == SURVEY)]
    keys = [name for name in ("code", "year", "measure") if name in told]
    return pd.concat([told, more[[*keys, "value"]]]).drop_duplicates(keys, keep="last")
