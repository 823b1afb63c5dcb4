"""Charts of what levers bring and of how money is divided: the same bytes each time, and what stands in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.charts import best_front, best_shares, contribution_bars, contribution_pairs, contribution_targets
from sim.charts.matrix import DOT, Cell, room_above
from sim.report.best_words import BestWords
from sim.report.study_words import StudyWords


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_they_are_written_to_the_same_bytes(divided, best, front, tmp_path: Path, lang: str) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for module in (contribution_bars, contribution_targets, contribution_pairs):
            files += module.write(divided, StudyWords(lang), tmp_path / name)
        files += best_shares.write(best, BestWords(lang), tmp_path / name)
        files += best_front.write(front, BestWords(lang), tmp_path / name)
    assert len(files) == 20
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_bars_stand_in_the_order_of_weight(divided) -> None:
    figure = contribution_bars.draw(divided, StudyWords("en"))
    labels = [label.get_text().replace("\n", " ") for label in figure.axes[0].get_yticklabels()]
    assert labels[0] == "Livelihood models" and "Growth" in labels
    widths = [bar.get_width() for bar in figure.axes[0].patches[:5]]
    assert widths == sorted(widths, reverse=True) and widths[0] == pytest.approx(6.0)


def test_only_players_that_move_a_target_have_a_column(divided) -> None:
    figure = contribution_targets.draw(divided, StudyWords("en"))
    assert len(figure.axes[0].get_xticklabels()) == 3
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts[0].startswith("−6")


def test_pairs_are_drawn_once(divided) -> None:
    figure = contribution_pairs.draw(divided, StudyWords("en"))
    assert [text.get_text() for text in figure.axes[0].texts] == ["2"]


def test_nothing_is_drawn_where_nothing_moves(divided, best) -> None:
    still = divided.contributions.assign(mean=0.0, error=0.0, low=0.0, high=0.0)
    assert contribution_targets.draw(replace(divided, contributions=still), StudyWords("en")) is None
    assert contribution_pairs.draw(replace(divided, interactions=divided.interactions[:0]), StudyWords("en")) is None
    assert best_shares.draw(replace(best, tried=best.tried.assign(mean=1.0)), BestWords("en")) is None
    assert best_front.draw(best, BestWords("en")) is None


def test_every_member_has_today_and_best(best) -> None:
    axes = best_shares.draw(best, BestWords("en")).axes[0]
    today = [line.get_xdata()[0] for line in axes.lines if line.get_markerfacecolor() == "white"]
    assert today == pytest.approx([30.0, 30.0, 40.0])
    assert len(axes.get_yticklabels()) == 3


def test_every_member_has_all_numbers_of_the_front(front) -> None:
    axes = best_shares.draw(front, BestWords("en")).axes[0]
    numbers = [str(number) for number in range(1, len(front.bests) + 1)]
    assert [text.get_text() for text in axes.texts] == numbers * len(axes.get_yticklabels())


def test_names_stay_within_the_picture(front) -> None:
    """Today's point at the right edge, as where nothing beats it."""
    today = front.tried["point"] == 0
    far = front.tried.assign(mean=front.tried["mean"].where(~today, 10.0 * front.tried["mean"].max()))
    figure = best_front.draw(replace(front, tried=far), BestWords("en"))
    figure.canvas.draw()
    for text in figure.axes[0].texts:
        assert text.get_window_extent().x1 <= figure.bbox.x1


def test_shares_have_whole_numbers_on_their_scale(best, front) -> None:
    for study in (best, front):
        ticks = best_shares.draw(study, BestWords("en")).axes[0].get_xticks()
        assert all(tick == round(tick) for tick in ticks)


def test_cells_and_names() -> None:
    assert Cell(DOT, 0.0).text == DOT
    assert room_above(["a" * 20]) > room_above(["a" * 5]) > 0.2
