"""``contributions`` and ``best-mix`` as a user meets them, with stand-ins for the engine."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.best_mix import best_mix
from sim.cli.contributions import contributions
from tests.studies.planted_levers import CostSimulation, LeverSimulation, planted_costs, planted_levers

FILES = {
    "contributions": {"contributions.csv", "totals.csv", "interactions.csv", "coalitions.csv", "contributions_en.png", "manifest.json"},
    "best-mix": {"divisions.csv", "fresh.csv", "tried.csv", "points.csv", "curves.csv", "best_mix_en.png", "manifest.json"},
}
FEW = {"contributions": (), "best-mix": ("--evaluations", 40)}


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch):
    """Both commands, each on its planted plan."""
    app = typer.Typer()
    app.command("contributions")(contributions)
    app.command("best-mix")(best_mix)
    monkeypatch.setattr("sim.cli.studying.tell_of_compiling", lambda lang: False)

    def call(name: str, *arguments: object):
        plan, engine = (planted_levers(), LeverSimulation) if name == "contributions" else (planted_costs(), CostSimulation)
        monkeypatch.setattr("sim.scenario.read.read_scenario", lambda file: replace(plan, key=Path(file).stem))
        monkeypatch.setattr("sim.studies.run.simulation_class", lambda: engine)
        every = [name, "plan.yaml", *FEW[name], *arguments]
        return CliRunner().invoke(app, [str(argument) for argument in every])

    return call


@pytest.mark.parametrize("name", ["contributions", "best-mix"])
def test_it_prints_the_answer_and_leaves_whole_files(command, tmp_path: Path, name: str) -> None:
    result = command(name, "--out", tmp_path, "--lang", "en")
    assert result.exit_code == 0, result.output
    folder = next(next(tmp_path.iterdir()).iterdir())
    assert {path.name for path in folder.iterdir()} >= FILES[name]
    assert json.loads((folder / "manifest.json").read_text())["study"] == name
    assert str(folder) in result.output.replace("\n", "")
    assert all(len(line) <= 80 for line in result.output.splitlines() if not line.startswith("Results are in"))


@pytest.mark.parametrize("name", ["contributions", "best-mix"])
def test_a_repeat_in_the_other_language_lands_in_the_same_folder(command, tmp_path: Path, name: str) -> None:
    folders = set()
    for lang, threads in (("vi", 1), ("en", 2)):
        result = command(name, "--out", tmp_path, "--lang", lang, "--threads", threads, "--quiet")
        assert result.exit_code == 0, result.output
        folders.add(result.stdout.strip())
    assert len(folders) == 1
    assert len(list(tmp_path.rglob("*_vi.png"))) == len(list(tmp_path.rglob("*_en.png"))) > 0


def test_the_front_of_two_aims_is_drawn(command, tmp_path: Path) -> None:
    result = command("best-mix", "--aim", "escaped,truly_poor", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert list(tmp_path.rglob("best_mix_front_vi.png")) or "không làm mục đích thay đổi" in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("contributions", "--mix", "plam"), "không có phương án này"),
        (("contributions", "--mix", "no_policy"), "không có đồng nào"),
        (("best-mix", "--aim", "escapd"), "không có mục đích này"),
        (("best-mix", "--aim", "target:fwe"), "không có mục tiêu này"),
        (("best-mix", "--aim", "kept_out"), "cần theo dõi ít nhất 3 năm"),
        (("best-mix", "--levers", "preferential_credit"), "được mua giải pháp này"),
        (("best-mix", "--over", "months"), "không chia được theo cái này"),
        (("best-mix", "--mix", "one"), "không có gì để chọn"),
    ],
)
def test_a_bad_question_ends_with_2_and_nothing_written(command, tmp_path: Path, arguments, words: str) -> None:
    result = command(*arguments, "--out", tmp_path)
    assert result.exit_code == 2, result.output
    assert words in " ".join(result.stderr.split()) and "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["contributions", "best-mix"])
def test_a_stop_ends_with_3_and_keeps_what_is_done(command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from sim.cli.progress import Bar

    def stop(bar: Bar, done: int, total: int) -> None:
        if done > 0.7 * total:
            raise KeyboardInterrupt

    monkeypatch.setattr(Bar, "advance", stop)
    result = command(name, "--out", tmp_path, "--lang", "en", "--threads", 1)
    assert result.exit_code == 3, result.output
    assert "Stopped as asked" in result.output
    assert next(tmp_path.rglob("manifest.json")).parent.name.endswith("-stopped")
