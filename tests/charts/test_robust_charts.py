"""Charts of futures: both languages, the same bytes each time, a cell a future and mix."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.charts import futures_met, regret
from sim.report.robust_text import robust_text
from sim.report.study_words import StudyWords
from sim.studies.robust import robust
from tests.studies.planted import PlantedSimulation, planted


@pytest.fixture(scope="module")
def tried():
    return robust(planted(), threads=1, engine=PlantedSimulation)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_they_are_written_to_the_same_bytes(tried, tmp_path: Path, lang: str) -> None:
    words, files = StudyWords(lang), []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for module in (regret, futures_met):
            files += module.write(tried, words, tmp_path / name)
    assert len(files) == 8
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_cell_a_future_and_mix(tried) -> None:
    axes = regret.draw(tried, StudyWords("en")).axes[0]
    assert len(axes.texts) == len(tried.futures) * len(tried.mixes)
    assert sum(text.get_text() == "best" for text in axes.texts) >= len(tried.futures)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_is_told_with_the_answer_first(tried, lang: str) -> None:
    text = robust_text(tried, lang).markdown()
    assert "{" not in text and "nan" not in text
    assert text.index("**") < text.index("## ")
