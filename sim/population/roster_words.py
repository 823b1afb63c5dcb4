"""What the columns and cells of a review list may say: headings, units, yes and no, standings, Vietnamese numbers and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.agents.codebook import Standing
from sim.kit.reading import read

_BRACKETS = re.compile(r"\(([^)]*)\)")
_DATE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d{2})")
_ISO = re.compile(r"((?:19|20)\d{2})-(\d{1,2})(?:-(\d{1,2}))?")
_FORMS = {"vi": (re.compile(r"\d+|\d{1,3}(\.\d{3})+|(\d+|\d{1,3}(\.\d{3})+),\d+"), ".", ","),
          "en": (re.compile(r"\d+|\d{1,3}(,\d{3})+|(\d+|\d{1,3}(,\d{3})+)\.\d+"), ",", ".")}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """A column that is understood: the item, the language of its heading, and what a number is multiplied by."""

    item: str
    lang: str
    factor: float = 1.0


def fold(text: str) -> str:
    """Text as it is compared: no case, no accents, no brackets, single spaces."""
    plain = unicodedata.normalize("NFD", _BRACKETS.sub(" ", text).casefold().replace("đ", "d"))
    kept = "".join(letter if letter.isalnum() or letter in "-" else " " for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.split())


@cache
def words() -> Mapping[str, Any]:
    """The file of items, identity headings and words."""
    return read(Path(__file__).with_name("roster.yaml")).data


@cache
def items() -> Mapping[str, Mapping[str, Any]]:
    """The items that a list may have, by key."""
    return words()["items"]


@cache
def _headings() -> Mapping[str, tuple[str, str]]:
    return {fold(alias): (item, lang) for item, entry in items().items() for lang in ("vi", "en") for alias in entry[lang]}


def heading_of(text: str) -> Heading | None:
    """What a heading stands for; None where nobody knows, or where it would identify a person."""
    known = _headings().get(fold(text))
    if known is None or identifies(text):
        return None
    item, lang = known
    return Heading(item, lang, factor_of(item, text))


def factor_of(item: str, heading: str) -> float:
    """What numbers under a heading are multiplied by, from the unit in its brackets."""
    units = {fold(unit): float(factor) for unit, factor in items()[item].get("units", {}).items()}
    given = [fold(unit) for unit in _BRACKETS.findall(heading)]
    return next((units[unit] for unit in given if unit in units), 1.0)


def identifies(heading: str) -> bool:
    """Whether a heading is that of something which identifies a person."""
    folded = fold(heading)
    exact, within = _identity()
    return folded in exact or any(f" {name} " in f" {folded} " for name in within)


@cache
def _identity() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(fold(name) for name in words()[which]) for which in ("identity", "identity_within"))


@cache
def _says(which: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words()["words"][which])


def value_of(text: str, heading: Heading, first_year: int) -> float:
    """A cell as a number; ValueError where it is not one of the item's kind or lies outside its limits. ``first_year`` is the plan's."""
    entry = items()[heading.item]
    value = _READERS[entry["kind"]](text, heading.lang) * heading.factor
    if not float(entry.get("least", 0.0)) <= value <= float(entry.get("most", 1e9)):
        raise ValueError(text)
    if entry["kind"] in ("year", "date") and value >= first_year:
        raise ValueError(text)
    return value


def _yes_no(text: str, lang: str) -> float:
    word = fold(text) or text
    if word in _says("yes"):
        return 1.0
    if word in _says("no"):
        return 0.0
    raise ValueError(text)


def _kinh(text: str, lang: str) -> float:
    """0 for the Kinh, 1 for the other peoples, and for whoever is marked so."""
    word = fold(text)
    if word in _says("yes") or word in _says("no"):
        return _yes_no(text, lang)
    return 0.0 if word == "kinh" else 1.0


def _standing(text: str, lang: str) -> float:
    word = fold(text)
    for name, standing in (("poor", Standing.POOR), ("near_poor", Standing.NEAR_POOR), ("not_listed", Standing.NOT_LISTED)):
        if word in _says(name):
            return float(standing)
    raise ValueError(text)


def _sex(text: str, lang: str) -> float:
    word = fold(text)
    if word in _says("female"):
        return 1.0
    if word in _says("male"):
        return 0.0
    raise ValueError(text)


def _number(text: str, lang: str) -> float:
    """A number as Vietnamese or English write it, by the language of the heading; a workbook's own number ends in ``e0``."""
    if text.endswith("e0"):
        return float(text)
    form, thousands, point = _FORMS[lang]
    if not form.fullmatch(text):
        raise ValueError(text)
    return float(text.replace(thousands, "").replace(point, "."))


def _count(text: str, lang: str) -> float:
    value = _number(text, lang)
    if not value.is_integer():
        raise ValueError(text)
    return value


def _year(text: str, lang: str) -> float:
    return float(_date_parts(text)[0])


def _date(text: str, lang: str) -> float:
    """A day as a year and a part of it; a bare year stands for its end, when lists are drawn."""
    year, month = _date_parts(text)
    return year + (month - 1) / 12.0


def _date_parts(text: str) -> tuple[int, int]:
    iso, usual = _ISO.fullmatch(text), _DATE.fullmatch(text)
    year, month = (iso[1], iso[2]) if iso else (usual[3], usual[2]) if usual else ("", "")
    if not year or not 1 <= int(month or 12) <= 12:
        raise ValueError(text)
    return int(year), int(month or 12)


_READERS = {
    "yes_no": _yes_no, "mark": _yes_no, "kinh": _kinh, "standing": _standing, "sex": _sex,
    "number": _number, "count": _count, "year": _year, "date": _date,
}  # fmt: skip
