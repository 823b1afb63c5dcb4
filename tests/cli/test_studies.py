"""``compare`` and ``reach`` as a user meets them, with stand-ins for the engine."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.compare import compare
from sim.cli.reach import reach
from sim.studies.size import BYTES_OF_ROW, SHARE_OF_FREE_MEMORY, size_of
from tests.studies.fake_engine import FakeSimulation, scenario
from tests.studies.planted import PlantedSimulation, planted

TABLES = {
    "compare": {"differences.csv", "transitions.csv", "costs.csv", "differences_en.png", "equity_en.svg", "manifest.json"},
    "reach": {"targets.csv", "years.csv", "money.csv", "tried.csv", "reasons.csv", "remainder.csv", "reach_money_en.png"},
}


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch):
    """Both commands; a file is the stand-in's scenario of that name."""
    app = typer.Typer()
    app.command()(compare)
    app.command()(reach)
    monkeypatch.setattr("sim.cli.studying.tell_of_compiling", lambda lang: False)

    def call(*arguments: object, engine: type = FakeSimulation):
        def read(file: Path):
            if engine is PlantedSimulation:
                return planted()
            return replace(scenario(households=300, poor=30, replications=6), key=Path(file).stem)

        monkeypatch.setattr("sim.scenario.read.read_scenario", read)
        monkeypatch.setattr("sim.studies.run.simulation_class", lambda: engine)
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return call


def _engine(name: str) -> type:
    return PlantedSimulation if name == "reach" else FakeSimulation


@pytest.mark.parametrize("name", ["compare", "reach"])
def test_it_prints_the_answer_and_leaves_whole_files(command, tmp_path: Path, name: str) -> None:
    result = command(name, "plan.yaml", "--out", tmp_path, "--lang", "en", engine=_engine(name))
    assert result.exit_code == 0, result.output
    folder = next(next(tmp_path.iterdir()).iterdir())
    assert {path.name for path in folder.iterdir()} >= TABLES[name]
    assert json.loads((folder / "manifest.json").read_text())["study"] == name
    assert str(folder) in result.output.replace("\n", "")


@pytest.mark.parametrize("name", ["compare", "reach"])
def test_a_repeat_in_the_other_language_lands_in_the_same_folder(command, tmp_path: Path, name: str) -> None:
    folders = set()
    for lang, threads in (("vi", 1), ("en", 2)):
        result = command(name, "plan.yaml", "--out", tmp_path, "--lang", lang, "--threads", threads, "--quiet", engine=_engine(name))
        assert result.exit_code == 0, result.output
        folders.add(result.stdout.strip())
    assert len(folders) == 1
    assert len(list(Path(folders.pop()).glob("*_vi.png"))) == len(list(Path(tmp_path).rglob("*_en.png"))) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("compare", "plan.yaml", "--mixes", "plam"), "không có phương án này"),
        (("compare", "plan.yaml", "--against", "plam"), "không có phương án này"),
        (("reach", "plan.yaml", "--target", "fwe"), "không có mục tiêu này"),
        (("reach", "plan.yaml", "--mix", "no_policy"), "không có đồng nào"),
    ],
)
def test_a_bad_question_ends_with_2_and_nothing_written(command, tmp_path: Path, arguments, words: str) -> None:
    result = command(*arguments, "--out", tmp_path, engine=_engine(arguments[0]))
    assert result.exit_code == 2
    assert words in result.stderr and "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_comparison_ends_with_3_and_keeps_what_is_done(command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.cli.progress import Bar

    def stop(bar: Bar, done: int, total: int) -> None:
        if done == total - 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(Bar, "advance", stop)
    result = command("compare", "plan.yaml", "--out", tmp_path, "--lang", "en", "--threads", 1)
    assert result.exit_code == 3
    assert "Stopped as asked" in result.output
    assert next(tmp_path.rglob("differences.csv")).parent.name.endswith("-stopped")


def test_several_files_side_by_side(command, tmp_path: Path) -> None:
    result = command("compare", "early.yaml", "late.yaml", "--out", tmp_path, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "late: The plan" in " ".join(result.output.split())


def test_a_locked_folder_ends_with_3(command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = command("reach", "plan.yaml", "--out", tmp_path / "file" / "x", "--lang", "en", engine=PlantedSimulation)
    assert result.exit_code == 3 and "cannot be written" in result.stderr


@pytest.mark.parametrize("name", ["compare", "reach"])
def test_what_the_machine_cannot_hold_is_refused_before_it_is_begun(command, tmp_path: Path, monkeypatch, name: str) -> None:
    needed = size_of(scenario(households=300, poor=30, replications=6), threads=2, whole=True).memory
    # Of 1,200 rows at a time there is room for 200, which is not one replication.
    monkeypatch.setattr("sim.studies.size.free_memory", lambda: (needed - 1000 * BYTES_OF_ROW) / SHARE_OF_FREE_MEMORY)
    result = command(name, "plan.yaml", "--out", tmp_path, "--lang", "en", "--threads", 2)
    assert result.exit_code == 2, result.output
    assert "sample: {one_for: 2}" in result.stderr
    assert not list(tmp_path.rglob("*"))
