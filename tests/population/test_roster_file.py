"""Review lists as offices keep them: headings, Vietnamese numbers and dates, what is silent, what is refused, what is never read."""

from __future__ import annotations

import gc

import numpy as np
import pytest

from sim.agents.codebook import Standing
from sim.kit.complaints import InputError
from sim.population.roster_file import read_roster
from sim.population.roster_template import template_of
from sim.population.roster_words import fold, identifies, items

SECRET = "Nguyễn Thị Tuyệt Mật"


def write(path, *rows):
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8-sig")
    return path


def test_a_vietnamese_list_is_read_with_its_numbers_dates_and_units(tmp_path):
    path = write(
        tmp_path / "list.csv",
        ["Danh sách hộ nghèo năm 2023"],
        [
            "STT",
            "HỌ VÀ TÊN",
            "Phân loại",
            "Số nhân khẩu",
            "Ngày sinh",
            "Thu nhập bình quân (triệu đồng)",
            "Đất sản xuất (m2)",
            "Nhà tiêu",
            "Dân tộc",
        ],
        ["1", SECRET, "Hộ nghèo", "4", "12/03/1965", "1,25", "1.500", "x", "Thái"],
        ["2", SECRET, "CẬN NGHÈO", "", "1970", "", "800", "", "Kinh"],
        ["3", SECRET, "không", "3", "", "2", "", "", ""],
    )
    roster = read_roster(path, 2024, ["Hoàng Kim"])
    values = roster.values
    assert values["standing"].tolist() == [Standing.POOR, Standing.NEAR_POOR, Standing.NOT_LISTED]
    np.testing.assert_array_equal(values["members"], [4, np.nan, 3])
    np.testing.assert_array_equal(values["head_born"], [1965, 1970, np.nan])
    np.testing.assert_allclose(values["income"], [1250, np.nan, 2000])
    np.testing.assert_allclose(values["land"], [0.15, 0.08, np.nan])
    assert values["lacks_toilet"].tolist() == [1, 0, 0]  # a column that never says no means no by an empty cell
    np.testing.assert_array_equal(values["minority"], [1, 0, np.nan])
    assert roster.counts(Standing.POOR).tolist() == [1]
    assert roster.silent()["members"] == 1
    assert roster.silent()["loan"] == 3


def test_in_a_column_of_marks_that_says_no_an_empty_cell_is_silent(tmp_path):
    path = write(tmp_path / "list.csv", ["Phân loại", "Nhà tiêu"], ["nghèo", "x"], ["nghèo", "không"], ["nghèo", ""])
    np.testing.assert_array_equal(read_roster(path, 2024, ["A"]).values["lacks_toilet"], [1, 0, np.nan])


def test_english_headings_read_english_numbers(tmp_path):
    path = write(
        tmp_path / "list.csv",
        ["standing", "income per head (thousand dong)", "escaped poverty"],
        ["poor", "1,250.5", ""],
        ["none", "", "09/2023"],
    )
    values = read_roster(path, 2024, ["A"]).values
    assert values["income"][0] == 1250.5
    assert values["left_poor"][1] == pytest.approx(2023 + 8 / 12)


def test_headings_of_ones_own_are_explained_beside_the_list(tmp_path):
    path = write(tmp_path / "list.csv", ["KQ 2023", "NK (người)"], ["nghèo", "5"])
    (tmp_path / "list.headings.yaml").write_text("standing: KQ 2023\nmembers: NK (người)\n", encoding="utf-8")
    assert read_roster(path, 2024, ["A"]).values["members"].tolist() == [5]


def test_a_heading_that_identifies_people_may_not_be_explained(tmp_path):
    path = write(tmp_path / "list.csv", ["Phân loại", "Họ và tên"], ["nghèo", SECRET])
    (tmp_path / "list.headings.yaml").write_text("village: Họ và tên\nmembres: NK\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_roster(path, 2024, ["A"])
    assert [complaint.code for complaint in caught.value.complaints] == ["identity_heading", "unknown_roster_item"]


def test_every_bad_cell_is_told_with_its_row_and_column_and_no_name_is_repeated(tmp_path):
    path = write(
        tmp_path / "list.csv",
        ["Phân loại", "Số nhân khẩu", "Giới tính chủ hộ", "Năm sinh", "Nhà tiêu", "Thu nhập", "Xã"],
        ["nghèo", "0", "nam", "1965", "x", "1.5", "Hoàng Kim"],
        ["giàu", "4,5", "?", "2030", "có lẽ", "abc", "Hoàng Kimm"],
        ["", SECRET, "nữ", "13/13/1970", "", "-", ""],
    )
    with pytest.raises(InputError) as caught:
        read_roster(path, 2024, ["Hoàng Kim", "Hoàng Phú"])
    told = {(complaint.line, complaint.key, complaint.code) for complaint in caught.value.complaints}
    assert told == {
        (2, "Số nhân khẩu", "bad_cell_count"), (2, "Thu nhập", "bad_cell_number"),
        (3, "Phân loại", "bad_cell_standing"), (3, "Số nhân khẩu", "bad_cell_count"), (3, "Giới tính chủ hộ", "bad_cell_sex"),
        (3, "Năm sinh", "bad_cell_date"), (3, "Nhà tiêu", "bad_cell_mark"), (3, "Thu nhập",
        "bad_cell_number"), (3, "Xã", "unknown_roster_place"),
        (4, "Phân loại", "bad_cell_standing"), (4, "Số nhân khẩu", "bad_cell_count"), (4, "Năm sinh",
        "bad_cell_date"), (4, "Xã", "unknown_roster_place"),
    }  # fmt: skip
    for lang in ("vi", "en"):
        assert SECRET not in "".join(complaint.text(lang) for complaint in caught.value.complaints)


def test_identity_leaves_no_trace_in_memory(tmp_path):
    name, number = SECRET[::-1], "".join(reversed("432100560830"))  # strings that no source holds
    path = write(tmp_path / "list.csv", ["Họ và tên chủ hộ", "Phân loại", "Số CCCD"], [name, "nghèo", number])
    marks = (hash(name), hash(number))
    del name, number
    roster = read_roster(path, 2024, ["A"])
    gc.collect()
    assert len(roster) == 1
    assert not any(type(held) is str and hash(held) in marks for thing in gc.get_objects() for held in gc.get_referents(thing))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_template_is_a_list_that_can_be_read(tmp_path, lang, suffix):
    path = tmp_path / f"list{suffix}"
    path.write_bytes(template_of(suffix, lang))
    roster = read_roster(path, 2024, ["A"])
    assert set(roster.values) == {name for name, entry in items().items() if entry["kind"] != "text"}
    assert roster.values["standing"].tolist() == [Standing.POOR, Standing.NEAR_POOR]


def test_no_heading_stands_for_two_items_and_none_identifies():
    aliases = [fold(alias) for entry in items().values() for lang in ("vi", "en") for alias in entry[lang]]
    assert len(aliases) == len(set(aliases))
    assert not any(identifies(alias) for alias in aliases)
    assert all(identifies(heading) for heading in ("Họ và tên", "HỌ TÊN CHỦ HỘ", "Số CCCD", "Điện thoại liên hệ", "Chủ hộ", "Name"))
