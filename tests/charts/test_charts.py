"""Charts: there, the same bytes twice, no dates inside, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from sim.charts import districts, money, style
from sim.charts.drawing import KINDS, draw_charts
from sim.report.words import Words
from sim.studies.results import Results
from tests.studies.fake_engine import finished

ENGLISH = re.compile(r"\b(the|of|and|households?|poor|target|runs?|median|start|source|lacking|escaped)\b", re.IGNORECASE)


def _results(kind: str) -> Results:
    """A run that has data for a kind of chart."""
    return finished(3, 2, 200) if kind == "districts" else finished()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_chart_is_the_same_twice_and_holds_no_date(kind: str, lang: str, tmp_path: Path) -> None:
    drawn = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        drawn.append(draw_charts(_results(kind), Words(lang), tmp_path / name, [kind]))
    assert [path.name for path in drawn[0]] == [f"{kind}_{lang}.png", f"{kind}_{lang}.svg"]
    for one, other in zip(*drawn, strict=True):
        assert one.read_bytes() == other.read_bytes()
    svg = drawn[0][1].read_text(encoding="utf-8")
    assert "<dc:date>" not in svg
    assert "Matplotlib" not in svg
    assert drawn[0][0].read_bytes().startswith(b"\x89PNG")


def _texts(kind: str, lang: str, results: Results | None = None) -> list[str]:
    from importlib import import_module

    figure = import_module(f"sim.charts.{kind}").draw(results or _results(kind), Words(lang))
    FigureCanvasAgg(figure).draw()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_in_english(kind: str) -> None:
    assert [text for text in _texts(kind, "vi") if ENGLISH.search(text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_footer_names_source_runs_and_run(kind: str) -> None:
    runs = str(_results(kind).frame.replications)
    assert any("0123456789" in text and "thoatngheo" in text and f" {runs} " in text for text in _texts(kind, "vi"))


def test_numbers_on_the_axes_are_written_in_the_language() -> None:
    assert any("," in text and "%" not in text and text.replace(",", "").isdigit() for text in _texts("projection", "vi"))


def test_every_vietnamese_letter_can_be_drawn() -> None:
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    letters = set("".join(text for kind in KINDS for text in _texts(kind, "vi"))) - {"\n"}
    drawable = FT2Font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap()
    assert [letter for letter in letters if ord(letter) not in drawable] == []


def test_long_footers_are_broken() -> None:
    assert max(len(line) for line in style.wrap("từ " * 100, 40).splitlines()) <= 40


def test_one_commune_is_not_compared_with_itself(tmp_path: Path) -> None:
    assert draw_charts(finished(), Words("vi"), tmp_path, ["districts"]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_says_for_how_many_households_each_stands(kind: str) -> None:
    one = _results(kind)
    whole, sample = (replace(one, frame=replace(one.frame, one_for=count)) for count in (1, 20))
    assert any("20 hộ" in text for text in _texts(kind, "vi", sample))
    assert not any("đại diện" in text for text in _texts(kind, "vi", whole))


def test_money_is_drawn_as_planned_and_as_delivered() -> None:
    """In the third quarter 9/10 of the money comes by plan and a quarter in truth: the bars say so, in million dong."""
    results = finished()
    figure = money.draw(results, Words("vi"))
    boxes = [path.get_extents().height for path in figure.axes[0].collections[0].get_paths()]
    heights = sorted({round(height, 6) for height in boxes if height > 0})
    total = results.ledger["plan"].total("paid") / results.frame.replications / 1e6
    assert heights == pytest.approx(sorted([0.9 * total, 0.1 * total, 0.25 * total, 0.75 * total]), rel=1e-6)


def test_districts_are_sorted_by_what_the_plan_leaves() -> None:
    results = finished(3, 2, 200)
    axes = districts.draw(results, Words("vi")).axes[0]
    names = [label.get_text() for label in axes.get_yticklabels()][::-1]
    rates = [float(np.median(results.at("plan", "official_poor_rate", 2024, place=name))) for name in names]
    assert rates == sorted(rates, reverse=True) and set(names) == {"Hoàng Kim", "An Phú"}
