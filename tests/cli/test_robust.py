"""``robust`` as a user meets it, with a stand-in for the engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.robust import robust
from tests.studies.planted import PlantedSimulation, planted


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch):
    app = typer.Typer()
    app.command()(robust)
    monkeypatch.setattr("sim.cli.studying.tell_of_compiling", lambda lang: False)
    monkeypatch.setattr("sim.scenario.read.read_scenario", lambda file: planted())
    monkeypatch.setattr("sim.studies.run.simulation_class", lambda: PlantedSimulation)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_it_prints_the_answer_and_leaves_whole_files(command, tmp_path: Path) -> None:
    result = command("plan.yaml", "--out", tmp_path, "--lang", "en", "--futures", "budget_cut,late_money")
    assert result.exit_code == 0, result.output
    folder = next(next(tmp_path.iterdir()).iterdir())
    tables = {"outcomes.csv", "targets.csv", "mixes_over_futures.csv", "satisficing.csv", "rules.csv", "drivers.csv"}
    assert {path.name for path in folder.iterdir()} >= tables | {"regret_en.png", "futures_met_en.svg", "manifest.json"}
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["study"] == "robust" and list(manifest["futures"]) == ["budget_cut", "late_money", "usual"]
    assert "A cut of 30 %" in result.output


def test_a_repeat_in_the_other_language_lands_in_the_same_folder(command, tmp_path: Path) -> None:
    how = ("--out", tmp_path, "--futures", "trap", "--quiet")
    folders = {command("plan.yaml", *how, "--lang", lang).stdout.strip() for lang in ("vi", "en")}
    assert len(folders) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--futures", "draught_year"), "drought_year"),
        (("--mixes", "plam"), "không có phương án này"),
        (("--measure", "fgt1"), "càng ít càng tốt"),
        (("--year", "2040"), "không chạy đến năm này"),
    ],
)
def test_a_bad_question_ends_with_2_and_nothing_written(command, tmp_path: Path, arguments, words: str) -> None:
    result = command("plan.yaml", *arguments, "--out", tmp_path)
    assert result.exit_code == 2
    assert words in result.stderr and "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []
