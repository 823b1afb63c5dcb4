"""Every broken file ends in a message that names its line and mends it, in both languages; nothing else happens."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.check import check
from sim.kit.complaints import LANGUAGES, InputError
from sim.kit.reading import read
from sim.scenario import known
from sim.scenario.read import read_scenario
from tests.scenario.levers import LEVERS

HERE = Path(__file__).parent / "broken"
EXPECTED = read(HERE / "expected.yaml").data
LINE = {"vi": "dòng {}", "en": "line {}"}

app = typer.Typer()
app.command()(check)


@pytest.fixture(autouse=True)
def own_levers(monkeypatch):
    """The five levers as these files know them."""
    monkeypatch.setattr(known, "program_levers", lambda: LEVERS)


def test_each_file_has_its_expectation():
    assert {path.stem for path in HERE.glob("*.yaml")} - {"expected"} == set(EXPECTED)
    assert len(EXPECTED) >= 50


def test_the_file_below_the_broken_ones_is_sound():
    assert read_scenario(HERE / "base" / "sound.yaml").households == 1572


@pytest.mark.parametrize("name", EXPECTED)
def test_broken_file_is_told_its_fault(name):
    with pytest.raises(InputError) as caught:
        read_scenario(HERE / f"{name}.yaml")
    expected = EXPECTED[name]
    for lang in LANGUAGES:
        told = [complaint for complaint in caught.value.complaints if expected[lang] in complaint.text(lang)]
        assert told, caught.value.text(lang)
        assert told[0].line == expected["line"], caught.value.text(lang)
        if expected["line"]:
            assert LINE[lang].format(expected["line"]) in told[0].text(lang)
        for complaint in caught.value.complaints:
            _reads_well(complaint.text(lang), lang)


def _reads_well(text, lang):
    assert re.search(r"\.(yaml|csv)\b", text)
    assert {"vi": "Cách sửa: ", "en": "To mend it: "}[lang] in text
    assert not re.search(r"\{\w+\}|None|Traceback|\bpydantic\b", text.replace("`{}`", "")), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_command_ends_with_2_and_writes_nothing(tmp_path, monkeypatch, lang):
    monkeypatch.chdir(tmp_path)
    before = sorted(HERE.rglob("*"))
    for name, expected in EXPECTED.items():
        result = CliRunner().invoke(app, [str(HERE / f"{name}.yaml"), "--lang", lang])
        assert result.exit_code == 2, name
        assert expected[lang] in result.stderr
        assert not result.stdout
        assert "Traceback" not in result.stderr
    assert not list(tmp_path.iterdir())
    assert sorted(HERE.rglob("*")) == before


BOMBS = {
    "too_large": b"name: " + b"a" * 1_100_000,
    "deep_brackets": b"a: " + b"[" * 400_000,
    "deep_braces": b"{a: " * 200_000,
    "deep_indent": b"\n".join(b" " * n + b"a:" for n in range(1200)),
    "many_keys": b"\n".join(b"k%d: 1" % n for n in range(80_000)),
    "many_unknown_keys": b"\n".join(b"k%d: 1" % n for n in range(5_000)),
    "many_items": b"- " + b"1\n- " * 240_000 + b"1",
    "many_tabs": b"\t\n" * 400_000,
    "many_aliases": b"a: &a [1]\nb: [" + b"*a, " * 200_000 + b"]",
    "one_long_number": b"follow: " + b"9" * 900_000 + b" years",
    "zeros": b"\0" * 900_000,
    "long_key": b"? " + b"k" * 500_000 + b"\n: 1",
    "many_quotes": b"'" * 900_001,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_do_not_go_off(tmp_path, name):
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(BOMBS[name])
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        read_scenario(path)
    assert time.process_time() - start < 5
    for lang in LANGUAGES:
        told = caught.value.text(lang).split("\n")
        assert len(told) <= 101
        assert all(len(line) < 3000 for line in told)


def test_all_faults_are_told_at_once(tmp_path):
    path = tmp_path / "many.yaml"
    path.write_text(
        "nmae: a\nsigned: 1800-01\nperiod: 2024\nstandard: vn_2022\nplaces:\n"
        "  - {name: A, households: 10, poor: 20, near_poor: 0}\nmoney:\n  - {source: bank, kind: recurrent, year: 2020, amount: 5}\n"
        "mixes:\n  plan: {housng: {share: 120 %}}\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_scenario(path)
    lines = {complaint.line for complaint in caught.value.complaints}
    assert {1, 2, 6, 8, 10} <= lines


@pytest.mark.parametrize("what", ["missing.yaml", ".", "x\0y.yaml", "a" * 300 + ".yaml"])
def test_paths_that_are_no_file(tmp_path, what):
    with pytest.raises(InputError):
        read_scenario(tmp_path / what)
