"""Interrupting ``run`` at any moment, by any signal, and going on: the same bytes as if nothing had happened."""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import pytest

from sim.cli import app
from sim.studies.store import SAME_FILES
from tests.studies.fake_engine import FakeSimulation, scenario

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked")
KILLS = 20
PAUSE = 0.004  # of a quarter
UNBROKEN_SECONDS = 1.0  # roughly what a run takes: kills fall within it
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)


class SlowSimulation(FakeSimulation):
    """The stand-in for the engine, in no hurry."""

    def quarter(self) -> None:
        """One quarter."""
        time.sleep(PAUSE)
        super().quarter()


@pytest.fixture
def begin(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Begins ``thoatngheo run`` on a slow stand-in for the engine in a process group of its own, as a terminal does."""
    for name in ("sim.studies.run_into", "sim.charts.drawing", "sim.cli.sizes"):
        import_module(name)  # once here, not in every process
    monkeypatch.setattr("sim.scenario.read.read_scenario", lambda file: scenario(households=120, poor=6, follow=1, replications=12))
    monkeypatch.setattr("sim.studies.run.simulation_class", lambda: SlowSimulation)
    monkeypatch.setattr("sim.studies.crew.is_compiled_before", lambda: True)
    monkeypatch.setattr("sim.cli.run.tell_of_compiling", lambda lang: False)
    monkeypatch.setattr("sim.cli.run._read_libraries", lambda: None)
    monkeypatch.setattr("sim.charts.drawing.draw_beside", lambda results, words, folder, meanwhile: meanwhile())

    def call(out: Path, *options: str):
        told = out.parent / "told"
        told.unlink(missing_ok=True)
        process = get_context("fork").Process(target=_run, args=(["run", "plan.yaml", "--out", str(out), *options], told))
        process.start()
        while not told.exists():
            time.sleep(0.001)
        return process

    return call


def _run(arguments: list[str], told: Path) -> None:
    """What the process does; its words go to a file."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell makes its background jobs deaf to it
    sys.stderr = told.open("w", encoding="utf-8", buffering=1)
    app.main([*arguments, "--quiet"])


def end(process) -> int:
    """Its exit code."""
    process.join(30)
    assert process.exitcode is not None
    return process.exitcode


def bytes_of(out: Path) -> list[bytes]:
    (folder,) = [path for path in (out / "hoang_kim_2024").iterdir() if not path.name.startswith(".")]
    return [(folder / name).read_bytes() for name in SAME_FILES]


def test_twenty_random_kills_change_nothing(begin, tmp_path: Path) -> None:
    assert end(begin(tmp_path / "unbroken")) == 0
    expected, luck = bytes_of(tmp_path / "unbroken"), random.Random(20)
    out, kills, wholes = tmp_path / "out", 0, 0
    while kills < KILLS:
        process, sent = begin(out, "--resume", "--threads", str(luck.choice((1, 2)))), luck.choice(SIGNALS)
        process.join(luck.uniform(0.02, UNBROKEN_SECONDS))
        if process.exitcode is None:
            # Ctrl-C in a terminal goes to the whole group; others to the process alone.
            (os.killpg if sent == signal.SIGINT else os.kill)(process.pid, sent)
            kills += 1
        code = end(process)
        assert code in (0, 3, -sent), (tmp_path / "told").read_text()
        if code != -signal.SIGKILL:
            assert not list(out.rglob("*.partial"))
        if code == 0:
            assert bytes_of(out) == expected
            wholes += 1
            out = tmp_path / f"out{wholes}"
    assert end(begin(out, "--resume")) == 0
    assert bytes_of(out) == expected
    assert [path.name for path in (out / "hoang_kim_2024").iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(("lang", "words"), [("vi", "Chạy tiếp bằng: "), ("en", "Go on with: ")])
def test_a_stopped_run_says_how_to_go_on(begin, tmp_path: Path, lang: str, words: str) -> None:
    process = begin(tmp_path / "out", "--lang", lang, "--replications", "10")
    while not list(tmp_path.rglob("*.block")):
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGTERM)
    assert end(process) == 3
    (again,) = re.findall(f"{words}(.*)", (tmp_path / "told").read_text())
    assert again == f"thoatngheo run plan.yaml --resume --replications 10 --out {tmp_path / 'out'} --lang {lang}"
    assert end(begin(tmp_path / "out", "--replications", "10", "--resume")) == 0


@pytest.mark.parametrize(("lang", "words"), [("vi", "Một lần chạy khác (tiến trình"), ("en", "Another run (process")])
def test_two_runs_into_one_folder_cannot_mix(begin, tmp_path: Path, lang: str, words: str) -> None:
    first = begin(tmp_path / "out")
    while not list(tmp_path.rglob("lock")):
        time.sleep(0.01)
    time.sleep(0.05)
    second = begin(tmp_path / "out", "--lang", lang)
    assert end(second) == 3
    assert words in (tmp_path / "told").read_text() and str(first.pid) in (tmp_path / "told").read_text()
    assert end(first) == 0


def test_nothing_to_go_on_from_is_told(begin, tmp_path: Path) -> None:
    assert end(begin(tmp_path / "out", "--resume", "--lang", "en")) == 0
    assert "There is nothing to go on from" in (tmp_path / "told").read_text()
    (tmp_path / "out" / "hoang_kim_2024" / ".0123456789.blocks").mkdir()
    assert end(begin(tmp_path / "out", "--resume", "--lang", "vi", "--seed", "9")) == 0
    assert "thuộc lần chạy khác" in (tmp_path / "told").read_text()


def test_the_children_of_a_killed_run_end_with_it(begin, tmp_path: Path) -> None:
    process = begin(tmp_path / "out", "--threads", "2")
    while not list(tmp_path.rglob("*.block")):
        time.sleep(0.01)
    children = _children(process.pid)
    assert children
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    patience = time.monotonic() + 5
    while time.monotonic() < patience and any(_runs(child) for child in children):
        time.sleep(0.02)
    assert not any(_runs(child) for child in children)


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False
