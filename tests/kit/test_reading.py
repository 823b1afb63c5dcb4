"""Strict reading keeps what stands in a file, with its lines, and takes nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kit.complaints import LANGUAGES, InputError, messages
from sim.kit.reading import key_text, parse


def codes(text):
    with pytest.raises(InputError) as caught:
        parse(text, "a.yaml")
    return [complaint.code for complaint in caught.value.complaints]


def test_values_lines_and_texts():
    document = parse("a: 1\nb:\n  - {c: 1.50, d: true}\n  - x\n2024-07-01: 1e-3\ne:\nf: '010'\n", "a.yaml")
    assert document.data == {"a": 1, "b": [{"c": 1.5, "d": True}, "x"], "2024-07-01": 0.001, "e": None, "f": "010"}
    assert document.texts["b"][0] == {"c": "1.50", "d": "true"}
    assert document.line_of(("b", 0, "c")) == 3
    assert document.line_of(("b", 1)) == 4
    assert document.line_of(("b", 0, "missing")) == 3
    assert document.line_of(("nowhere",)) == 1


def test_dates_stay_text():
    assert parse("d: 2024-05-01").data == {"d": "2024-05-01"}


def test_every_fault_is_told():
    assert codes("a: 010\nb: .nan\nc: yes\na: 2\nd: 0x1F\ne: 1_000\nf: 1:30\n") == [
        "leading_zero",
        "not_finite",
        "word_for_boolean",
        "duplicate_key",
        "odd_number",
        "odd_number",
        "odd_number",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &b 1", "anchor"),
        ("a: *b", "alias"),
        ("a: !!int 3", "tag"),
        ("a: [", "syntax"),
        ("", "empty_file"),
        ("a:\tb", "tab"),
        ("a: 1\n---\nb: 1", "several_documents"),
        ("[" * 51 + "]" * 51, "too_deep"),
        ("a: 08", "leading_zero"),
        ("{[a]: 1}", "odd_key"),
    ],
)
def test_refuses(text, code):
    assert code in codes(text)


def test_nesting_of_fifty_is_allowed():
    assert parse("[" * 50 + "]" * 50).data


@given(st.text(max_size=200))
def test_no_text_ends_in_a_traceback(text):
    try:
        parse(text, "a.yaml")
    except InputError as error:
        assert all(error.text(lang) for lang in LANGUAGES)


def test_key_text_counts_list_places_from_one():
    assert key_text(("money", 0, "amount")) == "money[1].amount"


def test_every_message_has_both_languages():
    for code, words in messages().items():
        for said in (words, words.get("mend", words)):
            assert set(LANGUAGES) <= set(said), code
            assert all(said[lang].strip() for lang in LANGUAGES), code
