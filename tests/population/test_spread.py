"""The spread of lasting income has the figures of the living standards survey of 1997-98."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kit import maths
from sim.population.frame import Start
from sim.population.shape import log_dagum
from sim.population.tables import table
from sim.standards.load import load_standard
from tests.population.start_of import BEGIN, gini, income_of, intra_correlation, place, start_of, world_of


@pytest.fixture(scope="module")
def country():
    """A place of a hundred communes, part of it urban, at the middle of every prior."""
    middle = {"lasting_spread": 1.0, "commune_correlation": 0.385, "slope_schooling": 0.034, "slope_size": -0.29, "slope_urban": 0.48,
              "minority_gap": 0.0, "labourless_gap": 0.0, "persistent_sd": 0.28}
    big = place(250_000, 20_000, 15_000, urban_share=0.3)
    h, _, parameters = start_of([big], replications=1, **middle)
    begin = Start([big], parameters, 5, 0, 1, BEGIN, world_of(1), load_standard("vn_2022"))
    return h, income_of(h, parameters), begin.block


def test_gini_is_near_that_of_the_survey(country) -> None:
    """0.274 rural, 0.341 urban, 0.365 together, over people."""
    h, income, _ = country
    people, town = h.members_counted.astype(float), h.urban == 1
    assert gini(income[~town], people[~town]) == pytest.approx(0.274, abs=0.03)
    assert gini(income[town], people[town]) == pytest.approx(0.341, abs=0.04)
    assert gini(income, people) == pytest.approx(0.35, abs=0.04)


def test_intra_commune_correlation_is_that_of_the_survey(country) -> None:
    """0.34 within rural and within urban areas."""
    h, income, block = country
    for town in (0, 1):
        rows = h.urban == town
        assert intra_correlation(np.log(income[rows]), block[rows]) == pytest.approx(0.34, abs=0.06)


def test_slopes_are_those_of_the_survey(country) -> None:
    """+0.034 a year of schooling, -0.29 a log point of size, +0.48 urban."""
    h, income, _ = country
    size = np.log(np.maximum(h.members_counted, 1.0))
    able = h.able > 0
    columns = np.column_stack([np.ones(len(h)), h.head_schooling, size, h.urban])[able]
    slopes, *_ = np.linalg.lstsq(columns, np.log(income)[able], rcond=None)
    assert slopes[1] == pytest.approx(0.034, abs=0.006)
    assert slopes[2] == pytest.approx(-0.29, abs=0.04)
    assert slopes[3] == pytest.approx(0.48, abs=0.05)


def test_ability_does_not_depend_on_the_persistent_shock(country) -> None:
    h, _, _ = country
    able = (h.able > 0) & (np.abs(h.ability) < 2.4)
    assert abs(np.corrcoef(h.ability[able], h.persistent_shock[able])[0, 1]) < 0.03


def test_log_dagum_is_the_inverse_of_the_distribution() -> None:
    rank = np.linspace(-2.5, 2.5, 11)
    shape = table("dagum")["rural"]
    x = np.exp(log_dagum(rank, shape["a"], shape["p"]))
    assert (1.0 + x ** -shape["a"]) ** -shape["p"] == pytest.approx(maths.normal_cdf(rank), abs=1e-9)
