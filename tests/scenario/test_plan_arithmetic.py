"""The contradictions of real plans are found, and nothing is said once the figures are mended."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from sim.cli.check import check
from sim.scenario.arithmetic_of_targets import bounds
from sim.scenario.findings import paragraphs
from sim.scenario.plan_arithmetic import find
from sim.scenario.read import read_scenario
from sim.scenario.shape import Source, Stated
from sim.scenario.standard_in_period import standard_in_force
from sim.scenario.target import Target, Unsaid
from tests.scenario.levers import LEVERS

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SOUND = Path(__file__).parents[1] / "broken" / "base" / "sound.yaml"
MENDS = [
    ("count: 40, rate: 3.32 %", "count: 52, rate: 3.32 %"),
    ("to: 2023, count: 25, points", "to: 2023, count: 27, points"),
    ("fall_per_year: 1.5 points a year", "fall_per_year: 0.5 points a year"),
    ("amount: 11,707 million dong", "amount: 296.7 million dong"),
]


@pytest.fixture(scope="module")
def hoang_kim():
    return read_scenario(SCENARIOS / "hoang_kim_2024.yaml")


@pytest.fixture()
def sound():
    return read_scenario(SOUND, LEVERS)


def codes(scenario, silence=("no_starting_rate",)):
    """Codes of what contradicts itself, and of those silences that a test is about."""
    return [finding.code for finding in find(scenario) if not finding.is_unsaid or finding.code in silence]


def test_the_four_contradictions_of_hoang_kim(hoang_kim):
    assert codes(hoang_kim) == ["household_bases", "fall_in_count", "target_leaves_few", "money_out_of_proportion"]
    contradictions = [finding for finding in find(hoang_kim) if not finding.is_unsaid]
    english, vietnamese = ([finding.text(lang) for finding in contradictions] for lang in ("en", "vi"))
    for fragment, text in zip(("1,205", "a fall of 15", "0.09 %", "468 million"), english, strict=True):
        assert fragment in text
    for fragment, text in zip(("1.205", "giảm 15 hộ", "0,09 %", "468 triệu"), vietnamese, strict=True):
        assert fragment in text


def mended(tmp_path, mends):
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "delta_commune.yaml").write_bytes((SCENARIOS / "base" / "delta_commune.yaml").read_bytes())
    text = (SCENARIOS / "hoang_kim_2024.yaml").read_text(encoding="utf-8")
    for wrong, right in mends:
        assert wrong in text
        text = text.replace(wrong, right)
    path = tmp_path / "mended.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_mended_figures_leave_nothing_to_say(tmp_path):
    assert codes(read_scenario(mended(tmp_path, MENDS))) == []


@pytest.mark.parametrize("left", range(4))
def test_each_mend_silences_its_own_finding(tmp_path, left, hoang_kim):
    mends = [mend for number, mend in enumerate(MENDS) if number != left]
    found = codes(read_scenario(mended(tmp_path, mends)))
    assert codes(hoang_kim)[left] in found
    assert len(found) <= 2  # 40 for 52 contradicts a fall of 27 as well


def test_check_ends_with_0_and_strictly_with_2():
    app = Typer()
    app.command()(check)
    path = str(SCENARIOS / "hoang_kim_2024.yaml")
    plain = CliRunner().invoke(app, [path])
    assert plain.exit_code == 0
    assert len(re.findall(r"^\d\. ", plain.stdout, re.MULTILINE)) == 4
    assert "chưa nêu" in plain.stdout
    strict = CliRunner().invoke(app, [path, "--strict", "--lang", "en"])
    assert strict.exit_code == 2
    assert "468 million" in strict.stderr and not strict.stdout


def test_a_sound_plan_is_left_in_peace(sound):
    assert codes(sound) == []


CASES = [
    ("rate_against_count", {"stated": (Stated("poor", 2023, count=25, rate=0.02, rate_rounding=0.00005),)}),
    ("places_against_stated", {"stated": (Stated("poor", 2023, count=26),)}),
    ("places_against_stated", {"stated": (Stated("households", 2023, count=1600),)}),
    (
        "fall_in_points",
        {"stated": (
            Stated("poor", 2022, rate=0.05, rate_rounding=0.0005), Stated("poor", 2023, rate=0.0159, rate_rounding=0.00005),
            Stated("fall", 2023, since=2022, points=3.0, points_rounding=0.05),
        )},
    ),
    ("target_below_zero", {"targets": (Target("t", "official_poor_rate", "fall", 2.0, "points", 2024, 2023),)}),
    ("target_is_reached", {"targets": (Target("t", "official_poor_rate", "level", 0.05, "share", 2024, 2023),)}),
    (
        "targets_disagree",
        {"targets": (
            Target("t", "official_poor_rate", "level", 0.005, "share", 2024, 2023),
            Target("u", "official_poor_rate", "fall", 0.5, "points", 2024, 2023),
        )},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes"), CASES)
def test_each_rule_finds_its_contradiction(sound, code, changes):
    assert codes(replace(sound, **changes)) == [code]


def test_a_level_and_a_fall_that_agree(sound):
    level = Target("t", "official_poor_rate", "level", 0.0109, "share", 2024, 2023)
    fall = Target("u", "official_poor_rate", "fall", 0.5, "points", 2024, 2023)
    assert codes(replace(sound, targets=(level, fall))) == []


def test_a_change_without_a_starting_rate(sound):
    """A plan that says by how much the rate falls, with a start that the scenario had to assume."""
    assumed = tuple(replace(place, reference="", sources=dict.fromkeys(place.sources, Source(assumption="x"))) for place in sound.places)
    near = Target("near", "official_near_poor_rate", "fall", 0.23, "points", 2024, 2023, reference="L19")
    bare = replace(sound, places=assumed, targets=(*sound.targets, near))
    assert codes(bare) == ["no_starting_rate", "no_starting_rate"]
    stated = (Stated("poor", 2023, count=25), Stated("near_poor", 2023, rate=0.0254, rate_rounding=0.00005))
    assert codes(replace(bare, stated=stated)) == []


def test_money_of_several_envelopes_is_added(sound):
    many = tuple(replace(sound.money[0], amount_dong=3_000_000_000) for _ in range(3))
    assert codes(replace(sound, money=many)) == ["money_out_of_proportion"]
    assert codes(replace(sound, money=many[:2])) == []


def test_credit_is_no_budget(sound):
    loans = replace(sound.money[1], amount_dong=90_000_000_000)
    assert codes(replace(sound, money=(loans,))) == []


def test_paragraphs_and_bounds_are_whole():
    for code, words in paragraphs().items():
        if code != "words":
            assert words["vi"].strip() and words["en"].strip()
    for entry in bounds().values():
        assert {"value", "unit", "assumption", "vi", "en"} <= set(entry)


@pytest.mark.parametrize(
    ("standard", "years", "outside"),
    [
        ("vn_2022", (2024, 2026), ""),
        ("vn_2022", (2026, 2028), "2027, 2028"),
        ("vn_2016", (2015, 2016), "2015"),
        ("vn_2011_indexed", (2012, 2030), ""),
    ],
)
def test_a_standard_is_in_force_in_the_years_of_the_plan(sound, standard, years, outside):
    found = list(standard_in_force(replace(sound, standard=standard, first_year=years[0], last_year=years[1])))
    assert [finding.code for finding in found] == ["standard_not_in_force"] * bool(outside)
    for lang in ("vi", "en") if outside else ():
        assert f"({outside})" in found[0].text(lang) and not {"{", "}"} & set(found[0].text(lang))


def test_money_that_the_plan_does_not_state_is_told(sound):
    assumed = replace(sound.money[0], reference="", assumption="judgement")
    found = [one for one in find(replace(sound, money=(assumed, *sound.money[1:]))) if one.code == "money_assumed"]
    assert len(found) == 1 and "ngân sách" in found[0].text("vi")
    told = tuple(replace(envelope, reference="L1") for envelope in sound.money)
    assert "money_assumed" not in codes(replace(sound, money=told), silence=("money_assumed",))


def test_what_the_writer_found_missing_is_told_in_both_languages(sound):
    gap = Unsaid({"vi": "phụ lục đường giảm nghèo", "en": "the annex with the yearly path"}, "L64")
    found = next(one for one in find(replace(sound, unsaid=(gap,))) if one.code == "unsaid_at")
    assert found.text("vi") == "Kế hoạch chưa nêu (L64): phụ lục đường giảm nghèo"
    assert "annex" in found.text("en") and found.is_unsaid


LAW = Stated("law", 2023, series="health_insurance.subsidy_share.near_poor.ordinary", rate=0.7, rate_rounding=0.005, reference="L43")


@pytest.mark.parametrize(("share", "found"), [(0.7, []), (0.5, ["against_the_law"])])
def test_a_rule_that_the_plan_repeats_is_held_against_the_law_book(sound, share, found):
    assert codes(replace(sound, stated=(replace(LAW, rate=share),))) == found


@pytest.mark.parametrize(("millions", "found"), [(5, ["credit_for_few"]), (5_000, [])])
def test_credit_for_all_needs_money_for_all(sound, millions, found):
    loans = replace(sound.money[1], amount_dong=millions * 1_000_000, reference="L421")
    promise = Target("credit", "served_share:preferential_credit", "cover", 1.0, "share", 2024, 2023, reference="L59")
    assert codes(replace(sound, money=(loans,), targets=(promise,))) == found
