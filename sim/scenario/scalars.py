"""How a scalar of a scenario file, still as written, becomes a value; faults carry the code of their complaint."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from sim.kit.calendar import FIRST_YEAR, LAST_YEAR, Quarter
from sim.kit.quantities import UnreadableError, kinds, parse

LONGEST_TEXT = 4000
_YEAR = re.compile(r"[0-9]{4}")
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_PERIOD = re.compile(r"([0-9]{4})(?:\s*[-\N{EN DASH}]\s*([0-9]{4}))?")
_A_TEXT = {"vi": "một đoạn chữ", "en": "a piece of text"}
_A_YEAR = {"vi": "một năm", "en": "a year"}
_A_DATE = {"vi": "một thời điểm", "en": "a date"}
_A_FLAG = {"vi": "`true` hoặc `false`", "en": "`true` or `false`"}
_A_WHOLE = {"vi": "một số nguyên", "en": "a whole number"}


def fault(code: str, **facts: Any) -> PydanticCustomError:
    """A fault that ``faults.py`` turns into the complaint ``code``."""
    return PydanticCustomError("complaint", "complaint", {"code": code, "facts": facts})


def quantity(*names: str) -> PlainValidator:
    """Reads a quantity of a kind, or of the first of several kinds whose units it is in."""

    def read(given: Any) -> Any:
        text = _written(given, kinds()[names[0]]["wanted"])
        faults = []
        for kind in names:
            try:
                return parse(text, kind)
            except UnreadableError as error:
                faults.append(error)
        told = next((error for error in faults if error.code != "unit_unknown"), faults[0])
        raise fault(told.code, **told.facts) from told

    return PlainValidator(read)


def _written(given: Any, wanted: dict[str, str]) -> str:
    if given is None or given == "":
        raise fault("empty_value")
    if not isinstance(given, str):
        raise fault("wrong_shape", wanted=wanted)
    return given.strip()


def _year(given: Any) -> int:
    text = _written(given, _A_YEAR)
    if not _YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise fault("not_a_year", first=FIRST_YEAR, last=LAST_YEAR)
    return int(text)


def _date(given: Any) -> Quarter:
    text = _written(given, _A_DATE)
    try:
        return Quarter.parse(text)
    except ValueError as error:
        raise fault("not_a_date", example="`2024-05`") from error


def _year_or_date(given: Any) -> int | Quarter:
    return _year(given) if isinstance(given, str) and _YEAR.fullmatch(given.strip()) else _date(given)


def _period(given: Any) -> tuple[int, int]:
    text = _written(given, {"vi": "một năm hoặc `2021-2025`", "en": "a year or `2021-2025`"})
    found = _PERIOD.fullmatch(text)
    if not found:
        raise fault("not_a_period")
    first, last = int(found[1]), int(found[2] or found[1])
    if first < FIRST_YEAR or last > LAST_YEAR:
        raise fault("not_a_year", first=FIRST_YEAR, last=LAST_YEAR)
    if last < first:
        raise fault("period_backwards")
    return first, last


def _flag(given: Any) -> bool:
    text = _written(given, _A_FLAG)
    if text not in ("true", "false"):
        raise fault("wrong_shape", wanted=_A_FLAG)
    return text == "true"


def _whole(given: Any) -> int:
    text = _written(given, _A_WHOLE)
    if not _WHOLE.fullmatch(text):
        raise fault("wrong_shape", wanted=_A_WHOLE)
    return int(text)


def _text(given: Any) -> str:
    text = _written(given, _A_TEXT)
    if not text:
        raise fault("empty_value")
    if len(text) > LONGEST_TEXT:
        raise fault("text_too_long", limit=LONGEST_TEXT)
    return " ".join(text.split())


def _plain(read: Callable[[Any], Any]) -> PlainValidator:
    return PlainValidator(read)


YEAR, DATE, YEAR_OR_DATE, PERIOD = _plain(_year), _plain(_date), _plain(_year_or_date), _plain(_period)
FLAG, WHOLE, TEXT = _plain(_flag), _plain(_whole), _plain(_text)


def native(given: Any) -> Any:
    """A tree of scalars as written, with plain YAML numbers and flags as such (decimal point, no separators)."""
    if isinstance(given, dict):
        return {key: native(value) for key, value in given.items()}
    if isinstance(given, list):
        return [native(value) for value in given]
    if given in ("true", "false"):
        return given == "true"
    if isinstance(given, str) and re.fullmatch(r"[-+]?[0-9]{1,18}", given):
        return int(given)
    if isinstance(given, str) and re.fullmatch(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]{1,2})?", given):
        return float(given)
    return given
