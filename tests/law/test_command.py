"""``thoatngheo law`` reads all homes of numbers, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.law import find_numbers, law, say_number
from sim.law.homes import SIM
from sim.law.open import read_yaml

DAY = date(2024, 7, 1)
app = typer.Typer()
app.command()(law)


def test_all_homes_are_read():
    homes = {entry.home for entry in find_numbers(DAY)}
    assert {"law/vietnam/bank.yaml", "standards/vn_2022.yaml", "standards/review.yaml"} <= homes
    assert "standards/vn_2016.yaml" not in homes
    with_priors = {str(path.relative_to(SIM)) for path in (SIM / "dynamics").glob("*.yaml") if "parameters" in read_yaml(path)}
    assert with_priors <= homes


def test_dates_matter():
    standard = {day: next(e.value for e in find_numbers(day) if e.key == "social_assistance.standard") for day in (date(2024, 6, 30), DAY)}
    assert list(standard.values()) == [360, 500]


def test_every_number_has_a_source_or_a_reason():
    for entry in find_numbers(DAY):
        assert entry.vi and entry.en and entry.unit
        assert entry.reference or entry.assumption, entry.key


def test_assumptions_only():
    assumed = find_numbers(DAY, assumptions=True)
    assert assumed and all(entry.assumption for entry in assumed)


def test_every_unit_has_a_vietnamese_name():
    names = read_yaml(SIM / "law" / "units.yaml")
    assert sorted({entry.unit for entry in find_numbers(DAY)} - set(names)) == []


@pytest.mark.parametrize(("lang", "words"), [("vi", "Mức chuẩn trợ giúp xã hội"), ("en", "Standard of social assistance")])
def test_output(lang, words):
    result = CliRunner().invoke(app, ["--on", "2024-07-01", "--lang", lang], env={"COLUMNS": "240"})
    assert result.exit_code == 0
    assert words in result.output


@pytest.mark.parametrize(("lang", "words"), [("vi", "không phải là ngày"), ("en", "not a date")])
def test_an_odd_date_is_a_complaint(lang, words):
    result = CliRunner().invoke(app, ["--on", "yesterday", "--lang", lang])
    assert result.exit_code == 2
    assert "yesterday" in result.output and words in result.output


def test_numbers_in_both_languages():
    assert say_number(1500.5, "vi") == "1.500,5"
    assert say_number(1500.5, "en") == "1,500.5"
    assert say_number(100000.0, "vi") == "100.000"
