"""The benchmarks: peers tell the same step, stored results are whole, and the page is what the stored results say."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results"
PATHS = os.pathsep.join([str(ROOT / "benchmarks"), str(ROOT)])
HOUSEHOLDS, MANY, QUARTERS = 4000, 100_000, 8
EXPECTED = {
    "core step": {"ours", "Mesa", "NumPy", "mesa-frames", "Starsim", "C with OpenMP"},
    "core step, larger": {"ours", "NumPy", "mesa-frames", "Starsim", "C with OpenMP"},
    "full model": {"ours", "Mesa"},
    "household stages": {"ours", "NumPy"},
}


@pytest.fixture(scope="module", autouse=True)
def _on_the_path():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield
    sys.path.remove(str(ROOT / "benchmarks"))


def summary_of(name: str, households: int = HOUSEHOLDS) -> dict[str, list[float]]:
    """What a peer of the core step ends with."""
    from importlib import import_module

    from bench.core import task

    model = import_module(f"bench.core.{name}").Model(households, 5)
    for _ in range(QUARTERS):
        model.step()
    return task.summary(model.final())


COMPILER = pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler")


@pytest.mark.parametrize("name", ["arrays", "plain", "mesa_model", pytest.param("c_kernel", marks=COMPILER)])
def test_peers_tell_the_same_core_step(name):
    from bench.core import task

    assert task.disagreements(summary_of("ours"), summary_of(name)) == []


@pytest.mark.parametrize(("number", "value"), [("SHOCK", 0.07), ("LINE", 1700.0), ("GRANT", 15000.0), ("PERSISTENCE", 0.9)])
def test_a_step_told_differently_is_noticed(number, value, monkeypatch):
    from bench.core import task

    right = summary_of("ours", MANY)
    monkeypatch.setattr(task, number, value)
    assert task.disagreements(right, summary_of("arrays", MANY))


PROBE = """
import json, sys
from importlib import import_module
module = import_module(f"bench.full.{sys.argv[1]}")
from bench.full import task
model = module.Model(sys.argv[2], 3)
for _ in range(int(sys.argv[3])):
    model.step()
print(json.dumps(task.summary(model.final())))
"""


def full_summary(module: str, start: Path, quarters: int) -> dict[str, list[float]]:
    """What a peer of the full model ends with: in a process of its own, for it changes what is imported."""
    command = [sys.executable, "-c", PROBE, module, str(start), str(quarters)]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": PATHS}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def start(tmp_path_factory) -> Path:
    """A start of two communes."""
    from bench.full import task

    return task.save(task.begin(1600), tmp_path_factory.mktemp("start"))


@pytest.mark.parametrize(("peer", "ours", "quarters"), [("mesa_model", "ours", 5), ("quarter_arrays", "quarter_ours", 6)])
def test_peers_tell_the_same_full_model(start, peer, ours, quarters):
    """The Mesa model with levers, review and 1 January, and the household stages in whole arrays."""
    from bench.core.task import disagreements

    assert disagreements(full_summary(ours, start, quarters), full_summary(peer, start, quarters)) == []


def test_operations_are_counted(start):
    run = subprocess.run([sys.executable, "-m", "bench.count_operations", str(start), "20"], cwd=ROOT,
                         env={**os.environ, "PYTHONPATH": PATHS}, capture_output=True, text=True, check=True)
    counted = json.loads(run.stdout)
    assert counted["random words"] == pytest.approx(11, abs=0.5)  # events, eight members, earning, living; now and then a venture
    assert 1.9 < counted["normal numbers"] < 2.5  # two, and one for an illness
    assert counted["bytes of columns, read and written"] > 150


def test_stored_results_are_whole():
    from bench.rounds import COLUMNS

    with (RESULTS / "peers.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["comparison"], set()).add(row["peer"])
    assert found == EXPECTED
    stored = json.loads((RESULTS / "peers.json").read_text(encoding="utf-8"))
    assert stored["disagreements"] == []
    assert {"processor", "cores", "memory_gb", "system", "python", "compiler", "commit", "date"} <= set(stored["machine"])
    assert stored["versions"]["starsim"] and stored["versions"]["mesa_frames"]
    assert stored["floor"]["floor_ns"] == pytest.approx(sum(part["ns"] for part in stored["floor"]["parts"]), rel=0.1)


def test_the_page_says_what_is_stored():
    from bench import page

    assert page.PAGE.read_text(encoding="utf-8") == page.text()


def test_page_holds_what_common_random_numbers_pay():
    from common_random_numbers import PAGE, table

    assert table() in PAGE.read_text(encoding="utf-8")
