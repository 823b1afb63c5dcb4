"""What is wrong with an input, said so that the person who wrote it can mend it, in Vietnamese or English.

The words stand in ``complaints.yaml`` files, one on any floor that has something to complain of, by code:
``{vi, en}`` say what is wrong and ``mend: {vi, en}`` what to do. Both may name ``{value}`` and any fact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("vi", "en")
_LONGEST_VALUE = 60
_LONGEST_FACT = 1000
_LONGEST_LIST = 40
_MOST_TOLD = 100
_FRAME = {
    "vi": {
        "line": "dòng",
        "key": "khóa",
        "value": "giá trị",
        "nearest": "Có phải ý là",
        "mend": "Cách sửa",
        "more": "... và còn {n} lỗi nữa.",
    },
    "en": {"line": "line", "key": "key", "value": "value", "nearest": "Did you mean", "mend": "To mend it", "more": "... and {n} more."},
}


@cache
def messages() -> Mapping[str, Mapping[str, Any]]:
    """Every message template by code, from the ``complaints.yaml`` of each floor."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted(Path(__file__).parents[1].glob("*/complaints.yaml")):
        for code, words in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).items():
            if code in found:
                raise ValueError(f"two messages with code {code}")
            found[code] = words
    return found


def nearest(name: str, valid: Iterable[str]) -> str:
    """The valid name that looks most like ``name``; empty where none does."""
    by_fold = {candidate.casefold(): candidate for candidate in valid}
    close = get_close_matches(name.casefold()[:_LONGEST_VALUE], by_fold, n=1, cutoff=0.55)
    return by_fold[close[0]] if close else ""


@dataclass(frozen=True)
class Nearest:
    """The valid name nearest to ``name``, sought only when somebody asks for its text: a file may have many faults."""

    name: str
    valid: Collection[str]

    def __str__(self) -> str:
        return nearest(self.name, self.valid)


@dataclass(frozen=True)
class Complaint:
    """One fault of an input.

    ``facts`` fill the template; a fact may be ``{"vi": ..., "en": ...}``. The fact ``nearest`` is the valid
    name that was probably meant. ``line`` counts from 1; 0 says that the fault is the file's as a whole. ``file`` is empty
    where the input was given as Python values.
    """

    code: str
    file: str
    line: int = 0
    key: str = ""
    value: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str = "vi") -> str:
        """The whole complaint as one paragraph: where, what, the nearest valid name, the mend."""
        frame = _FRAME[lang]
        facts = {name: _say(fact, lang) for name, fact in self.facts.items()}
        facts["value"] = shorten(self.value)
        words = messages()[self.code]
        where = [self.file] if self.file else []
        where += [f"{frame['line']} {self.line}"] if self.line else []
        where += [f"{frame['key']} `{shorten(self.key)}`"] if self.key else []
        where += [f"{frame['value']} `{facts['value']}`"] if self.value else []
        parts = [": ".join([*([", ".join(where)] if where else []), words[lang].format(**facts)])]
        if facts.get("nearest"):
            parts.append(f"{frame['nearest']} `{facts['nearest']}`?")
        if "mend" in words:
            parts.append(f"{frame['mend']}: " + words["mend"][lang].format(**facts))
        return " ".join(parts)


class InputError(Exception):
    """An input that cannot be used, with all its faults; commands answer it with exit code 2."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__()

    def __str__(self) -> str:
        return self.text("en")

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in the place of a traceback: the faults in both languages."""
        return [type(self).__name__, *self.text("vi").splitlines(), "", *self.text("en").splitlines()]

    def text(self, lang: str = "vi") -> str:
        """All complaints, one a line; of very many the first hundred, and how many more there are."""
        told = [complaint.text(lang) for complaint in self.complaints[:_MOST_TOLD]]
        if len(self.complaints) > _MOST_TOLD:
            told.append(_FRAME[lang]["more"].format(n=len(self.complaints) - _MOST_TOLD))
        return "\n".join(told)


def shorten(value: str, longest: int = _LONGEST_VALUE) -> str:
    """The value on one line and no longer than a reader wants."""
    line = "".join(c if c.isprintable() else "·" for c in " ".join(value[: 4 * longest].split()))
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _say(fact: Any, lang: str) -> str:
    if isinstance(fact, Mapping):
        fact = fact[lang]
    if isinstance(fact, (list, tuple, set, frozenset)):
        names = [str(item) for item in fact]
        fact = ", ".join(names[:_LONGEST_LIST]) + (", …" if len(names) > _LONGEST_LIST else "")
    return shorten(str(fact), _LONGEST_FACT)
