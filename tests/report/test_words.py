"""Words and numbers in both languages."""

from __future__ import annotations

import string

import pytest
import yaml

from sim.measures import catalogue
from sim.report import words as module
from sim.report.words import Words, decimals_for

VI, EN = Words("vi"), Words("en")


def _leaves(node, path=()):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    else:
        yield path, node


def _file(lang: str):
    from pathlib import Path

    return dict(_leaves(yaml.safe_load((Path(module.__file__).parent / f"words_{lang}.yaml").read_text(encoding="utf-8"))))


def _gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things() -> None:
    vi, en = _file("vi"), _file("en")
    assert set(vi) == set(en)
    for key in vi:
        if key[0] != "quarter":  # one language numbers quarters in Roman figures
            assert _gaps(vi[key]) == _gaps(en[key]), key


def test_no_sentence_is_left_untranslated() -> None:
    vi, en = _file("vi"), _file("en")
    same = {key for key in vi if vi[key] == en[key] and any(part.isalpha() for part in _without_gaps(vi[key]))}
    assert same == set()


def _without_gaps(sentence: str) -> str:
    return "".join(text for text, *_ in string.Formatter().parse(sentence))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (VI.households(1572), "1.572 hộ"),
        (EN.households(1572), "1,572 households"),
        (EN.households(1), "1 household"),
        (VI.percent(1.59, 2), "1,59 %"),
        (EN.percent(1.59, 2), "1.59 %"),
        (VI.money(11_707_000_000), "11.707 triệu đồng"),
        (EN.money(11_707_000_000), "11,707 million dong"),
        (VI.money(4_250_000), "4,3 triệu đồng"),
        (VI.number(-3), "−3"),
        (VI.number(-0.2), "0"),
        (VI.number(float("nan")), "–"),
        (VI.shortest(1.5), "1,5"),
        (VI.shortest(18.62), "18,62"),
        (VI.shortest(100), "100"),
        (VI.quarter("2024 Q2"), "quý II/2024"),
        (EN.quarter("2024 Q2"), "2024 Q2"),
        (VI.probability(0.24, 0.03), "24 %"),
        (VI.probability(0.0, 0.0149), "dưới 1,5 %"),
        (EN.probability(1.0, 0.0149), "above 98.5 %"),
        (VI.band(16, 12, 21, 0), "16 (12–21)"),
        (VI.band(0.5725, 0.25, 0.83), "0,6 (0,3–0,8)"),
    ],
)
def test_numbers_as_people_write_them(found: str, expected: str) -> None:
    assert found == expected


@pytest.mark.parametrize(("width", "decimals"), [(57.0, 0), (5.7, 0), (0.57, 1), (0.057, 2), (0.0, 2), (1e-9, 3)])
def test_no_more_digits_than_the_interval_bears(width: float, decimals: int) -> None:
    assert decimals_for(width) == decimals


@pytest.mark.parametrize(
    ("probability", "vi"),
    [(0.0, "gần như chắc chắn không đạt"), (0.2, "khó đạt"), (0.5, "có thể đạt, có thể không"), (1.0, "gần như chắc chắn đạt")],
)
def test_chances_in_words(probability: float, vi: str) -> None:
    assert VI.chance(probability) == vi


def test_every_measure_has_a_name_of_its_own_in_each_language() -> None:
    names = [catalogue.describe(name) for name in catalogue.names(("work",), ("housing",))]
    for lang in ("vi", "en"):
        spoken = [getattr(measure, lang) for measure in names]
        assert all(spoken)
        assert len(set(spoken)) == len(spoken)
    assert all(measure.vi != measure.en for measure in names)


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such language"):
        Words("fr")
