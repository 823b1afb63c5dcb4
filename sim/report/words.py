"""All words of reports and charts, and how numbers and money are written, in Vietnamese and English.

Vietnamese writes 1.572 hộ and 1,59 %; English 1,572 households and 1.59 %.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("vi", "en")
MILLION = 1_000_000
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_TO_VIETNAMESE = str.maketrans(",.", ".,")


@cache
def _sentences(lang: str) -> Mapping[str, Any]:
    """The sentences of one language by key."""
    path = Path(__file__).with_name(f"words_{lang}.yaml")
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


class Words:
    """Speaks one language: ``Words("vi").households(1572)`` is ``1.572 hộ``."""

    def __init__(self, lang: str = "vi") -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"no such language: {lang!r}")
        self.lang = lang

    def text(self, key: str, **facts: Any) -> str:
        """The sentence under a dotted key, its gaps filled; KeyError if there is none."""
        found: Any = _sentences(self.lang)
        for part in key.split("."):
            found = found[part]
        return found.format(**facts)

    def name(self, names: Mapping[str, str] | None, otherwise: str) -> str:
        """The name in this language from a mapping of vi and en, or ``otherwise``."""
        return (names or {}).get(self.lang) or otherwise

    def capital(self, text: str) -> str:
        """With a capital at its beginning."""
        return text[:1].upper() + text[1:]

    def reason(self, code: str) -> str:
        """Why a file could not be read or written; a code that has no words speaks for itself."""
        return _sentences(self.lang)["reasons"].get(code, code)

    def mix(self, mix: str) -> str:
        """What a mix of levers is called, with its other reading of delivery; the planner's own mixes keep their key."""
        key, _, reading = mix.partition(".")
        name = _sentences(self.lang)["mixes"].get(key, key)
        return self.text(f"readings.{reading}", mix=name) if reading else name

    def place(self, label: str) -> str:
        """What a label of the place axis is called; places and districts keep their names."""
        return _sentences(self.lang)["places"].get(label, label)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with the language's separators, halves rounded up; a true minus sign; a dash for not-a-number."""
        if math.isnan(value):
            return "–"
        rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        english = f"{abs(rounded):,.{decimals}f}"
        sign = "−" if rounded < 0 else ""
        return sign + (english.translate(_TO_VIETNAMESE) if self.lang == "vi" else english)

    def shortest(self, value: float) -> str:
        """A number with no more decimals than it has, up to three: a plan's own figure."""
        decimals = next((d for d in range(3) if abs(round(value, d) - value) < 1e-9), 3)
        return self.number(value, decimals)

    def unit(self, unit: str, number: str) -> str:
        """A written number with its unit."""
        return self.text(f"units.{unit}", number=number)

    def percent(self, value: float, decimals: int = 0) -> str:
        """``value`` percent."""
        return self.unit("percent", self.number(value, decimals))

    def share(self, value: float, decimals: int = 0) -> str:
        """A share 0 to 1 as percent."""
        return self.percent(value * 100.0, decimals)

    def households(self, count: float, decimals: int = 0) -> str:
        """A number of households."""
        return self.unit("household" if round(count, decimals) == 1 else "households", self.number(count, decimals))

    def people(self, count: float) -> str:
        """A number of people."""
        return self.unit("person" if round(count) == 1 else "people", self.number(count))

    def communes(self, count: float) -> str:
        """A number of communes; a mean below ten has a decimal where it needs one."""
        decimals = 0 if count >= 10 or abs(count - round(count)) < 0.05 else 1
        return self.unit("commune" if round(count, decimals) == 1 else "communes", self.number(count, decimals))

    def money(self, dong: float) -> str:
        """Money in million dong, with a decimal below ten million."""
        millions = dong / MILLION
        return self.unit("million_dong", self.number(millions, 1 if 0 < abs(millions) < 10 else 0))

    def millions(self, dong: float) -> str:
        """Money in million dong without the unit, for tables that name it."""
        return self.number(dong / MILLION, 1 if 0 < abs(dong) < 10 * MILLION else 0)

    def quarter(self, text: str) -> str:
        """A quarter such as ``2024 Q2`` in the language's words."""
        year, _, number = text.partition(" Q")
        return self.text("quarter", year=year, number=number, roman=_ROMAN.get(int(number or 0), number))

    def probability(self, value: float, error: float) -> str:
        """A probability in whole percent; where all or none of the runs met the target, its 95 % bound."""
        if math.isnan(value):
            return "–"
        if value in (0.0, 1.0):
            bound = error if value == 0.0 else 1.0 - error
            return self.text("chance.below" if value == 0.0 else "chance.above", bound=self.share(bound, 1 if error < 0.1 else 0))
        return self.share(value, decimals_for(error * 100.0))

    def chance(self, value: float) -> str:
        """A probability in plain words."""
        steps = ((0.05, "surely_not"), (1 / 3, "unlikely"), (2 / 3, "open"), (0.95, "likely"))
        return self.text("chance." + next((word for limit, word in steps if value < limit), "surely"))

    def band(self, median: float, low: float, high: float, decimals: int | None = None) -> str:
        """Median with its band in brackets, with no more digits than the band bears."""
        digits = decimals_for(high - low) if decimals is None else decimals
        step = 1 if digits or math.isnan(median) else step_for(high - low)
        middle, least, most = (self.number(step * round(value / step) if step > 1 else value, digits) for value in (median, low, high))
        return middle if least == most else f"{middle} ({least}–{most})"


def step_for(width: float) -> int:
    """To what whole counts within a band of that width are rounded: two figures of the width stay."""
    return 10 ** max(math.floor(math.log10(width)) - 1, 0) if width > 0 else 1


def decimals_for(width: float) -> int:
    """Decimals that a figure known to within ``width`` bears: one leading digit of the width, at most three."""
    if not width > 0:
        return 2
    return min(max(-math.floor(math.log10(width)), 0), 3)
