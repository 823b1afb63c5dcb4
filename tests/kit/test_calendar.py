"""Quarters count on and read dates as plans write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kit.calendar import Quarter


@given(st.integers(-400, 400))
def test_numbers_round_trip_and_order(number):
    quarter = Quarter.from_number(number)
    assert quarter.number == number
    assert quarter.next().number == number + 1
    assert quarter < quarter.next()


def test_numbers_count_quarters():
    assert Quarter(2024, 2).number - Quarter(2000, 1).number == 97
    assert Quarter(2000, 1).number > 0  # births of the old are above zero too


@pytest.mark.parametrize("text", ["2024-05", "2024-05-20", "2024 Q2", "2024-Q2", "2024Q2"])
def test_reads_dates(text):
    assert Quarter.parse(text) == Quarter(2024, 2)


@pytest.mark.parametrize("text", ["2024", "2024-13", "1989-12", "2101-01", "2024-02-30", "May 2024", "2024 Q5", "", "24-05"])
def test_refuses_what_is_no_date(text):
    with pytest.raises(ValueError):
        Quarter.parse(text)


def test_days():
    assert Quarter(2024, 3).first_day == date(2024, 7, 1)
    assert Quarter(2024, 4).last_day == date(2024, 12, 31)
    assert str(Quarter(2024, 3)) == "2024 Q3"
