"""A plan with many targets, several places, levers of communes and a list of its own: still a page that reads well."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from sim.measures.targets import Target
from sim.report.verdict import verdict
from sim.report.words import Words
from sim.studies.judging import jointly
from sim.studies.results import Cube, Results
from tests.report.test_verdict import ENGLISH
from tests.studies.fake_engine import finished

SHARES = ("insured_share", "trained_share", "certified_share", "clean_water_share", "hygienic_toilet_share", "informed_share")


def _many(one_for: int = 1) -> Results:
    """Nine targets that the model judges and one outside it, on three places."""
    results = finished(8, 3, 300)
    share = Target("share", "", "cover", 97.5, "%", 2023, 2024, group="minority", more_is_better=True, says={"vi": "x", "en": "x"})
    targets = [*results.frame.targets, *[replace(share, name=measure, measure=measure) for measure in SHARES]]
    targets.append(Target("rate", "official_poor_rate", "level", 4.25, "%", 2023, 2024))
    outside = {"vi": "không có bác sĩ trong mô hình", "en": "there are no doctors in the model"}
    targets.append(Target("doctors", "", "outside", 7.5, "", 2023, 2024, says={"vi": "7,5 bác sĩ", "en": "7.5 doctors"}, outside=outside))
    return replace(results, frame=replace(results.frame, targets=tuple(targets), one_for=one_for))


def _shown(results: Results, lang: str, width: int) -> str:
    paper = io.StringIO()
    verdict(results, lang).show(Console(file=paper, width=width))
    return paper.getvalue()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [80, 100])
def test_it_fits_a_terminal_with_nothing_cut(lang: str, width: int) -> None:
    text = _shown(_many(), lang, width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert "…" not in text


def test_large_counts_fit_too() -> None:
    """A province's counts, of seven figures with their bands, in the narrowest terminal."""
    results = _many()
    scaled = {}
    for mix, cube in results.measures.items():
        counts = np.array([name.endswith("_households") or name in ("households", "people") for name in cube.measures])
        scaled[mix] = Cube(cube.groups, cube.measures, cube.values * np.where(counts, 2345.0, 1.0))
    for lang in ("vi", "en"):
        assert "…" not in _shown(replace(results, measures=scaled), lang, 80)


def test_nothing_is_left_in_english() -> None:
    results = _many(one_for=20)
    quiet = replace(results, frame=replace(results.frame, findings=()))
    assert ENGLISH.findall(verdict(quiet, "vi").markdown()) == []


def test_all_targets_together_come_first_and_each_once() -> None:
    results = _many()
    text = verdict(results, "en").markdown()
    assert text.index("All targets together") < text.index("| 1. ") < text.index("## Target 1.")
    assert text.count("All targets together") == 1
    chance = Words("en").probability(*jointly(results, "plan"))
    assert f"All targets together: The plan {chance}" in text
    assert "This counts 9 of 10 targets" in text and "there are no doctors" in text
    assert [f"## Target {number}." in text for number in (1, 9, 10)] == [True, True, False]


def test_each_target_tells_both_readings_and_no_plan() -> None:
    text = verdict(_many(), "en").markdown()
    for number in range(1, 10):
        section = text.partition(f"## Target {number}.")[2].partition("\n## ")[0]
        rows = [line.split("|")[1].strip() for line in section.splitlines() if line.startswith("| ")]
        assert rows[2:] == ["The plan", "The plan, if paid on schedule", "No plan"]
        assert section.count("If paid on schedule, the probability") == 1


def test_a_rate_tells_households_and_points() -> None:
    section = verdict(_many(), "en").markdown().partition("## Target 9.")[2].partition("\n## ")[0]
    results = _many()
    poor = np.median(results.at("plan", "official_poor_households", 2024))
    assert "| Poor households |" in section and "Short, households (points)" in section and f"| {poor:.0f} (" in section


def test_an_even_share_of_others_has_no_households_left() -> None:
    """A target on a share of children cannot be told as so many of them allowed."""
    target = Target("children", "undernourished_under_5_share", "level", 19.4, "%", 2023, 2024)
    results = finished()
    text = verdict(replace(results, frame=replace(results.frame, targets=(target,))), "en").markdown()
    assert "The target means" not in text


def test_levers_of_communes_reach_communes() -> None:
    results = finished(8, 3, 300)
    cubes = {}
    for mix, cube in results.measures.items():
        reached = np.full((*cube.values.shape[:4], 1), 2.0 if mix != "no_policy" else 0.0)
        values = np.concatenate([cube.values, reached], axis=-1)
        cubes[mix] = Cube(cube.groups, (*cube.measures, "communes_reached:housing"), values)
    frame = replace(results.frame, commune_levers=("housing",), divided={"An Phú": 4})
    text = verdict(replace(results, frame=frame, measures=cubes), "en").markdown()
    assert "Housing: reached 2 communes of 6 in 2024 (mean of a run)." in text
    assert "Housing: 18 households served" not in text and "eligible and not served" not in text


def test_a_list_of_ones_own_is_told_with_what_it_leaves_to_chance() -> None:
    results = finished()
    drawn = [{"vi": "Năm sinh", "en": "birth year", "households": 51}, {"vi": "Internet", "en": "internet", "households": 7}]
    frame = replace(results.frame, roster={"households": 51, "drawn": drawn})
    head = verdict(replace(results, frame=frame), "vi").markdown().partition("## ")[0]
    assert "danh sách rà soát của xã: 51 hộ" in head and "Năm sinh (mọi hộ); Internet (7 hộ)" in head
    whole = replace(results, frame=replace(results.frame, roster={"households": 51, "drawn": []}))
    assert "ghi đủ mọi mục" in verdict(whole, "vi").markdown()


def test_the_calendar_holds_what_the_ledger_paid() -> None:
    """Every run pays 9/10 in the third quarter by plan, a quarter of it in truth (see the stand-in)."""
    results = finished()
    calendar = verdict(results, "en").markdown().partition("## Calendar")[2]
    rows = {cells[1].strip(): cells[2:4] for cells in (line.split("|") for line in calendar.splitlines()) if len(cells) == 5}
    paid = results.ledger["plan"].total("paid") / results.frame.replications / 1e6
    assert [float(cell) for cell in rows["2024 Q3"]] == pytest.approx([0.9 * paid, 0.25 * paid], abs=0.5)
    assert [float(cell) for cell in rows["2024 Q4"]] == pytest.approx([0.1 * paid, 0.75 * paid], abs=0.5)


def test_districts_come_by_rate_and_are_marked() -> None:
    results = finished(8, 3, 300)
    frame = replace(results.frame, districts={"Huyện A": ("Hoàng Kim", "An Phú")}, poor_districts=("Bình Sơn",))
    assert frame.units == ("Huyện A", "Bình Sơn")
    wide = {mix: _with_district(cube) for mix, cube in results.measures.items()}
    table = verdict(replace(results, frame=replace(frame, targets=()), measures=wide), "en").markdown().partition("## Place by place")[2]
    rows = [line.split("|")[1].strip() for line in table.partition("\n## ")[0].splitlines() if line.startswith("| ")][2:]
    assert set(rows) == {"Huyện A", "Bình Sơn *"} and "* Poor district." in table


def _with_district(cube: Cube) -> Cube:
    """The labels all, district, three places, poor districts; the figures of new ones are those of the first place."""
    values = cube.values
    return Cube(
        cube.groups, cube.measures, np.concatenate([values[:, :, :1], values[:, :, 1:2], values[:, :, 1:], values[:, :, 3:]], axis=2)
    )
