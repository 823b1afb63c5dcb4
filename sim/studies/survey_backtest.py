"""Survey rates forecast from each origin, with what was known there and nothing later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from sim.law.posterior import Posterior
from sim.record import series
from sim.record.places import COUNTRY, name_of, provinces
from sim.record.split import is_held_out_province, is_held_out_year
from sim.studies.backtest_numbers import number
from sim.studies.forecast_rows import Case
from sim.studies.predictive import with_survey_error, without_sampling
from sim.studies.province_sample import STANDARD, Free, Known, known_at
from sim.studies.simple_rules import History
from sim.studies.spread_work import Size, Step
from sim.studies.survey_forecast import forecast, lag_of_poorest

FARTHEST = 4  # years ahead
POOREST = ("q1", "q2")  # the fifths of people in which the poverty lines of nearly all provinces lie


class SurveyRecord:
    """Survey figures, those of the record and of the user together."""

    def __init__(self, figures: pd.DataFrame | None = None) -> None:
        self.rates = series.survey_rates(figures, since=2006)
        self.incomes = series.survey_incomes(figures)
        own = series.survey_rates()
        self._own = own.reindex(index=self.rates.index, columns=self.rates.columns)

    def origins(self) -> list[int]:
        """Years with incomes of provinces, and rates of provinces in at least one of the years ahead."""
        years = sorted({year for code, year in self.incomes.index if code in provinces() and year in self.rates})
        return [year for year in years if year >= series.FIRST_LINES and self.years_after(year)]

    def years_after(self, origin: int) -> list[int]:
        """Years ahead of which some province has a rate."""
        ahead = [year for year in self.rates.columns if origin < year <= origin + FARTHEST]
        return [year for year in ahead if self.rates.loc[self.rates.index.isin(provinces()), year].notna().any()]

    def known(self, origin: int) -> Known:
        """What the survey of the origin's year told of all provinces."""
        return known_at(origin, self.rates, self.incomes, provinces())

    def is_new(self, code: str, year: int) -> bool:
        """Whether a figure is the user's alone."""
        return bool(np.isnan(self._own.loc[code, year]))

    def history(self, known: Known) -> History:
        """What the simple rules know at the origin: the last change on one line, the country's too."""
        country = self.rates.loc[COUNTRY].dropna()
        comparable = [year for year in country.index if series.FIRST_LINES <= year <= known.origin]
        earlier, later = comparable[-2:] if len(comparable) > 1 else (2006, 2008)  # before 2010 another line
        codes, both = list(known.codes), self.rates[[earlier, later]]
        growth, _ = series.real_growth(known.origin, known.origin - 2)
        national = [np.full(len(codes), both.loc[COUNTRY, year]) for year in (earlier, later)]
        return History(
            now=known.rates, earlier=both.loc[codes, earlier].to_numpy(), later=both.loc[codes, later].to_numpy(),
            years=np.full(len(codes), float(later - earlier)), national_earlier=national[0], national_later=national[1],
            national_years=float(later - earlier),
            lowest_share=known.fifths[:, 0] / known.fifths.sum(axis=1), growth=growth,
        )  # fmt: skip


def free_at(origin: int, posterior: Posterior | None, lag: float = 0.0) -> Free:
    """What the model's numbers are drawn from at an origin: growth is what the country's poorest two fifths had had by then.

    ``lag`` is how much less they grow than the mean in the model, log points a year: the mean grows so much more.
    """
    growth, error = series.real_growth(origin, of=POOREST)
    between = number("place_growth_sd")
    if posterior is not None and "place_growth_sd" in posterior.names:
        between = posterior.median("place_growth_sd")
    own = {
        "growth": {"normal": [growth + lag, max(error, number("growth_least_sd"))]},
        "inflation": 0.0,  # the line rises with prices: both stand still
        "place_growth_sd": 0.0,
        "district_growth_sd": between,
    }
    return Free(own, posterior)


def survey_cases(record: SurveyRecord, posterior: Posterior | None, size: Size, step: Step | None = None) -> Iterator[Case]:
    """Forecasts of all provinces from each origin to each year ahead that has figures."""
    for origin in record.origins():
        years = record.years_after(origin)
        known = record.known(origin)
        ahead = max(years) - origin
        lag = lag_of_poorest(known, ahead, free_at(origin, posterior), size)
        simulated, sampling = forecast(known, ahead, free_at(origin, posterior, lag), size, step)
        history = record.history(known)
        for year in years:
            at = year - origin - 1
            rates = without_sampling(simulated[:, :, at], sampling[:, at])
            members = with_survey_error(rates, number("survey_households"), number("error_left_in_changes"))
            yield _case(record, known, history, year, members)


def _case(record: SurveyRecord, known: Known, history: History, year: int, members: np.ndarray) -> Case:
    observed = record.rates.loc[list(known.codes), year].to_numpy()
    told = np.flatnonzero(np.isfinite(observed))
    codes = [known.codes[at] for at in told]
    parts = {name: getattr(history, name)[told] for name in vars(history) if name not in ("growth", "national_years")}
    national = tuple(float(record.rates.loc[COUNTRY, when]) for when in (known.origin, year))
    return Case(
        series="survey", standard=STANDARD, codes=codes, places=[name_of(code, "vi") for code in codes], origin=known.origin, year=year,
        held_out=[_why_held_out(record, code, year) for code in codes], known=replace(history, **parts),
        members=members[told], observed=observed[told], national=(national[0], national[1]),
    )  # fmt: skip


def _why_held_out(record: SurveyRecord, code: str, year: int) -> str:
    """no, province, year or new (a figure that the project does not have)."""
    if record.is_new(code, year):
        return "new"
    return "province" if is_held_out_province(code) else "year" if is_held_out_year(year) else "no"
