"""An empty review list to fill in, as CSV or as a workbook, with what each column means."""

from __future__ import annotations

import csv
import io
from typing import Any

from sim.population.roster_words import items

EXAMPLES = {
    "place": ("", ""), "village": ("1", "2"), "standing": ({"vi": "nghèo", "en": "poor"}, {"vi": "cận nghèo", "en": "near-poor"}),
    "minority": ("Kinh", "Kinh"), "female_head": ({"vi": "nữ", "en": "female"}, {"vi": "nam", "en": "male"}),
    "head_born": ("1957", "1980"), "members": ("2", "4"), "children": ("0", "2"), "able": ("0", "2"), "lacks_toilet": ("x", ""),
}  # fmt: skip


def headings(lang: str) -> list[str]:
    """The columns of the template, the required one and those that say most first."""
    return [entry[lang][0] for entry in items().values()]


def meanings(lang: str) -> list[str]:
    """What each column of the template means."""
    return [entry["means"][lang] for entry in items().values()]


def template_of(suffix: str, lang: str) -> bytes:
    """A file (``.csv`` or ``.xlsx``) with headings and two made-up households; a workbook also shows what each column means."""
    rows = [headings(lang), *[[_example(item, k, lang) for item in items()] for k in range(2)]]
    return _workbook(rows, lang) if suffix == ".xlsx" else _csv(rows)


def _example(item: str, which: int, lang: str) -> str:
    given: Any = EXAMPLES.get(item, ("", ""))[which]
    return str(given[lang] if isinstance(given, dict) else given)


def _csv(rows: list[list[str]]) -> bytes:
    """UTF-8 with the mark by which spreadsheet programs know it."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _workbook(rows: list[list[str]], lang: str) -> bytes:
    import xlsxwriter

    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"in_memory": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "text_wrap": True})
    for at, (heading, meaning) in enumerate(zip(rows[0], meanings(lang), strict=True)):
        sheet.write_string(0, at, heading, bold)
        sheet.write_comment(0, at, meaning)
        for down, row in enumerate(rows[1:], start=1):
            sheet.write_string(down, at, row[at])
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(rows[0]) - 1, 14)
    book.close()
    return whole.getvalue()
