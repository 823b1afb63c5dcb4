"""A finding: one contradiction of a plan or something that it leaves unsaid, said in a paragraph, in Vietnamese or English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sim.kit.reading import read

UNSAID = ("no_starting_rate", "unsaid", "unsaid_at", "money_assumed")


@dataclass(frozen=True)
class Number:
    """A number that is written by the custom of the language, with so many decimals and perhaps a unit."""

    value: float
    decimals: int = 0
    unit: str = ""

    def text(self, lang: str) -> str:
        """The number as a reader of ``lang`` writes it."""
        english = f"{self.value:,.{self.decimals}f}"
        return (english if lang == "en" else english.translate(str.maketrans(",.", ".,"))) + self.unit


@dataclass(frozen=True)
class Finding:
    """A contradiction by ``code`` (a key of ``findings.yaml``) with the facts that fill its paragraph."""

    code: str
    reference: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_unsaid(self) -> bool:
        """Whether the plan is silent here, rather than in contradiction with itself."""
        return self.code in UNSAID

    def text(self, lang: str = "vi") -> str:
        """The paragraph."""
        facts = {name: _say(fact, lang) for name, fact in self.facts.items()}
        return paragraphs()[self.code][lang].format(reference=self.reference or "-", **facts)


@cache
def paragraphs() -> Mapping[str, Mapping[str, Any]]:
    """Templates by code, and under ``words`` the words that fill them."""
    return read(Path(__file__).with_name("findings.yaml")).data


def percent(share: float) -> Number:
    """A share as a percentage with two decimals."""
    return Number(share * 100, 2, " %")


def word(name: str) -> Mapping[str, str]:
    """A word in both languages."""
    return paragraphs()["words"][name]


def _say(fact: Any, lang: str) -> str:
    if isinstance(fact, Number):
        return fact.text(lang)
    if isinstance(fact, Mapping):
        return str(fact[lang])
    return str(fact)
