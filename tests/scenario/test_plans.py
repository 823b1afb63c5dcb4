"""The five plans as scenarios: every figure has a source, every target of the plan has its line, and the text's silences are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.check import check
from sim.report.words import Words
from sim.scenario.plan_arithmetic import find
from sim.scenario.read import read_scenario
from sim.scenario.shape import NO_POLICY

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PLANS = ("son_la_2020", "hung_yen_2022_2025", "hoang_kim_2024", "phan_rang_2021", "thanh_hoa_2017")
MOST_ROWS = 2_000_000
LEVERS_OF_PLANS = {
    "livelihood_models", "production_support", "nutrition", "vocational_training", "job_matching", "labour_export", "information_access",
    "communication", "staff_capacity", "preferential_credit", "housing", "health_insurance", "education_support", "water_sanitation",
    "legal_aid", "social_assistance", "infrastructure", "land_forest",
}  # fmt: skip
# What each plan promises, by the line of its text.
LINES = {
    "son_la_2020": ["L55", "L57", "L157", "L59", "L61", "L63", "L65", "L67", "L71", "L161", "L75", "L77"],
    "hung_yen_2022_2025": [
        "L62-64", "L67-70", "L71-73", "L73-74", "L74-75", "L77-79", "L79", "L79-81", "L82-83", "L84-85", "L85-86", "L87-89",
    ],
    "hoang_kim_2024": ["L109", "L43", "L49-51", "L51", "L81"],
    "phan_rang_2021": ["L19", "L21", "L23"],
    "thanh_hoa_2017": ["L40-41", "L54-58", "L49-53"],
}  # fmt: skip
ENGLISH = re.compile(r"\b(the|of|and|households?|poor|target|plan|money|credit|fall|rate)\b", re.IGNORECASE)
app = typer.Typer()
app.command()(check)


@pytest.fixture(scope="module", params=PLANS)
def plan(request):
    return read_scenario(SCENARIOS / f"{request.param}.yaml")


def test_every_figure_says_where_it_comes_from(plan):
    for place in plan.places:
        assert place.reference or place.assumption or all(place.sources.values()), place.name
        assert all(place.facts.sources.values()), place.name
    assert all(envelope.reference or envelope.assumption for envelope in plan.money)


def test_every_promise_of_the_text_has_a_target(plan):
    told = {line.strip() for target in plan.targets for line in target.reference.split(",")}
    assert set(LINES[plan.key]) <= told
    assert all(target.reference for target in plan.targets)
    assert all(target.says for target in plan.targets)


def test_mixes_have_names_in_both_languages(plan):
    assert "plan" in plan.mixes and len(plan.mixes) >= 3
    for mix in plan.mixes:
        assert Words("vi").mix(mix) != mix and Words("en").mix(mix) != mix


def test_the_levers_of_all_plans_are_the_eighteen():
    used = {lever for key in PLANS for lever in read_scenario(SCENARIOS / f"{key}.yaml").mixes["plan"].levers}
    assert used == LEVERS_OF_PLANS


def test_rows_stay_within_the_limit(plan):
    assert plan.runs.replications * plan.households / plan.one_for <= MOST_ROWS


def test_the_mix_without_policy_is_there(plan):
    assert plan.mixes[NO_POLICY].levers == {}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_check_tells_what_is_left_unsaid(plan, lang):
    result = CliRunner().invoke(app, [str(plan.path), "--lang", lang])
    assert result.exit_code == 0, result.stderr
    assert {"vi": "chưa nêu", "en": "unsaid"}[lang] in result.stdout
    assert not re.search(r"\{\w*\}|None", result.stdout)
    told = re.sub(r"`[^`]*`", "", result.stdout.partition("\n")[2])
    assert lang == "en" or not ENGLISH.findall(told)
    for one in plan.unsaid:
        assert one.what[lang] in result.stdout


def test_silences_are_written_in_both_languages(plan):
    assert plan.unsaid
    for finding in find(plan):
        assert finding.text("vi") != finding.text("en")


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("son_la_2020", set()),
        ("hung_yen_2022_2025", set()),
        ("hoang_kim_2024", {"household_bases", "fall_in_count", "target_leaves_few", "money_out_of_proportion"}),
        ("phan_rang_2021", {"no_starting_rate"}),
        ("thanh_hoa_2017", set()),
    ],
)
def test_contradictions_of_each_plan(key, codes):
    found = {finding.code for finding in find(read_scenario(SCENARIOS / f"{key}.yaml"))}
    assert codes <= found
    assert found - codes <= {"unsaid", "unsaid_at", "money_assumed", "credit_for_few", "no_starting_rate"}
