"""A scenario with its commune's own list: counts come from the list, and the run's identity from what the list tells."""

from __future__ import annotations

import shutil

from sim.scenario.read import read_scenario
from tests.small import ROOT

FILES = ("hoang_kim_list.yaml", "hoang_kim_list.csv", "hoang_kim_2024.yaml")


def copy(tmp_path):
    shutil.copytree(ROOT / "scenarios" / "base", tmp_path / "base")
    for name in FILES:
        shutil.copy(ROOT / "scenarios" / name, tmp_path / name)
    return tmp_path / "hoang_kim_list.yaml"


def test_a_place_takes_its_counts_from_the_list():
    place = read_scenario(ROOT / "scenarios" / "hoang_kim_list.yaml").places[0]
    assert (place.households, place.poor, place.near_poor) == (1572, 25, 26)
    assert place.sources["poor"].reference == "hoang_kim_list.csv"


def test_the_lists_content_and_not_its_file_makes_the_run(tmp_path):
    path = copy(tmp_path)
    whole = read_scenario(path)
    assert whole.resolved == read_scenario(ROOT / "scenarios" / "hoang_kim_list.yaml").resolved
    lines = (tmp_path / "hoang_kim_list.csv").read_text(encoding="utf-8-sig").splitlines()
    (tmp_path / "hoang_kim_list.csv").write_text("\r\n".join(line.replace(",", ";") for line in lines), encoding="utf-16")
    assert read_scenario(path).resolved == whole.resolved
    (tmp_path / "hoang_kim_list.csv").write_text("\n".join([*lines[:-1], lines[-1].replace("Kinh", "Thái")]), encoding="utf-8")
    assert read_scenario(path).resolved != whole.resolved
