"""``run`` and ``chart`` as a user meets them, with a stand-in for the engine."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.chart import chart
from sim.cli.run import run
from tests.studies.fake_engine import FakeSimulation, scenario


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch):
    """The two commands; any file is the stand-in's scenario."""
    monkeypatch.setattr("sim.scenario.read.read_scenario", lambda file: scenario(households=300, poor=12, replications=6))
    monkeypatch.setattr("sim.studies.run.simulation_class", lambda: FakeSimulation)
    monkeypatch.setattr("sim.cli.run.tell_of_compiling", lambda lang: False)
    app = typer.Typer()
    app.command()(run)
    app.command()(chart)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_run_prints_the_verdict_and_where_the_results_are(command, tmp_path: Path) -> None:
    result = command("run", "plan.yaml", "--out", tmp_path, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "Target 1." in result.output
    folder = next((tmp_path / "hoang_kim_2024").iterdir())
    written = {path.name for path in folder.iterdir()}
    assert {"measures.parquet", "targets.csv", "manifest.json", "projection_en.png", "projection_en.svg"} <= written
    assert str(folder) in result.output.replace("\n", "")


def test_a_second_language_and_other_threads_give_the_same_bytes(command, tmp_path: Path) -> None:
    for lang, threads in (("vi", 1), ("en", 2)):
        assert command("run", "plan.yaml", "--out", tmp_path / lang, "--lang", lang, "--threads", threads, "--quiet").exit_code == 0
    one, other = (next((tmp_path / lang / "hoang_kim_2024").iterdir()) for lang in ("vi", "en"))
    assert one.name == other.name
    assert (one / "measures.parquet").read_bytes() == (other / "measures.parquet").read_bytes()


def test_quiet_prints_the_folder_alone(command, tmp_path: Path) -> None:
    result = command("run", "plan.yaml", "--out", tmp_path, "--quiet", "--replications", 3, "--seed", 5)
    assert Path(result.stdout.strip()).parent == tmp_path / "hoang_kim_2024"


@pytest.mark.parametrize(("lang", "words"), [("vi", "Không ghi được"), ("en", "cannot be written")])
def test_a_locked_folder_ends_with_3_and_nothing_written(command, tmp_path: Path, lang: str, words: str) -> None:
    (tmp_path / "file").write_text("")
    result = command("run", "plan.yaml", "--out", tmp_path / "file" / "x", "--lang", lang)
    assert result.exit_code == 3
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_chart_draws_from_results_alone(command, tmp_path: Path) -> None:
    folder = command("run", "plan.yaml", "--out", tmp_path, "--quiet").stdout.strip()
    result = command("chart", folder, "--lang", "en")
    assert result.exit_code == 0
    assert {Path(line).name for line in result.stdout.split()} >= {"projection_en.png", "flows_en.svg"}
    assert (Path(folder) / "standings_en.png").exists()


def test_chart_of_no_results_ends_with_2(command, tmp_path: Path) -> None:
    result = command("chart", tmp_path)
    assert result.exit_code == 2
    assert "Không đọc được kết quả" in result.stderr
