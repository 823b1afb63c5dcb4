"""Table files as offices keep them, CSV or XLSX: only the columns asked for are kept, whatever else a file holds.

Rows are numbered as a person sees them in the file, from 1. Nothing of a column that was not chosen outlives its row.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path

from sim.kit.complaints import Complaint, InputError

LARGEST_SHEET = 500_000_000  # bytes
HEADING_WITHIN = 30  # rows in which headings are looked for, under titles
MOST_COLUMNS = 400
Choice = Mapping[str, int]  # name of a wanted column and its position
Choose = Callable[[Sequence[str]], Choice]


@dataclass(frozen=True)
class Sheet:
    """The chosen columns as text: ``columns[name][k]`` stands in row ``row_numbers[k]`` of the file; ``headings`` as written."""

    columns: Mapping[str, list[str]]
    row_numbers: list[int]
    headings: Mapping[str, str]


def read_sheet(path: Path, choose: Choose) -> Sheet:
    """Read the columns that ``choose`` picks from the row of headings; rows in which all of them are empty are left out.

    The row of headings is the one among the first thirty in which ``choose`` finds most. Raises ``InputError`` for a file that
    cannot be read as a table, or in which no heading is known.
    """
    _must_be_file(path)
    rows = _rows(path)
    head = list(islice(rows, HEADING_WITHIN))
    found = [choose(row) for row in head]
    best = max(range(len(head)), key=lambda k: len(found[k]), default=0)
    if not head or not found[best]:
        raise InputError([Complaint("no_headings", str(path))])
    choice = found[best]
    columns: dict[str, list[str]] = {name: [] for name in choice}
    numbers: list[int] = []
    for number, row in enumerate(chain(head[best + 1 :], rows), start=best + 2):
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in choice.items()}
        if any(cells.values()):
            numbers.append(number)
            for name, cell in cells.items():
                columns[name].append(cell)
    return Sheet(columns, numbers, {name: head[best][at].strip() for name, at in choice.items()})


def _must_be_file(path: Path) -> None:
    if not path.is_file():
        raise InputError([Complaint("no_file", str(path))])
    if path.suffix.lower() not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise InputError([Complaint("not_a_sheet", str(path))])
    size = path.stat().st_size
    if size > LARGEST_SHEET:
        raise InputError([Complaint("too_large", str(path), facts={"size": size, "limit": LARGEST_SHEET})])


def _rows(path: Path) -> Iterator[list[str]]:
    return _rows_of_workbook(path) if path.suffix.lower() == ".xlsx" else _rows_of_text(path)


def _rows_of_text(path: Path) -> Iterator[list[str]]:
    """Rows of a CSV in UTF-8, or in UTF-16 with its mark, as spreadsheets write them; the separator is the first row's commonest."""
    with path.open("rb") as file:
        start = file.read(2)
    encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        with path.open(encoding=encoding, newline="") as text:
            sample = "".join(islice(text, 5))
            text.seek(0)
            separator = max(",;\t", key=sample.count)
            for row in csv.reader(text, delimiter=separator, strict=True):
                yield row[:MOST_COLUMNS]
    except UnicodeError as error:
        raise InputError([Complaint("sheet_not_unicode", str(path))]) from error
    except (csv.Error, OSError) as error:
        raise InputError([Complaint("unreadable_sheet", str(path))]) from error


def _rows_of_workbook(path: Path) -> Iterator[list[str]]:
    """Rows of the first sheet of a workbook, every cell as text."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise InputError([Complaint("unreadable_sheet", str(path))]) from error
    first = sheet.start[0] if sheet.start else 0
    yield from ([] for _ in range(first))
    for row in sheet.iter_rows():
        yield [_as_text(cell) for cell in row[:MOST_COLUMNS]]


def _as_text(cell: object) -> str:
    """A cell as text: whole numbers without a point, others with a point and ``e0``, which no language reads as thousands;
    dates year first."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell!r}e0"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
