"""The times of one replication: its parameters by year and by quarter, growth, prices, and the law's amounts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace

import numpy as np

from sim.agents.purposes import Purpose
from sim.kit import draws, maths
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.law.parameters import Parameter
from tests.oracle.luck import Luck

f4 = np.float32
f8 = np.float64
AMOUNTS_OF = 2023  # the year at whose prices the parameters' amounts are written down


def prices_at_start(first_year: int) -> float:
    """Prices of the year before a plan's first over those of the year in which amounts are written down."""
    return Book.load().price_index(first_year - 1, AMOUNTS_OF)


def hazard(yearly: float) -> np.float64:
    """Chance in a quarter that compounds over four to ``yearly``."""
    return 1.0 - maths.exp(0.25 * maths.log(1.0 - min(max(f8(yearly), 0.0), 1.0 - 1e-12)))


def yearly_correlation(rho: float) -> float:
    """Correlation of the means of two successive years of a quarterly AR(1): lags between their quarters, counted one by one."""
    within = sum(rho ** abs(i - j) for i in range(4) for j in range(4))
    between = sum(rho ** (4 + j - i) for i in range(4) for j in range(4))
    return between / within


def persistence_of(yearly: float) -> float:
    """The quarterly AR(1) coefficient whose yearly means correlate as ``yearly``."""
    low, high = 0.0, 1.0
    while high - low > 1e-15:
        middle = (low + high) / 2
        low, high = (middle, high) if yearly_correlation(middle) < yearly else (low, middle)
    return (low + high) / 2


def rates_of(yearly: SimpleNamespace, parameters: Mapping[str, Parameter], prices: float) -> SimpleNamespace:
    """Numbers of a quarter: hazards, rates and amounts converted by their unit, spreads by what a yearly mean shows.

    ``prices`` of the start over those of the year in which amounts "at prices of the start" are written down.
    """
    rates = SimpleNamespace()
    for name, value in vars(yearly).items():
        unit, of_quarter = parameters[name].unit, value
        if unit.startswith("probability a year"):
            of_quarter = f4(hazard(value))
        elif unit.startswith("rate a year"):
            of_quarter = f4(f8(value) / 4.0)
        elif "prices of the start" in unit:
            of_quarter = f4(f8(value) * prices)
        setattr(rates, name, of_quarter)
    rho = persistence_of(float(yearly.income_persistence))
    of_mean = sum(rho ** abs(i - j) for i in range(4) for j in range(4)) ** 0.5 / 4  # spread of a year's mean over a quarter's
    spread = float(yearly.persistent_sd) / of_mean
    rates.quarter_persistence = f4(rho)
    rates.persistent_sd = f4(spread)
    rates.persistent_noise = f4(spread * (1.0 - rho * rho) ** 0.5)
    passing = maths.exp(f8(yearly.passing_yearly_sd) ** 2) - 1.0
    rates.passing_quarter_sd = f4(np.sqrt(maths.log(1.0 + 4.0 * passing)))
    return rates


@cache
def _of_law(figure: str, day: Quarter) -> np.float32:
    return f4(Book.load().value(f"social_assistance.{figure}", day))


class Times:
    """What no household chooses, in one replication."""

    def __init__(
        self, key: tuple[int, int], values: np.void, parameters: Mapping[str, Parameter], logs: Mapping, entitled: bool, prices: float
    ):
        """``key`` is seed and replication; ``prices`` as of ``rates_of``."""
        seed, self.replication, self.granted = *key, entitled
        self.counted_as_of: Quarter | None = None  # see world.Start
        self.yearly = SimpleNamespace(**{name: f4(values[name]) for name in values.dtype.names})
        self.rates = rates_of(self.yearly, parameters, prices)
        self.luck = Luck(seed, 0, draws.WORLD_BRANCH, self.replication)
        self.log_growth, self.log_price, self.log_jobs, self.own_growth = (
            f8(logs[name]) for name in ("log_growth", "log_price", "log_jobs", "own_growth")
        )

    def turn(self, now: Quarter) -> None:
        """A quarter on: growth of the year less what the population gains by itself, prices, jobs; the law of the day."""
        p = self.yearly
        of_place, of_year = self.luck.normal(0, Purpose.PLACE_GROWTH), self.luck.normal(Quarter(now.year, 1).number, Purpose.GROWTH)
        growth = f8(p.growth) + f8(p.place_growth_sd) * of_place + f8(p.growth_yearly_sd) * of_year
        self.log_growth = self.log_growth + 0.25 * (growth - self.own_growth)
        self.log_price = self.log_price + 0.25 * f8(p.inflation)
        self.log_jobs = self.log_jobs + 0.25 * f8(p.job_growth)
        self.read_law(now)

    def read_law(self, now: Quarter) -> None:
        """Levels of incomes and prices, and the law's amounts of the day."""
        self.nominal = f4(maths.exp(self.log_growth + self.log_price))
        self.price_level = f4(maths.exp(self.log_price))
        book, paid = Book.load(), 1.0 if self.granted else 0.0
        self.day = now
        self.assistance_standard = f4(paid * book.value("social_assistance.standard", now))
        counts, day = "entitlements.counts_as_income", self.counted_as_of or now
        self.assistance_counts = f4(book.value(f"{counts}.social_assistance", day))
        self.electricity_counts = f4(book.value(f"{counts}.electricity_support", day))
        self.electricity = f4(paid * book.value("entitlements.electricity_support.poor", now))

    def entitled(self, figure: str) -> np.float32:
        """A multiple or an age of social assistance by the law of the day."""
        return _of_law(figure, self.day)

    @property
    def score_deflator(self) -> np.float64:
        """Log points of price rises that lasting income has and the score does not see."""
        return (1.0 - f8(self.yearly.price_pass_through)) * self.log_price
