"""``thoatngheo law``: the numbers in force on a day, with their sources, or all that is only assumed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sim.cli.failing import telling
from sim.cli.language import Language, LanguageOption
from sim.kit.complaints import Complaint, InputError
from sim.law.dated import day_of
from sim.law.homes import Entry, entries, unit_in
from sim.standards.numbers import standard_entries

ORDER = ("law", "standards", "policies", "population", "dynamics")  # as a planner asks for them
COLUMNS = {"vi": ("Nội dung", "Giá trị", "Đơn vị", "Từ ngày", "Nguồn"), "en": ("What", "Value", "Unit", "Since", "Source")}
WORDS = {
    "vi": {
        "title": "Số liệu có hiệu lực ngày {day}",
        "assumed": "Số liệu giả định, chưa có nguồn (ngày {day})",
        "assumption": "Giả định",
        "median": "trung vị {value}",
        "count": "{numbers} số liệu, {assumed} có phần giả định",
    },
    "en": {
        "title": "Numbers in force on {day}",
        "assumed": "Numbers that are assumed, without a source (on {day})",
        "assumption": "Assumption",
        "median": "median {value}",
        "count": "{numbers} numbers, {assumed} assumed in whole or in part",
    },
}


def law(
    on: Annotated[str, typer.Option(help="Ngày, ví dụ 2024-07-01 / day, such as 2024-07-01")] = "",
    assumptions: Annotated[bool, typer.Option("--assumptions", help="Chỉ các giả định / assumptions only")] = False,
    lang: LanguageOption = Language.VI,
) -> None:
    """Xem số liệu pháp luật và tham số / show the numbers of law, standards, levers and dynamics."""
    with telling(lang):
        day = _day(on)
    found = find_numbers(day, assumptions)
    words = WORDS[lang]
    console = Console()
    console.print(words["assumed" if assumptions else "title"].format(day=say_day(day, lang)), style="bold")
    for home, group in groupby(found, key=lambda entry: entry.home):
        console.print(make_table(home, group, lang))
    console.print(words["count"].format(numbers=len(found), assumed=sum(bool(entry.assumption) for entry in found)))


def find_numbers(day: date, assumptions: bool = False) -> list[Entry]:
    """All numbers in force on a day from law, standards, levers and dynamics; or only those that are assumed."""
    found = [*entries(day), *standard_entries(day)]
    found.sort(key=lambda entry: (ORDER.index(entry.home.partition("/")[0]), entry.home))
    return [entry for entry in found if entry.assumption or not assumptions]


def make_table(home: str, group: Iterable[Entry], lang: str) -> Table:
    """One file's numbers as a table."""
    table = Table(title=home, title_justify="left", expand=True)
    for column, ratio, width in zip(COLUMNS[lang], (4, 2, 2, 1, 5), (10, 6, 6, 10, 10), strict=True):
        table.add_column(column, ratio=ratio, min_width=width, overflow="fold")
    for entry in group:
        since = say_day(entry.since, lang) if entry.since else ""
        cells = (entry.name(lang), say_value(entry, lang), unit_in(entry.unit, lang), since, say_source(entry, lang))
        table.add_row(*(escape(cell) for cell in cells))
    return table


def say_value(entry: Entry, lang: str) -> str:
    """The number, or the prior with its median, in the language's own marks."""
    value = say_number(entry.value, lang)
    uncertain = entry.prior and not entry.prior[0].isdigit() and not entry.prior.startswith("-")
    return f"{entry.prior}\n{WORDS[lang]['median'].format(value=value)}" if uncertain else value


def say_number(value: float, lang: str) -> str:
    """1,500.5 in English, 1.500,5 in Vietnamese."""
    whole = value == int(value) or abs(value) >= 10_000
    text = f"{value:,.0f}" if whole else f"{value:,.5g}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def say_day(day: date, lang: str) -> str:
    """1/7/2024 in Vietnamese, 2024-07-01 in English."""
    return day.isoformat() if lang == "en" else f"{day.day}/{day.month}/{day.year}"


def say_source(entry: Entry, lang: str) -> str:
    """The reference, and after it what is only assumed."""
    assumed = f"{WORDS[lang]['assumption']}: {entry.assumption}" if entry.assumption else ""
    return "\n".join(part for part in (entry.reference, assumed) if part)


def _day(on: str) -> date:
    try:
        return day_of(on) if on else date.today()
    except ValueError as fault:
        raise InputError([Complaint("law_date", "--on", value=on)]) from fault
