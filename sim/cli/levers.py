"""``thoatngheo levers``: what each lever does, for whom, at what cost, with which priors and sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sim.cli.failing import telling
from sim.cli.language import Language, LanguageOption
from sim.cli.law import make_table, say_day, say_number
from sim.kit.complaints import Complaint, InputError, nearest
from sim.law.dated import day_of
from sim.law.homes import file_entries
from sim.policies.discovery import discover
from sim.policies.lever import Lever
from sim.policies.lever_file import SOURCES, words

WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "title": "Các giải pháp",
        "key": "Tên trong tệp",
        "name": "Giải pháp",
        "for": "Điều kiện",
        "money": "Loại vốn",
        "conditions": "Điều kiện được hỗ trợ",
        "priority": "Thứ tự ưu tiên",
        "of_communes": "Dành cho xã, không cho từng hộ: vốn của xã nào xã đó dùng",
        "kinds": "Vốn được dùng",
        "any_source": "mọi nguồn",
        "repeat": "Mỗi hộ một lần trong {years} năm",
        "alike": "Không cùng năm với: {levers}",
        "revolves": "Có thể thu hồi, quay vòng: khóa `revolving` của phương án",
        "options": "Lựa chọn trong kịch bản",
        "default": "mặc định {value}",
        "own_part": "Hộ không lo đủ phần đối ứng thì không được nhận.",
        "numbers": "Định mức và tham số, ngày {day}",
        "hint": "Xem từng giải pháp: thoatngheo levers TÊN",
        "true": "có",
        "false": "không",
        "none": "không giới hạn",
    },
    "en": {
        "title": "Levers",
        "key": "Key in files",
        "name": "Lever",
        "for": "Conditions",
        "money": "Paid by",
        "conditions": "Who may have it",
        "priority": "Who comes first",
        "of_communes": "For communes, not for single households: each uses its own money",
        "kinds": "Money that may pay",
        "any_source": "any source",
        "repeat": "Once in {years} years for a household",
        "alike": "Not in one year with: {levers}",
        "revolves": "May be repaid and go out again: key `revolving` of a mix",
        "options": "Options in a scenario",
        "default": "default {value}",
        "own_part": "A household that cannot find its own part is turned away.",
        "numbers": "Unit costs and parameters, {day}",
        "hint": "More on one of them: thoatngheo levers NAME",
        "true": "yes",
        "false": "no",
        "none": "no bound",
    },
}


def levers(
    name: Annotated[str, typer.Argument(help="Tên giải pháp / lever, such as housing")] = "",
    on: Annotated[str, typer.Option(help="Ngày, ví dụ 2024-07-01 / day, such as 2024-07-01")] = "",
    folder: Annotated[Path | None, typer.Option(help="Thư mục giải pháp của bạn / folder with your own levers")] = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Xem các giải pháp / show the levers: what they do, for whom, at what cost, from which evidence."""
    with telling(lang):
        found = discover(folder)
        day = _day(on)
        if name and name not in found:
            facts = {"nearest": nearest(name, found), "valid": list(found)}
            raise InputError([Complaint("no_such_lever", "levers", value=name, facts=facts)])
    console = Console()
    if not name:
        console.print(list_levers(found, lang))
        console.print(WORDS[lang]["hint"])
        return
    for paragraph in describe(found[name], lang):
        console.print(escape(paragraph))
    console.print(escape(WORDS[lang]["numbers"].format(day=say_day(day, lang))), style="bold")
    console.print(make_table(found[name].file.path.name, file_entries(found[name].file.path, day), lang))


def list_levers(found: dict[str, Lever], lang: str) -> Table:
    """All levers in one table."""
    said = WORDS[lang]
    table = Table(title=said["title"], title_justify="left", expand=True)
    for column in ("key", "name", "for", "money"):
        table.add_column(said[column], overflow="fold")
    for key, lever in found.items():
        conditions = "; ".join(condition[lang] for condition in lever.file.conditions)
        kinds = ", ".join(words()["kinds"][kind][lang] for kind in lever.file.kinds)
        table.add_row(*(escape(cell) for cell in (key, lever.file.name(lang), conditions, kinds)))
    return table


def describe(lever: Lever, lang: str) -> list[str]:
    """What a lever is, in paragraphs of plain text."""
    file, said = lever.file, WORDS[lang]
    kinds = ", ".join(words()["kinds"][kind][lang] for kind in file.kinds)
    some = tuple(file.sources) != SOURCES
    sources = ", ".join(words()["sources"][source][lang] for source in file.sources) if some else said["any_source"]
    parts = [
        f"{file.name(lang)} ({file.key})",
        file.what_it_does[lang].strip(),
        f"{said['conditions']}: " + "; ".join(condition[lang] for condition in file.conditions),
        f"{said['priority']}: " + ", ".join(words()["groups"][group][lang] for group in file.priority)
        if lever.level == "household"
        else said["of_communes"],
        f"{said['kinds']}: {kinds} ({sources})",
    ]
    parts += [said["own_part"]] if lever.contribution_is_required else []
    parts += [said["repeat"].format(years=file.no_repeat_years)] if file.no_repeat_years else []
    parts += [said["alike"].format(levers=", ".join(file.not_together))] if file.not_together else []
    parts += [said["revolves"]] if file.may_revolve else []
    defaults = {name: said["default"].format(value=_say(entry.get("default"), lang)) for name, entry in file.options.items()}
    options = [f"  {name}: {entry[lang]} ({defaults[name]})" for name, entry in file.options.items()]
    return [*parts, *([f"{said['options']}:", *options] if options else [])]


def _say(value: Any, lang: str) -> str:
    if value is None or isinstance(value, bool):
        return WORDS[lang][str(value).lower()]
    return say_number(value, lang) if isinstance(value, (int, float)) else str(value)


def _day(on: str) -> date:
    try:
        return day_of(on) if on else date.today()
    except ValueError as fault:
        raise InputError([Complaint("law_date", "--on", value=on)]) from fault
