"""Studies in both languages: every sentence in each, nothing untranslated, figures that no other way of telling spoils."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

from sim.report import study_words
from sim.report.compare_text import compare_text
from sim.report.html import html_of
from sim.report.reach_text import reach_text
from sim.report.study_words import StudyWords


def _leaves(node, path=()):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    else:
        yield ".".join(path), node


def _file(lang: str) -> dict[str, str]:
    folder = Path(study_words.__file__).parent
    files = sorted(folder.glob(f"studies*_{lang}.yaml"))
    return {key: text for file in files for key, text in _leaves(yaml.safe_load(file.read_text(encoding="utf-8")))}


def _gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things() -> None:
    vi, en = _file("vi"), _file("en")
    assert set(vi) == set(en)
    assert [key for key in vi if _gaps(vi[key]) != _gaps(en[key])] == []
    assert [key for key in vi if vi[key] == en[key] and any(letter.isalpha() for letter in re.sub(r"{\w+}", "", vi[key]))] == []


def test_every_sentence_is_used() -> None:
    """Sentences of the report and charts whose key no code names are left over."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(study_words.__file__).parents[1].rglob("*.py"))
    built = r"_(remedy|in|axis|footer)$|^progress_|^backtest\.(subsets|rules)\.|^evidence\.(countries|designs|units)\."
    left = [key for key in _file("en") if key.rpartition(".")[2] not in re.findall(r"\w+", code) and not re.search(built, key)]
    assert left == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_comparison_is_told(compared, lang: str) -> None:
    text = compare_text(compared, lang).markdown()
    assert "{" not in text and "nan" not in text and "no_policy" not in text
    assert text.count("## ") == 4  # targets, two mixes, equity


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_answer_is_told(asked, lang: str) -> None:
    text = reach_text(asked, lang).markdown()
    assert "{" not in text and "nan" not in text
    assert ("gấp 5,0" if lang == "vi" else "5.0") in text  # five times the money for an even chance


def test_the_answer_comes_first(asked) -> None:
    text = reach_text(asked, "en").markdown()
    assert text.index("Money would make it") < text.index("As planned now") < text.index("What holds it back")


def test_html_is_escaped_and_whole(compared) -> None:
    html = html_of(compare_text(compared, "en"))
    assert html.count("<table>") == html.count("</table>") > 2
    assert html.count("<tr>") == html.count("</tr>")


def test_ranges_bear_no_more_digits_than_they_know() -> None:
    en = StudyWords("en")
    assert en.span(-1.0, -3.0, 0.0, 0) == "−1 (−3 to 0)"
    assert en.span(0.0, 0.0, 0.0) == "0"
    assert en.span(0.0, -0.2, 0.2, 0) == "0 (0 to 0)" or en.span(0.0, -0.2, 0.2, 0) == "0"
    assert en.span(0.064, 0.051, 0.083) == "0.06 (0.05 to 0.08)"
    assert en.span(float("nan"), 0, 0) == "–"
