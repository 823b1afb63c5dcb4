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
NEAREST_LINES = 2010  # survey rates from then on stand on one line, raised with prices


def survey_rates(figures: pd.DataFrame | None = None) -> pd.DataFrame:
    """Survey poverty rates in percent, from 2010: a row a place's code, a column a year; not-a-number where there is no figure."""
    told = table("survey_poverty").rename(columns={"poverty_rate_pct": "value"})
    told = _replaced(told, figures, ["poverty_rate_pct"])
    return told[told["year"] >= NEAREST_LINES].pivot(index="code", columns="year", values="value")


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


def real_income_growth(since: int, until: int) -> float:
    """Yearly growth of the country's mean income per head over consumer prices, log points, as the survey had it."""
    told = table("living_standards")
    told = told[(told["code"] == "VN") & (told["measure"] == "income_per_capita_month")]
    chosen = told.drop_duplicates("year").set_index("year")["value"]
    for year, mean in table("survey_incomes").query("code == 'VN'").set_index("year")["mean"].items():
        chosen[year] = mean
    prices = price_level()
    return float(np.log(chosen[until] / chosen[since]) - np.log(prices[until] / prices[since])) / (until - since)


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
