"""The YAML beside a lever: names, what it does, dated figures, priors, and which money may buy it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sim.kit.complaints import Complaint, InputError, nearest
from sim.kit.reading import Document, read_once
from sim.law.book import Book
from sim.law.dated import Dated, day_of, read_series
from sim.law.parameters import Parameter, read_parameters
from sim.policies.groups import GROUPS

HERE = Path(__file__).parent
SOURCES = ("central", "provincial", "district", "commune", "bank", "people", "fund_for_the_poor", "donors")
LENDERS = ("bank", "provincial", "district")  # the bank, and local budgets that entrust it with money
KINDS = ("investment", "recurrent", "credit")
NEEDED = ("vi", "en", "what_it_does", "money", "conditions")
KNOWN = (*NEEDED, "priority", "no_repeat_years", "first_quarter_after", "take_up", "options", "figures", "law", "parameters",
         "not_together", "may_revolve")  # fmt: skip


@dataclass(frozen=True)
class LeverFile:
    """What a lever's YAML says. ``conditions`` are the words of each condition in the lever's order; ``law`` names the
    series of the law book without which it cannot work; ``credit_while`` the figure that is 1 in years in which credit and
    no other money may buy it, 0 in the others (empty: any of its kinds in all years); ``loan_option`` the option of a mix under
    which the support is a loan, so that credit and no other money buys it, and otherwise no credit; ``with_option`` the option
    that must be on for money of a kind to pay, by kind; ``not_together`` levers that give the same thing, so that no household
    has both in a year; ``may_revolve`` whether a plan may ask households to repay part of it."""

    key: str
    path: Path
    vi: str
    en: str
    what_it_does: Mapping[str, str]
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    conditions: tuple[Mapping[str, str], ...]
    outcomes: Mapping[str, Mapping[str, str]]
    priority: tuple[str, ...]
    no_repeat_years: int
    first_quarter_after: int
    take_up: str
    take_up_follows: tuple[str, ...]
    options: Mapping[str, Mapping[str, Any]]
    figures: Mapping[str, Dated]
    law: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    credit_while: str = ""
    loan_option: str = ""
    with_option: Mapping[str, str] = field(default_factory=dict)
    not_together: tuple[str, ...] = ()
    may_revolve: bool = False

    def name(self, lang: str = "vi") -> str:
        """The lever's name."""
        return self.vi if lang == "vi" else self.en

    def may_use(self, kind: str, source: str, year: int, options: Mapping[str, Any] | None = None) -> bool:
        """Whether money of this kind, source and year may buy the lever as a mix with these ``options`` has it (None: none
        chosen); years before its figures are as the first."""
        if kind not in self.kinds or source not in self.sources:
            return False
        if kind == "credit" and source not in LENDERS:
            return False
        if kind in self.with_option and not self._chosen(self.with_option[kind], options):
            return False
        if self.loan_option:
            return (kind == "credit") == self._chosen(self.loan_option, options)
        if not self.credit_while:
            return True
        series = self.figures[self.credit_while]
        return (kind == "credit") == (series.on(max(day_of(year), series.since)).value == 1.0)

    def _chosen(self, option: str, options: Mapping[str, Any] | None) -> bool:
        return bool((options or {}).get(option, self.options[option]["default"]))

    def condition_names(self) -> tuple[str, ...]:
        """Names of the conditions as the code yields them."""
        return tuple(words["en"] for words in self.conditions)


def read_lever_file(path: Path) -> LeverFile:
    """Read a lever's YAML; InputError says all that is wrong with its keys, ValueError what is wrong with its numbers."""
    document = read_once(path)
    data = _checked(document, path)
    money, take_up = data["money"], data.get("take_up") or {}
    return LeverFile(
        key=path.stem,
        path=path,
        vi=data["vi"],
        en=data["en"],
        what_it_does=data["what_it_does"],
        kinds=tuple(money["kinds"]),
        sources=tuple(money.get("sources") or SOURCES),
        conditions=tuple({"en": en, "vi": vi} for en, vi in data["conditions"].items()),
        outcomes=outcome_words(),
        priority=tuple(data.get("priority") or ()),
        no_repeat_years=int(data.get("no_repeat_years", 0)),
        first_quarter_after=int(data.get("first_quarter_after", 0)),
        take_up=str(take_up.get("parameter", "")),
        take_up_follows=tuple(take_up.get("follows") or ()),
        options=data.get("options") or {},
        figures={name: read_series(name, entry, str(path)) for name, entry in (data.get("figures") or {}).items()},
        credit_while=str(money.get("credit_while", "")),
        loan_option=str(money.get("loan_option", "")),
        with_option=money.get("with_option") or {},
        not_together=tuple(data.get("not_together") or ()),
        may_revolve=bool(data.get("may_revolve", False)),
        law=tuple(data.get("law") or ()),
        parameters=read_parameters(data.get("parameters") or {}, home=str(path)),
    )


def _checked(document: Document, path: Path) -> dict[str, Any]:
    """The file's mapping if its keys and words are known; else InputError with every fault."""
    data = document.data if isinstance(document.data, dict) else {}
    faults = [
        Complaint("lever_unknown_key", str(path), document.line_of((key,)), key, facts={"nearest": nearest(key, KNOWN)})
        for key in data
        if key not in KNOWN
    ]
    faults += [Complaint("lever_missing_key", str(path), 0, key) for key in NEEDED if key not in data]
    money: dict[str, Any] = data["money"] if isinstance(data.get("money"), dict) else {}
    listed: list[tuple[tuple[str, ...], Any, tuple[str, ...]]] = [
        (("money", "kinds"), money.get("kinds") or (), KINDS),
        (("money", "sources"), money.get("sources") or (), SOURCES),
        (("priority",), data.get("priority") or (), tuple(GROUPS)),
        (("law",), data.get("law") or (), tuple(Book.load())),
        (("not_together",), data.get("not_together") or (), _levers_beside(path)),
        (("money", "credit_while"), [money["credit_while"]] if "credit_while" in money else (), tuple(data.get("figures") or ())),
        (("money", "with_option"), list((money.get("with_option") or {}).values()), tuple(data.get("options") or ())),
        (("money", "loan_option"), [money["loan_option"]] if "loan_option" in money else (), tuple(data.get("options") or ())),
    ]
    for keypath, names, valid in listed:
        at = (str(path), document.line_of(keypath), ".".join(keypath))
        odd = [str(name) for name in names if name not in valid]
        faults += [Complaint("lever_unknown_word", *at, name, {"nearest": nearest(name, valid), "valid": valid}) for name in odd]
    if "money" in data and not money.get("kinds"):
        faults.append(Complaint("lever_missing_key", str(path), document.line_of(("money",)), "money.kinds"))
    if faults:
        raise InputError(faults)
    return data


def _levers_beside(path: Path) -> tuple[str, ...]:
    """Names of the program's levers and of those in the same folder."""
    files = [file for home in (HERE, path.parent) for file in home.glob("*.yaml") if file.with_suffix(".py").exists()]
    return tuple(sorted({file.stem for file in files}))


@cache
def outcome_words() -> Mapping[str, Mapping[str, str]]:
    """Words for the outcomes that all levers share."""
    return read_once(HERE / "outcomes.yaml").data


@cache
def words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Words for groups, kinds and sources of money: ``words()["kinds"]["recurrent"]["vi"]``."""
    return read_once(HERE / "words.yaml").data
