"""Quantities as people write them, in Vietnamese or English: "634.303 triệu đồng", "11,707 million dong", "1,5 điểm %/năm".

Vietnamese separates thousands by a dot and decimals by a comma, English the other way round. Unit words settle the
language; where they do not, a text with two readings is a fault that shows both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sim.kit.reading import read

_NUMBER = re.compile("([-+\N{MINUS SIGN}]?)\\s*([0-9]+(?:[.,][0-9]+|[ \u00a0\u202f][0-9]{3}(?![0-9]))*)\\s*(.*)", re.DOTALL)
_SPACES = re.compile("[ \u00a0\u202f]")
_FORMS = {"vi": re.compile(r"[0-9]+(,[0-9]+)?|[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?"),
          "en": re.compile(r"[0-9]+(\.[0-9]+)?|[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")}  # fmt: skip
_LONGEST = 40
_LANGUAGE_NAMES = {"vi": {"vi": "tiếng Việt", "en": "Vietnamese"}, "en": {"vi": "tiếng Anh", "en": "English"}}


class UnreadableError(ValueError):
    """A text that is no quantity of the kind wanted; ``code`` and ``facts`` are those of the complaint."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class Quantity:
    """A value in the unit of its kind; ``rounding`` is half of the last digit that was printed, in that unit."""

    value: float
    unit: str
    rounding: float = 0.0


@dataclass(frozen=True)
class _Number:
    """A number as written, with its readings by language (those that its form allows)."""

    written: str
    negative: bool
    readings: Mapping[str, Decimal]


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """The kinds of quantity with their unit words."""
    return read(Path(__file__).with_name("units.yaml")).data


def parse(text: str, kind: str) -> Quantity:
    """Read ``text`` as a quantity of ``kind`` (a key of ``units.yaml``); raise ``UnreadableError``."""
    rules = kinds()[kind]
    found = _NUMBER.fullmatch(unicodedata.normalize("NFC", text).strip())
    if not found or len(found[2]) > _LONGEST:
        raise UnreadableError("not_a_number", example=rules["example"])
    number = _read_number(found[1] not in ("", "+"), found[2], rules)
    language, factor = _read_unit(" ".join(found[3].split()).casefold(), rules)
    value = _settle(number, language, rules, found[3])
    return _scale(value, number, factor, rules)


def _read_number(negative: bool, written: str, rules: Mapping[str, Any]) -> _Number:
    compact = _SPACES.sub("", written)
    readings = {}
    for language, form in _FORMS.items():
        if form.fullmatch(compact):
            thousands, point = (".", ",") if language == "vi" else (",", ".")
            readings[language] = Decimal(compact.replace(thousands, "").replace(point, "."))
    if not readings:
        raise UnreadableError("not_a_number", example=rules["example"])
    return _Number(compact, negative, readings)


def _read_unit(unit: str, rules: Mapping[str, Any]) -> tuple[str | None, Decimal]:
    """Language that the unit words settle (None: open) and the factor they stand for."""
    if not unit:
        if rules.get("bare"):
            return None, Decimal(1)
        raise UnreadableError("unit_missing", wanted=rules["wanted"], example=rules["example"])
    for language in ("vi", "en", "either"):
        for suffix in (*rules.get("suffixes", {}).get(language, ()), ""):
            word = unit.removesuffix(suffix).rstrip()
            if unit.endswith(suffix) and word in rules.get(language, {}):
                return None if language == "either" else language, Decimal(rules[language][word])
    raise UnreadableError("unit_unknown", unit=unit, wanted=rules["wanted"], example=rules["example"])


def _settle(number: _Number, language: str | None, rules: Mapping[str, Any], unit: str) -> Decimal:
    """The one reading that unit words, form or (for whole things) sense leave."""
    readings = dict(number.readings)
    if language and language in readings:
        return readings[language]
    if language:
        raise UnreadableError("number_of_other_language", language=_LANGUAGE_NAMES[language], other=next(iter(readings.values())))
    if len(set(readings.values())) > 1 and rules.get("whole"):
        readings = {name: value for name, value in readings.items() if value == value.to_integral_value()}
    if len(set(readings.values())) == 1:
        return next(iter(readings.values()))
    plain = {name: _plainly(value, number.written) + (f" {unit}" if unit else "") for name, value in readings.items()}
    raise UnreadableError("two_readings", as_vi=plain["vi"], as_en=plain["en"])


def _plainly(value: Decimal, written: str) -> str:
    """A reading written so that it has no other: no separators, or one more decimal than a thousands group."""
    return str(value) if value == value.to_integral_value() else written + "0"


def _scale(value: Decimal, number: _Number, factor: Decimal, rules: Mapping[str, Any]) -> Quantity:
    scale = factor * Decimal(rules.get("factor", 1))
    exponent = value.as_tuple().exponent
    rounding = Decimal(5).scaleb(int(exponent) - 1) * scale
    value = value * scale * (-1 if number.negative else 1)
    least, most = Decimal(rules["least"]), Decimal(rules["most"])
    if value < 0 <= least:
        raise UnreadableError("negative")
    if not least <= value <= most:
        show = {"least": _show(least, rules), "most": _show(most, rules)}
        raise UnreadableError("out_of_range", **show)
    if rules.get("whole"):
        if value != value.to_integral_value():
            raise UnreadableError("not_whole")
        return Quantity(int(value), rules["unit"], float(rounding))
    return Quantity(float(value), rules["unit"], float(rounding))


def _show(limit: Decimal, rules: Mapping[str, Any]) -> str:
    if rules["unit"] == "fraction":
        return f"{limit * 100} %"
    return str(limit)
