"""Provinces, regions and the country: their codes, and what people write for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from sim.record.tables import table

COUNTRY = "VN"
OTHER_NAMES = {  # as tables of the statistics office and others print them
    "wholecountry": COUNTRY, "vietnam": COUNTRY, "canuoc": COUNTRY, "toanquoc": COUNTRY,
    "northerncentralareaandcentralcoastalarea": "NCC", "northcentralandcentralcoastalareas": "NCC",
    "northernmidlandsandmountainareas": "NMM", "mekongdelta": "MRD", "thuathienhue": "46", "hue": "46",
    "hochiminhcity": "79", "tphochiminh": "79", "hochiminh": "79",
    "bariavungtau": "77", "daklak": "66", "daknong": "67",
}  # fmt: skip
_TITLES = re.compile(r"^(tinh|thanhpho|tp|province|vung)(?=.{3})")


@cache
def code_of(text: str) -> str:
    """The code of a province, region or the country that ``text`` names by code or by name, with or without accents; else empty."""
    text = text.strip()
    if text.zfill(2) in _levels():
        return text.zfill(2)
    name = fold(text)
    return _by_name().get(name) or OTHER_NAMES.get(name) or _by_name().get(_TITLES.sub("", name), "")


def name_of(code: str, lang: str = "en") -> str:
    """A place's name; ``lang`` is vi or en."""
    return _names(lang)[code]


def level_of(code: str) -> str:
    """country, region or province."""
    return _levels()[code]


def provinces() -> tuple[str, ...]:
    """Codes of the 63 provinces before July 2025."""
    return tuple(code for code, level in _levels().items() if level == "province")


def fold(text: str) -> str:
    """Lower-case letters without accents or spaces."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]", "", plain)


@cache
def _names(lang: str) -> Mapping[str, str]:
    frame = table("places")
    return dict(zip(frame["code"], frame[lang], strict=True))


@cache
def _levels() -> Mapping[str, str]:
    frame = table("places")
    return dict(zip(frame["code"], frame["level"], strict=True))


@cache
def _by_name() -> Mapping[str, str]:
    frame = table("places")
    return {fold(name): code for column in ("en", "vi") for name, code in zip(frame[column], frame["code"], strict=True)}
