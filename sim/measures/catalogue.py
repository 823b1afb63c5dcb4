"""What each measure is called, in which unit it is given, and whether more of it is better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.law.open import read_yaml

OF_INDICATORS = ("indicator", "censored")  # families with a member for each indicator; the others have one for each lever


@dataclass(frozen=True)
class Measure:
    """One measure; ``of`` is what a rate is a share of: households, people, or nothing.

    ``counted_by`` is the measure that counts what a rate is a rate of, where there is one.
    """

    name: str
    unit: str
    vi: str
    en: str
    of: str = ""
    more_is_better: bool = False
    counted_by: str = ""


@cache
def _data() -> Mapping[str, Mapping]:
    """The catalogue as it stands in the file."""
    return read_yaml(Path(__file__).with_suffix(".yaml"))


def describe(name: str, labels: Mapping[str, Mapping[str, str]] | None = None) -> Measure:
    """The measure called ``name``; KeyError if there is none.

    ``labels`` gives the names (vi, en) of levers and indicators for measures such as ``spent:housing``.
    """
    family, _, of = name.partition(":")
    entry = _data()["families"][family] if of else _data()["measures"][name]
    label = (labels or {}).get(of, {})
    vi, en = (entry[lang].format(of=label.get(lang, of)) for lang in ("vi", "en"))
    return Measure(name, entry["unit"], vi, en, entry.get("of", ""), entry.get("better") == "more", entry.get("counted_by", ""))


def names(indicators: Sequence[str] = (), levers: Sequence[str] = ()) -> tuple[str, ...]:
    """Every measure that a run with these indicators and levers gives, in alphabetical order."""
    members = [f"{family}:{key}" for family in families() for key in (indicators if family in OF_INDICATORS else levers)]
    return tuple(sorted([*_data()["measures"], *members]))


def measures() -> Mapping[str, str]:
    """Measures that every run gives, with their units."""
    return {name: entry["unit"] for name, entry in _data()["measures"].items()}


def families() -> Mapping[str, str]:
    """Families of measures, one for each lever or indicator, with their units."""
    return {name: entry["unit"] for name, entry in _data()["families"].items()}


def lever_of(name: str) -> str:
    """The lever that a measure such as ``beneficiaries:housing`` is about; empty for other measures."""
    family, _, of = name.partition(":")
    return of if of and family not in OF_INDICATORS else ""


def has_groups(name: str) -> bool:
    """Whether a measure is given by group of households, and not for all of them together only."""
    family, _, of = name.partition(":")
    entry = _data()["families"].get(family, {}) if of else _data()["measures"].get(name, {})
    return entry.get("groups") != "none"


def groups() -> Mapping[str, Mapping[str, str]]:
    """The groups that measures are given for, with their names in both languages."""
    return _data()["groups"]
