"""Table files: headings under titles, separators, spreadsheets' own encodings and numbers, and what is no table."""

from __future__ import annotations

import pytest
import xlsxwriter

from sim.kit.complaints import InputError
from sim.kit.sheets import read_sheet


def choose(row):
    return {name: row.index(name) for name in ("a", "b") if name in row}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_columns_are_found_under_titles_whatever_separates_them(tmp_path, separator, encoding):
    path = tmp_path / "list.csv"
    lines = [
        "DANH SÁCH",
        "",
        separator.join(["b", "tên", "a"]),
        separator.join(["1", "Ẩn", "x"]),
        separator.join(["", "y", ""]),
        separator.join(["2", "", "z"]),
    ]
    path.write_text("\r\n".join(lines), encoding=encoding)
    sheet = read_sheet(path, choose)
    assert sheet.columns == {"b": ["1", "2"], "a": ["x", "z"]}
    assert sheet.row_numbers == [4, 6]


def test_a_workbook_gives_whole_numbers_plain_and_others_unmistakable(tmp_path):
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, cells in enumerate([["", "title"], ["a", "b"], [3, 1.234], [None, None], [True, "1.234"]]):
        sheet.write_row(row, 0, cells)
    book.close()
    found = read_sheet(path, choose)
    assert found.columns == {"a": ["3", "1"], "b": ["1.234e0", "1.234"]}
    assert found.row_numbers == [3, 5]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.csv", None, "no_file"),
        ("list.docx", b"a,b\n", "not_a_sheet"),
        ("list.csv", b"c,d\n1,2\n", "no_headings"),
        ("list.csv", b"", "no_headings"),
        ("list.csv", "a,b\nđ".encode("cp1258"), "sheet_not_unicode"),
        ("list.csv", b'a,b\n"1,2\n', "unreadable_sheet"),
        ("list.xlsx", b"a,b\n1,2\n", "unreadable_sheet"),
        ("list.xlsx", b"PK\x03\x04 broken", "unreadable_sheet"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path, name, content, code):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_sheet(path, choose)
    assert [complaint.code for complaint in caught.value.complaints] == [code]
