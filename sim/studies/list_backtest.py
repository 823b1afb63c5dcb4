"""List rates of the yearly review forecast from each origin, within one standard, with what was known there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.law.book import Book
from sim.law.posterior import Posterior
from sim.measures.normal import quantile
from sim.record import series
from sim.record.places import COUNTRY
from sim.record.split import FITTED_REVIEW_PLACES
from sim.studies.backtest_numbers import number
from sim.studies.forecast_rows import Case
from sim.studies.list_forecast import Listed, forecast
from sim.studies.predictive import without_sampling
from sim.studies.province_sample import Free
from sim.studies.simple_rules import History
from sim.studies.spread_work import Size, Step
from sim.studies.survey_backtest import FARTHEST, free_at

STANDARDS = ("vn_2011", "vn_2016", "vn_2022", "vn_2027")
MEMORY = 5  # years of prices that say what prices to expect
LEAST = 0.2  # percent: below this a place gives a sample of no poor


class ListRecord:
    """Poor and near-poor rates of the review, those of the record and of the user together."""

    def __init__(self, figures: pd.DataFrame | None = None) -> None:
        told = series.list_rates(figures)
        told = told[told["standard"].isin(STANDARDS)]
        own = series.list_rates()
        self._own = set(zip(own["place"], own["standard"], own["year"], strict=True))
        self.code = dict(zip(told["place"], told["code"], strict=True))
        self.poor = _wide(told, "poor_rate")
        self.near_poor = _wide(told, "near_poor_rate")

    def origins(self) -> list[tuple[str, int]]:
        """Standards and years with a list in that year and a later one within reach, in some place."""
        pairs = {(standard, year) for place, standard in self.poor.index for year in self._years(place, standard)}
        return sorted(pair for pair in pairs if self.places(*pair))

    def places(self, standard: str, origin: int) -> list[str]:
        """Places that have a list in the origin's year and another within reach on the same standard."""
        names = [place for place, named in self.poor.index if named == standard]
        return [place for place in names if origin in self._years(place, standard) and self.years_after(place, standard, origin)]

    def years_after(self, place: str, standard: str, origin: int) -> list[int]:
        """Years within reach of which the place's list is known on the same standard."""
        return [year for year in self._years(place, standard) if origin < year <= origin + FARTHEST]

    def _years(self, place: str, standard: str) -> list[int]:
        told = self.poor.loc[(place, standard)]
        return [int(year) for year in told.index[told >= LEAST]]

    def last_pair(self, place: str, origin: int) -> tuple[float, float, float]:
        """The last two rates on one standard up to the origin, and the years between them; not-a-number where there are none."""
        best: tuple[int, float, float, float] = (0, np.nan, np.nan, np.nan)
        for named, standard in self.poor.index:
            years = [year for year in self._years(named, standard) if year <= origin] if named == place else []
            if len(years) > 1 and years[-1] > best[0]:
                told = self.poor.loc[(named, standard)]
                best = (years[-1], float(told[years[-2]]), float(told[years[-1]]), float(years[-1] - years[-2]))
        return best[1:]

    def is_new(self, place: str, standard: str, year: int) -> bool:
        """Whether a figure is the user's alone."""
        return (place, standard, year) not in self._own


def list_cases(record: ListRecord, posterior: Posterior | None, size: Size, step: Step | None = None) -> Iterator[Case]:
    """Forecasts of all places from each origin to each year within reach."""
    for standard, origin in record.origins():
        places = record.places(standard, origin)
        ahead = max(max(record.years_after(place, standard, origin)) for place in places) - origin
        known = known_at(record, standard, origin, places)
        simulated, sampling = forecast(known, ahead, _free_at(origin, posterior), size, step)
        for year in range(origin + 1, origin + ahead + 1):
            told = np.array([place in places and year in record.years_after(place, standard, origin) for place in places])
            if told.any():
                members = without_sampling(simulated[:, :, year - origin - 1], sampling[:, year - origin - 1]).T
                yield _case(record, known, year, members, np.flatnonzero(told))


def known_at(record: ListRecord, standard: str, origin: int, places: list[str]) -> Listed:
    """Lists of some places at the origin. Where near-poor households are not told, there are as many as in the country then."""
    poor = np.array([record.poor.loc[(place, standard), origin] for place in places])
    near = np.array([_near_poor(record, place, standard, origin) for place in places])
    near = np.where(np.isnan(near), number("near_poor_to_poor") * poor, near)
    return Listed(origin, standard, tuple(places), poor, near, _incomes(origin, poor))


def _near_poor(record: ListRecord, place: str, standard: str, origin: int) -> float:
    if (place, standard) not in record.near_poor.index or origin not in record.near_poor:
        return float("nan")
    return float(record.near_poor.loc[(place, standard), origin])


def _incomes(origin: int, poor: np.ndarray) -> np.ndarray:
    """Mean incomes: the country's of the last survey, and lower where more households are poor, as provinces differ."""
    known = series.national_incomes()["mean"].dropna()
    mean = float(known[known.index <= origin].iloc[-1])
    away = quantile(np.clip(poor, LEAST, 90.0) / 100.0) - quantile(number("usual_poor_rate") / 100.0)
    return mean * np.exp(number("income_slope") * away)


def _free_at(origin: int, posterior: Posterior | None) -> Free:
    """Growth as for survey rates; prices rise as they did in the years before."""
    free = free_at(origin, posterior)
    book = Book.load()
    mean = float(np.log(book.price_index(origin) / book.price_index(origin - MEMORY))) / MEMORY
    return Free({**free.parameters, "inflation": {"normal": [mean, number("inflation_sd")]}}, posterior)


def _case(record: ListRecord, known: Listed, year: int, members: np.ndarray, told: np.ndarray) -> Case:
    places = [known.places[at] for at in told]
    pairs = np.array([record.last_pair(place, known.origin) for place in places])
    country = next((place for place, code in record.code.items() if code == COUNTRY), "")
    national = record.last_pair(country, known.origin)
    nothing = np.zeros(len(told))
    history = History(
        now=known.poor[told], earlier=pairs[:, 0], later=pairs[:, 1], years=pairs[:, 2], national_earlier=nothing + national[0],
        national_later=nothing + national[1], national_years=national[2], lowest_share=nothing * np.nan, growth=np.nan,
    )  # fmt: skip
    observed = np.array([record.poor.loc[(place, known.standard), year] for place in places])
    codes = [record.code[place] for place in places]
    whole = [_rate(record, country, known.standard, when) for when in (known.origin, year)]
    return Case(
        series="list", standard=known.standard, codes=codes, places=places, origin=known.origin, year=year,
        held_out=[_why_held_out(record, place, known.standard, year) for place in places], known=history, members=members[told],
        observed=observed, national=(whole[0], whole[1]),
    )  # fmt: skip


def _rate(record: ListRecord, place: str, standard: str, year: int) -> float:
    return float(record.poor.loc[(place, standard)].get(year, np.nan)) if (place, standard) in record.poor.index else float("nan")


def _why_held_out(record: ListRecord, place: str, standard: str, year: int) -> str:
    """no (its flows are fitted), place or new."""
    if record.is_new(place, standard, year):
        return "new"
    return "no" if record.code[place] in FITTED_REVIEW_PLACES else "place"


def _wide(told: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Rates by place and standard, a column a year."""
    return told[told["measure"] == measure].pivot_table(index=["place", "standard"], columns="year", values="value", aggfunc="last")
