"""The notebooks run from top to bottom, are committed with what they show, and read in both languages."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from matplotlib.figure import Figure

from sim.report import shown
from sim.studies import sensitivity

ROOT = Path(__file__).parents[1]
BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FIRST, SECOND, THIRD = BOOKS


def cells(book: Path, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(book.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


@pytest.fixture
def execute(tmp_path, monkeypatch):
    """What a notebook's code leaves behind when it is run in a copy of its folder, beside the scenarios."""
    for folder in ("notebooks", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("giai_phap", "__pycache__"))
    monkeypatch.chdir(tmp_path / "notebooks")

    def run(book: Path) -> dict[str, Any]:
        names: dict[str, Any] = {"__name__": "__main__"}
        for number, cell in enumerate(cells(book, "code"), 1):
            exec(compile(source(cell), f"{book.name}[{number}]", "exec"), names)
        return names

    return run


def test_a_first_plan(execute):
    names = execute(FIRST)
    assert names["results"].frame.replications == 40 and set(names["targets"]["mix"]) == {"plan"}
    assert (names["targets"].set_index("name").loc["fall", "probability"]) < 0.5
    assert names["answer"].rows("targets")[0].name == "fall"
    assert names["mine"].households == 2100 and names["mine"].key == "xa_cua_toi"
    assert len(names["mine_results"].table("targets")) == 2
    assert names["now"].frame.replications == 60 and len(names["now"].causes)
    assert str(names["early"].signed) == "2024 Q1" and "tin_dung_va_nghe" in names["early"].mixes
    assert "`housing`" in names["told"]


def test_comparing_mixes_for_son_la(execute, monkeypatch):
    """The fewest runs that each part of the sensitivity study may have: what is shown took a minute."""
    monkeypatch.setattr(sensitivity.Sizes, "of", classmethod(lambda cls, replications, rows: cls(4, 2, 2, 4)))
    names = execute(SECOND)
    assert names["small"].one_for == 120 and len(names["small"].targets) == 2
    assert set(names["compared"].differences["mix"]) == {"plan", "credit_only"}
    households = names["rows"].set_index("mix")["mean"]
    assert households["plan"] < 0  # fewer poor households than without a plan
    assert {"growth", "livelihood_models", "preferential_credit"} <= set(names["shared"].contributions["player"])
    assert {"drought_year", "growth_low"} <= set(names["tried"].outcomes["future"])
    assert names["why"].main and len(names["why"].split)
    assert set(names["best"].fresh["division"]) >= {"today", "best"}


def test_a_lever_of_your_own(execute):
    names = execute(THIRD)
    assert "farm_tools" in names["mine"].mixes["them_nong_cu"].levers
    assert names["served"]["value"].mean() > 0
    assert names["spent"]["value"].sum() == pytest.approx(6_000_000 * names["served"]["value"].sum())
    assert {"them_nong_cu"} == set(names["compared"].differences["mix"])
    assert "farm_tools" in names["told"]
    assert {path.name for path in Path("giai_phap").glob("farm_tools.*")} == {"farm_tools.py", "farm_tools.yaml"}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_each_text_is_vietnamese_first_with_its_english(book):
    for cell in cells(book, "markdown"):
        *vietnamese, english = source(cell).strip().split("\n\n") if "\n\n" in source(cell) else source(cell).strip().split("\n")
        assert vietnamese and re.search(r"[ăâđêôơưàáảãạằắặầấậèéẻẽẹềếệìíịòóỏọồốộờớợùúủũụừứựỳý]", "".join(vietnamese).lower()), source(cell)
        assert re.fullmatch(r"\*[^*].*[^*]\*", english.rpartition("\n")[2], re.DOTALL), source(cell)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_it_is_committed_as_it_was_run_and_says_nothing_of_the_machine(book):
    text = book.read_text(encoding="utf-8")
    whole = json.loads(text)
    assert whole["metadata"]["kernelspec"] == {"display_name": "Python 3", "language": "python", "name": "python3"}
    code = cells(book, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert {output["output_type"] for cell in code for output in cell["outputs"]} <= {"execute_result", "display_data", "stream"}
    assert sum("image/png" in output.get("data", {}) for cell in code for output in cell["outputs"]) >= (0 if book == THIRD else 1)
    assert not re.search(r'(?<![\w.])/(home|root|tmp|work|usr|Users)/|[A-Z]:\\\\|"execution"|warning', text, re.IGNORECASE)
    assert len(text) < 600_000


def test_a_chart_appears_under_the_cell_and_only_there(monkeypatch):
    seen: list[bytes] = []
    jupyter = SimpleNamespace(display=seen.append, Image=lambda data: data)
    monkeypatch.setitem(sys.modules, "IPython.display", jupyter)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None, version_info=(9, 0)))
    shown._show(Figure())
    assert seen == []
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=1), version_info=(9, 0)))
    shown._show(Figure())
    assert len(seen) == 1 and seen[0].startswith(b"\x89PNG")
