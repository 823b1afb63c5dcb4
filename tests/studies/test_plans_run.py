"""Each plan runs in a small society, and its verdict speaks of every target in both languages, nothing left untranslated."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.report.verdict import verdict
from sim.scenario.read import read_scenario
from sim.scenario.resolved import resolve
from sim.scenario.shape import Place, Scenario
from sim.studies.judging import ALL_TARGETS, jointly, judge_all, together
from sim.studies.results import Results
from sim.studies.run import run
from sim.studies.tables import write_targets

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PLANS = ("son_la_2020", "hung_yen_2022_2025", "hoang_kim_2024", "phan_rang_2021", "thanh_hoa_2017")
ENGLISH = re.compile(r"\b(the|of|and|households?|poor|target|plan|runs?|median|probability|shortfall|money|lever|none)\b", re.IGNORECASE)
HOUSEHOLDS = 4_000  # of the whole plan


def small(place: Place, of: float) -> Place:
    """The place with so small a part of its households, none of its groups empty."""
    households = max(round(place.households * of), 60)
    poor, near_poor = (max(round(count * of), 2) for count in (place.poor, place.near_poor))
    return replace(place, households=households, poor=poor, near_poor=near_poor, communes=1)


def small_plan(key: str) -> Scenario:
    """The plan in a society of some thousand households, one of them to a row."""
    whole = read_scenario(SCENARIOS / f"{key}.yaml")
    places = tuple(small(place, min(HOUSEHOLDS / whole.households, 1.0)) for place in whole.places)
    plan = replace(whole, places=places, one_for=1)
    return replace(plan, resolved=resolve(plan))


@cache
def results_of(key: str) -> Results:
    """Two replications under the plan and without it."""
    return run(small_plan(key), ("plan",), replications=2, threads=1)


@pytest.mark.parametrize("key", PLANS)
def test_each_target_is_judged_or_said_to_be_outside(key):
    results = results_of(key)
    for one in judge_all(results):
        if one.target.is_judged:
            assert 0.0 <= one.probability <= 1.0, one.target.name
            assert not np.isnan(one.median), one.target.name
        else:
            assert np.isnan(one.probability) and one.note == "outside_the_model"
    assert together(results)
    assert jointly(results, "plan")[0] <= min(one.probability for one in judge_all(results) if one.target in together(results))


@pytest.mark.parametrize("key", PLANS)
def test_nothing_is_left_in_english(key):
    text = verdict(results_of(key), "vi").markdown()
    assert ENGLISH.findall(re.sub(r"`[^`]*`", "", text)) == []


@pytest.mark.parametrize("key", PLANS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_target_is_told(key, lang):
    results = results_of(key)
    text = verdict(results, lang).markdown()
    for target in results.frame.targets:
        assert target.says[lang] in text, target.name
        for words in (target.note, target.outside):
            assert words.get(lang, "") in text, target.name


@pytest.mark.parametrize("key", PLANS)
def test_the_file_of_targets_counts_all_of_them(key, tmp_path):
    results = results_of(key)
    path = tmp_path / "targets.csv"
    write_targets(results, judge_all(results), path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["mix"] == "plan"]
    names = [target.name for target in results.frame.targets]
    assert [row["name"] for row in rows] == [*names, ALL_TARGETS]
    outside = sum(not target.is_judged for target in results.frame.targets)
    assert rows[-1]["note"] == f"targets={len(names)}; jointly={len(together(results))}; outside_the_model={outside}"
    assert sum(row["note"] == "outside_the_model" for row in rows) == outside
