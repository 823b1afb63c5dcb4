"""The law book: figures on their dates, each with a source or a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.kit.calendar import Quarter
from sim.kit.reading import read
from sim.law.book import Book
from sim.law.dated import day_of, read_series

BOOK = Book.load()
CASES = read(Path(__file__).parents[1] / "cases" / "figures_by_date.yaml").data


@pytest.mark.parametrize("case", CASES, ids=[f"{case['key']} {case['on']}" for case in CASES])
def test_figure_on_a_day(case):
    assert BOOK[case["key"]].on(case["on"]).value == case["value"]


def test_every_figure_has_a_source_or_a_reason():
    for series in BOOK.values():
        assert series.vi and series.en and series.unit
        for figure in series.figures:
            assert figure.reference or figure.assumption


def test_ways_to_name_a_day():
    assert day_of("2024") == day_of(2024) == date(2024, 1, 1)
    assert day_of("2024-07") == day_of(Quarter(2024, 3)) == date(2024, 7, 1)
    for odd in ("tomorrow", "24-1-1", "2024-13-01", "2024-01-01-01", ""):
        with pytest.raises(ValueError):
            day_of(odd)


def test_by_quarter():
    start = Quarter(2024, 1).number
    assert BOOK["social_assistance.standard"].by_quarter(start, 4).tolist() == [360, 360, 500, 500]


def test_before_the_first_figure_nothing_is_known():
    with pytest.raises(LookupError, match="is known from"):
        BOOK["bank.minority_livelihood.rate"].on("2020-01-01")


def test_tables():
    share = BOOK.table("health_insurance.subsidy_share", ("not_listed", "near_poor", "poor"), ("ordinary", "poor_district"), "2024-07-01")
    assert np.array_equal(share, [[0, 0], [0.7, 1], [1, 1]])
    assert BOOK.vector("health_insurance.cover", ("poor", "near_poor"), "2024-07-01").tolist() == [1, 0.95]


def test_prices():
    assert BOOK.price_index(2011, 2010) == pytest.approx(1.1858)
    assert BOOK.price_index(2012, 2010) == pytest.approx(1.1858 * 1.0921)
    assert BOOK.price_index(2010, 2012) * BOOK.price_index(2012, 2010) == pytest.approx(1)


def test_a_contribution_in_dong():
    monthly = BOOK.value("health_insurance.base_salary", "2023-07-01") * BOOK.value("health_insurance.contribution_rate", "2023-07-01")
    assert monthly == pytest.approx(81)
    assert monthly * (1 - BOOK.value("health_insurance.subsidy_share.near_poor.ordinary", "2023-07-01")) == pytest.approx(24.3)


def test_odd_series_are_refused():
    good = {"vi": "a", "en": "b", "unit": "c", "values": [{"from": "2020-01-01", "value": 1, "reference": "x"}]}
    assert read_series("s", good).on(2021).value == 1
    for change in (
        {"values": []},
        {"values": [{"from": "2020-01-01", "value": 1}]},
        {"values": [{"from": "2020-01-01", "value": "1", "reference": "x"}]},
        {"values": [{"from": "2021-01-01", "value": 1, "reference": "x"}, {"from": "2020-01-01", "value": 1, "reference": "x"}]},
        {"source": "x"},
    ):
        with pytest.raises(ValueError, match="s"):
            read_series("s", {**good, **change})
    with pytest.raises(KeyError, match="no 'tax'"):
        BOOK["tax"]
