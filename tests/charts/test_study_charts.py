"""Charts of studies: drawn in both languages, the same bytes each time, and what stands in them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from sim.charts import differences, equity, reach_money, reach_reasons
from sim.report.study_words import StudyWords


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_they_are_written_to_the_same_bytes(compared, asked, tmp_path: Path, lang: str) -> None:
    words, files = StudyWords(lang), []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for module, study in ((differences, compared), (equity, compared), (reach_money, asked), (reach_reasons, asked)):
            files += module.write(study, words, tmp_path / name)
    assert len(files) == 16
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_panel_a_measure_and_a_line_a_mix(compared) -> None:
    figure = differences.draw(compared, StudyWords("en"))
    assert len(figure.axes) == 8
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["The plan", "The plan, if paid on schedule"]


def test_bars_fall_from_what_is_missing_to_what_is_left(asked) -> None:
    row = asked.rows("targets")[0]
    steps = reach_reasons._steps(asked, row)
    assert steps[0] == ("short_now", 0.0, row.missing_mean) and steps[-1][0] == "short_left"
    for (_, _, end), (_, start, _) in pairwise(steps[:-1]):
        assert start == pytest.approx(end)
    assert steps[-1][2] == pytest.approx(0.0)


def test_nothing_is_drawn_where_nothing_is_missing(asked) -> None:
    from dataclasses import replace

    met = asked.targets.assign(probability=1.0)
    assert reach_reasons.draw(replace(asked, targets=met), StudyWords("en")) is None
