"""A scenario given as Python values is the one that a file would give, with the same complaints; parts are changed as by a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from sim.kit.complaints import LANGUAGES, InputError
from sim.scenario import known
from sim.scenario.changing import change
from sim.scenario.read import read_scenario
from sim.scenario.written import as_mapping
from sim.studies import store
from sim.studies.run import run
from tests.scenario.levers import LEVERS

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))
BROKEN = sorted((ROOT / "tests" / "broken").glob("*.yaml"))
HOANG_KIM = ROOT / "scenarios" / "hoang_kim_2024.yaml"


# What Python values cannot have, or have without a line to count from.
OF_YAML = {"leading_zero", "odd_number", "word_for_boolean", "duplicate_key", "anchor", "alias", "tag", "split_number", "too_deep"}


def said(file: Path) -> dict:
    """What a file says, read without any care."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def plan():
    return read_scenario(HOANG_KIM)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_mapping_is_the_file(file):
    of_file = read_scenario(file)
    of_mapping = read_scenario(said(file), path=file)
    assert of_mapping == of_file and of_mapping.resolved == of_file.resolved
    again = read_scenario(as_mapping(of_file), path=file)
    assert again == of_file and again.resolved == of_file.resolved


def test_results_are_equal_to_the_byte(tmp_path):
    folders = []
    for name, source in (("file", HOANG_KIM), ("mapping", said(HOANG_KIM))):
        scenario = read_scenario(source, path=HOANG_KIM) if name == "mapping" else read_scenario(source)
        folders.append(store.save(run(scenario, ["credit_only"], replications=2, threads=1), tmp_path / name).folder)
    for file in store.SAME_FILES:
        assert (folders[0] / file).read_bytes() == (folders[1] / file).read_bytes()
    assert folders[0].name == folders[1].name


def complaints_of(source, **where) -> set[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        read_scenario(source, LEVERS, **where)
    for lang in LANGUAGES:
        assert caught.value.text(lang)
    return {(complaint.code, complaint.key) for complaint in caught.value.complaints}


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_mapping_gets_the_complaints_of_the_broken_file(file, monkeypatch):
    monkeypatch.setattr(known, "program_levers", lambda: LEVERS)
    if file.stem == "expected":
        pytest.skip("no scenario")
    try:
        mapping = said(file)
    except (yaml.YAMLError, ValueError):
        pytest.skip("no YAML")
    of_file = complaints_of(file)
    if {code for code, _ in of_file} & OF_YAML or not isinstance(mapping, (dict, list)):
        pytest.skip("a fault of YAML, which Python values cannot have")
    assert complaints_of(mapping, path=file) == of_file


def test_complaints_name_the_key_and_no_file():
    mapping = {**said(HOANG_KIM), "signed": "soon", "runs": {"replications": 0}}
    with pytest.raises(InputError) as caught:
        read_scenario(mapping, path=HOANG_KIM)
    told = caught.value.text("en").splitlines()
    assert told[0].startswith("key `signed`, value `soon`: ") and "line" not in told[0].partition(":")[0]
    assert "".join(caught.value._render_traceback_()).count("`signed`") == 2


def test_what_no_file_can_say_is_told():
    circle: dict = {}
    circle["again"] = [circle]
    for value, code in ((float("nan"), "not_finite"), ({1, 2}, "not_plain"), ({(1, 2): 3}, "odd_key"), (circle, "too_deep")):
        assert code in {found for found, _ in complaints_of({"name": "x", "targets": value})}
    assert complaints_of([1, 2]) == {("not_a_mapping", "")}
    assert ("too_many_entries", "") in complaints_of({"places": [0] * 100_001})


def test_numbers_dates_and_flags_may_be_those_of_python(plan):
    mapping = as_mapping(plan) | {"signed": date(2024, 5, 20), "period": np.int64(2024), "entitlements": True, "follow": "3 years"}
    assert read_scenario(mapping, path=HOANG_KIM) == plan


def test_parts_change_as_a_file_that_extends_it(plan, tmp_path):
    mix = {"preferential_credit": {"share": "50 %"}}
    target = {"name": "half", "measure": "official_poor_rate", "level": "0.8 %"}
    file = ROOT / "scenarios" / "hoang_kim_2024.yaml"
    changed = change(plan, {"mixes": {"half": mix}, "targets": [target]})
    laid = read_scenario({"extends": file.name, "mixes": {"half": mix}, "targets": [target]}, path=file.with_name("other.yaml"))
    assert list(changed.mixes) == ["plan", "plan_as_printed", "livelihoods_first", "credit_only", "half", "no_policy"]
    assert {**changed.resolved, "key": ""} == {**laid.resolved, "key": ""}
    assert [one.name for one in changed.targets] == ["half"] and plan.targets != changed.targets


def test_what_was_changed_by_name_stays_when_parts_change(plan):
    changes = {"signed": "2024-01", "growth": {"normal": [0.04, 0.01]}, "perfect_list": True, "follow_years": 1, "replications": 7}
    once = change(change(plan, changes), {"mixes": {"half": {"preferential_credit": {"share": "50 %"}}}})
    at_once = change(plan, {**changes, "mixes": {"half": {"preferential_credit": {"share": "50 %"}}}})
    assert once == at_once and once.resolved == at_once.resolved
    assert (str(once.signed), once.end_year, once.runs.replications, once.structure.perfect_list) == ("2024 Q1", 2025, 7, True)
    assert read_scenario(as_mapping(once), path=once.path).resolved == once.resolved
    assert "half" not in plan.mixes


def test_a_bad_part_is_told_with_its_key_and_the_line_of_what_it_breaks(plan):
    money = [{"source": "central", "kind": "recurrent", "year": 2024, "amount": "5 million dong", "reference": "L1"}]
    with pytest.raises(InputError) as caught:
        change(plan, {"money": money, "mixes": {"new": {"hosing": {"share": "9 %"}}}})
    told = caught.value.text("en")
    assert "key `mixes.new.hosing`" in told and "`housing`?" in told
    assert "hoang_kim_2024.yaml, line" in told
