"""``sensitivity`` and ``update`` as a user meets them, with stand-ins for the engine; their words and charts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sim.charts import assumptions, sources, update_fan, update_why
from sim.cli.sensitivity import sensitivity
from sim.cli.update import update
from sim.report.sensitivity_text import sensitivity_text
from sim.report.study_words import StudyWords
from sim.report.update_text import update_text
from sim.studies.reviews import Review
from sim.studies.sensitivity import sensitivity as sense
from sim.studies.update import update as forecast
from tests.studies.fake_engine import FakeSimulation, scenario
from tests.studies.sensitive import SensitiveSimulation, sensitive

FILES = {
    "sensitivity": {"outcomes.csv", "split.csv", "screening.csv", "indices.csv", "information.csv", "numbers.csv", "sources_en.png"},
    "update": {"reviews.csv", "forecast.csv", "targets.csv", "causes.csv", "weights.csv", "update_en.png", "update_why_en.svg"},
}
ASKED = {"sensitivity": ("--replications", "8"), "update": ("--replications", "8", "--year", "2024", "--poor", "25", "--near-poor", "60")}


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch):
    app = typer.Typer()
    app.command()(sensitivity)
    app.command()(update)
    monkeypatch.setattr("sim.cli.studying.tell_of_compiling", lambda lang: False)

    def call(name: str, *arguments: object):
        plan, engine = (sensitive(), SensitiveSimulation) if name == "sensitivity" else (scenario(households=300, poor=30), FakeSimulation)
        monkeypatch.setattr("sim.scenario.read.read_scenario", lambda file: plan)
        monkeypatch.setattr("sim.studies.run.simulation_class", lambda: engine)
        return CliRunner().invoke(app, [name, "plan.yaml", *[str(argument) for argument in arguments]])

    return call


@pytest.mark.parametrize("name", ["sensitivity", "update"])
def test_it_prints_the_answer_and_leaves_whole_files(command, tmp_path: Path, name: str) -> None:
    result = command(name, *ASKED[name], "--out", tmp_path, "--lang", "en")
    assert result.exit_code == 0, result.output
    folder = next(next(tmp_path.iterdir()).iterdir())
    assert {path.name for path in folder.iterdir()} >= FILES[name]
    assert json.loads((folder / "manifest.json").read_text())["study"] == name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sensitivity", "--target", "fwe"), "few"),
        (("sensitivity", "--mix", "plam"), "không có phương án này"),
        (("update",), "chưa có kết quả rà soát"),
        (("update", "--poor", "20"), "chưa có kết quả rà soát"),
        (("update", "--year", "2024", "--poor", "20", "--place", "Hoang Kin"), "Hoàng Kim"),
        (("update", "--review", "missing.csv"), "missing.csv"),
    ],
)
def test_a_bad_question_ends_with_2_and_nothing_written(command, tmp_path: Path, arguments, words: str) -> None:
    result = command(*arguments, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert words in result.stderr and "Traceback" not in result.output
    assert not list((tmp_path / "out").iterdir()) if (tmp_path / "out").exists() else True


@pytest.fixture(scope="module")
def sensed():
    return sense(sensitive(), threads=1, replications=16, engine=SensitiveSimulation)


@pytest.fixture(scope="module")
def updated():
    reviews = [Review(2024, 25, 60)]
    return forecast(scenario(households=300, poor=30), reviews, threads=1, replications=40, engine=FakeSimulation)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_they_are_told_in_both_languages(sensed, updated, lang: str) -> None:
    for text in (sensitivity_text(sensed, lang).markdown(), update_text(updated, lang).markdown()):
        assert "{" not in text and "nan" not in text
        assert text.index("**") < text.index("## ")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_charts_are_written_to_the_same_bytes(sensed, updated, tmp_path: Path, lang: str) -> None:
    words, files = StudyWords(lang), []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for module, study in ((sources, sensed), (assumptions, sensed), (update_fan, updated), (update_why, updated)):
            files += module.write(study, words, tmp_path / name)
    assert len(files) == 16
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_bars_of_sources_fill_the_whole(sensed) -> None:
    axes = sources.draw(sensed, StudyWords("en")).axes[0]
    ends = {}
    for bar in axes.patches:
        if bar.get_height() > 0.5 and bar.get_width() > 0 and abs(bar.get_y() + bar.get_height() / 2) < 0.1:
            ends[bar.get_x()] = bar.get_x() + bar.get_width()
    assert max(ends.values()) == pytest.approx(100.0, abs=1.5)
