"""The verdict against its pictures in both languages. Refresh them with ``REFRESH_SNAPSHOTS=1 pytest tests/report``."""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from sim.measures.targets import Target
from sim.report.verdict import verdict
from tests.studies.fake_engine import finished

HERE = Path(__file__).parent
ENGLISH = re.compile(r"\b(the|of|and|households?|poor|target|plan|runs?|median|probability|shortfall|money|lever)\b", re.IGNORECASE)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_verdict_reads_as_agreed(lang: str) -> None:
    text = verdict(finished(), lang).markdown()
    path = HERE / f"verdict_{lang}.md"
    if os.environ.get("REFRESH_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_fits_80_columns(lang: str) -> None:
    paper = io.StringIO()
    verdict(finished(), lang).show(Console(file=paper, width=80))
    lines = paper.getvalue().splitlines()
    assert max(len(line) for line in lines) <= 80
    assert "…" not in paper.getvalue()


def test_nothing_is_left_in_english() -> None:
    results = finished()
    quiet = replace(results, frame=replace(results.frame, findings=()))
    assert ENGLISH.findall(verdict(quiet, "vi").markdown()) == []


def test_places_and_provinces_are_told_as_well() -> None:
    results = finished(3, 2, 200)
    target = replace(results.frame.targets[0], place="An Phú")
    assert "in An Phú" in verdict(replace(results, frame=replace(results.frame, targets=(target,))), "en").markdown()
    text = verdict(results, "en").markdown()
    assert "in An Phú" not in text and "| An Phú | 12.5 |" in text  # targets are on the whole; each place has a line of its own


def test_a_plan_without_targets_and_one_beyond_the_horizon() -> None:
    results = finished()
    none = replace(results, frame=replace(results.frame, targets=()))
    assert "states no target" in verdict(none, "en").markdown()
    late = replace(results, frame=replace(results.frame, targets=(replace(results.frame.targets[0], year=2040),)))
    assert "does not run long enough" in verdict(late, "en").markdown()


def test_targets_on_a_lever_are_told_in_households_and_in_money() -> None:
    results = finished()
    served = Target("houses", "beneficiaries:housing", "count", 12.0, "households", 2023, 2024, more_is_better=True)
    spent = replace(served, measure="spent:housing", value=300_000_000.0, unit="dong")
    text = verdict(replace(results, frame=replace(results.frame, targets=(served, spent))), "en").markdown()
    assert "at least 12 households by the end of 2024" in text
    assert "at least 300 million dong by the end of 2024" in text and "Short, million dong" in text
    houses = replace(served, measure="beneficiaries:health_insurance")
    table = verdict(replace(results, frame=replace(results.frame, targets=(houses,))), "en").markdown()
    assert "| 0 | 12 |" in table and "0.00" not in table.partition("What held")[0]
