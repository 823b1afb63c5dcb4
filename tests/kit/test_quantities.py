"""Quantities in the forms in which Vietnamese and English plans write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kit.complaints import messages
from sim.kit.quantities import UnreadableError, kinds, parse

READ = [
    ("634.303 triệu đồng", "money", 634_303_000_000),
    ("11,707 million dong", "money", 11_707_000_000),
    ("11.707 triệu đồng", "money", 11_707_000_000),
    ("11,707 triệu đồng", "money", 11_707_000),
    ("11.707 million dong", "money", 11_707_000),
    ("1,5 tỷ đồng", "money", 1_500_000_000),
    ("1.5 billion dong", "money", 1_500_000_000),
    ("11 707 million dong", "money", 11_707_000_000),
    ("60 Triệu  đồng", "money", 60_000_000),
    ("11.707 VND", "money", 11_707),
    ("45 %", "share", 0.45),
    ("45%", "share", 0.45),
    ("3,32 %", "share", 0.0332),
    ("3.32 %", "share", 0.0332),
    ("99 phần trăm", "share", 0.99),
    ("1,5 điểm %", "points", 1.5),
    ("1.5 points", "points", 1.5),
    ("1,5 điểm %/năm", "points_per_year", 1.5),
    ("1.5 points a year", "points_per_year", 1.5),
    ("1.5 points", "points_per_year", 1.5),
    ("3 years", "years", 3),
    ("3 năm", "years", 3),
    ("36 tháng", "months", 36),
    ("3 years", "months", 36),
    ("1572", "count", 1572),
    ("1.572 hộ", "count", 1572),
    ("1,572 households", "count", 1572),
    ("1.572", "count", 1572),
    ("1,572", "count", 1572),
    ("4600 thousand dong", "money_per_month", 4_600_000),
    ("4,6 triệu đồng", "money_per_month", 4_600_000),
    ("4,6 triệu đồng/người/tháng", "money_per_month", 4_600_000),
    ("4.6 million dong per person and month", "money_per_month", 4_600_000),
    ("3,7 người", "persons", 3.7),
    ("0.125", "number", 0.125),
    ("-2,5", "number", -2.5),
]

UNREADABLE = [
    ("1.590 %", "share", "two_readings"),
    ("1,590 %", "share", "two_readings"),
    ("1.125", "number", "two_readings"),
    ("1.234,5 million dong", "money", "number_of_other_language"),
    ("1,234.5 triệu đồng", "money", "number_of_other_language"),
    ("12", "money", "unit_missing"),
    ("0.45", "share", "unit_missing"),
    ("12 dollars", "money", "unit_unknown"),
    ("3 months", "years", "unit_unknown"),
    ("45 points", "share", "unit_unknown"),
    ("145 %", "share", "out_of_range"),
    ("-5 %", "share", "negative"),
    ("-5", "count", "negative"),
    ("1.5", "count", "not_whole"),
    ("0.0000001 dong", "money", "not_whole"),
    ("many", "count", "not_a_number"),
    ("", "count", "not_a_number"),
    ("nan %", "share", "not_a_number"),
    ("inf", "number", "not_a_number"),
    ("1e3", "count", "unit_unknown"),
    ("1.23.4", "number", "not_a_number"),
    ("٣ years", "years", "not_a_number"),
    ("9" * 60, "count", "not_a_number"),
    ("99999999999999 million dong", "money", "out_of_range"),
]


@pytest.mark.parametrize(("text", "kind", "value"), READ)
def test_reads(text, kind, value):
    found = parse(text, kind)
    assert found.value == pytest.approx(value, rel=1e-12)
    assert found.unit == kinds()[kind]["unit"]


@pytest.mark.parametrize(("text", "kind", "code"), UNREADABLE)
def test_complains(text, kind, code):
    with pytest.raises(UnreadableError) as caught:
        parse(text, kind)
    assert caught.value.code == code
    assert code in messages()


def test_ambiguity_shows_both_readings_which_are_not_ambiguous():
    with pytest.raises(UnreadableError) as caught:
        parse("11.707 %", "share")
    assert caught.value.facts == {"as_vi": "11707 %", "as_en": "11.7070 %"}
    assert parse("11.7070 %", "share").value == pytest.approx(0.11707)


@pytest.mark.parametrize(("text", "half"), [("3.32 %", 0.00005), ("3 %", 0.005), ("3,0 %", 0.0005)])
def test_rounding_is_half_of_the_last_printed_digit(text, half):
    assert parse(text, "share").rounding == pytest.approx(half)


@given(st.integers(0, 9_000_000_000), st.integers(0, 4))
def test_both_languages_read_the_same_number(digits, decimals):
    number = Decimal(digits).scaleb(-decimals)
    english = f"{number:,.{decimals}f}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    assert parse(f"{english} million dong", "money").value == number * 1_000_000
    assert parse(f"{vietnamese} triệu đồng", "money").value == number * 1_000_000


@given(st.text(max_size=30), st.sampled_from(sorted(kinds())))
def test_no_text_ends_in_a_traceback(text, kind):
    try:
        parse(text, kind)
    except UnreadableError as error:
        assert error.code in messages()


def test_decomposed_letters_are_read():
    import unicodedata

    assert parse(unicodedata.normalize("NFD", "5 triệu đồng"), "money").value == 5_000_000
