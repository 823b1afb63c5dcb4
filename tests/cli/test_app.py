"""The command line as a whole: quick help, both languages, and an exit code for every end."""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

import sim
from sim.cli import app, lazy
from sim.kit.complaints import Complaint, InputError

ROOT = Path(__file__).parents[2]
HEAVY = {"numpy", "numba", "pandas", "matplotlib", "pyarrow", "scipy", "mesa", "pydantic"}


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def loaded_after(statement: str) -> set[str]:
    """Heavy packages that a fresh interpreter has loaded after a statement."""
    result = python("-c", f"import sys\n{statement}\nprint(*sys.modules, file=sys.stderr)")
    return HEAVY & set(result.stderr.split())


def test_help_is_quick():
    def seconds() -> float:
        started = time.perf_counter()
        result = python("-m", "sim", "--help")
        assert result.returncode == 0 and all(name in result.stdout for name in lazy.COMMANDS)
        return time.perf_counter() - started

    assert min(seconds() for _ in range(3)) < 0.6


def test_help_loads_nothing_heavy():
    assert loaded_after("from sim.cli.app import run\nrun(['--help'], 'vi')") - {"pydantic"} == set()


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_after("import sim") == set()
    assert loaded_after("import sim.kit.columns") <= {"numpy"}


@pytest.mark.parametrize("name", sim.__all__)
def test_a_public_name_is_there(name):
    assert getattr(sim, name) is not None and name in dir(sim)


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="povertymodel"):
        _ = sim.povertymodel


@pytest.mark.parametrize("name", lazy.COMMANDS)
def test_a_command_speaks_both_languages(name, capsys):
    vietnamese, _, english = lazy.summary(name).partition(" / ")
    assert vietnamese and english
    own_name = name.replace("-", "_")
    assert callable(getattr(importlib.import_module(f"sim.cli.{own_name}"), own_name))
    assert app.run([name, "--help"], "vi") == 0
    assert "--lang" in capsys.readouterr().out


@pytest.fixture
def fails(monkeypatch):
    """A command that ends as it is told to."""

    def make(error: BaseException):
        def command() -> None:
            raise error

        alone = typer.Typer(add_completion=False)
        alone.command("new")(command)
        monkeypatch.setattr(lazy, "load", lambda name: typer.main.get_command(alone))

    return make


def cut_off() -> SystemExit:
    """How rich ends a command whose output nobody reads any longer."""
    end = SystemExit(1)
    end.__context__ = BrokenPipeError()
    return end


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (InputError([Complaint("empty_file", "x.yaml")]), 2, "x.yaml"),
        (KeyboardInterrupt(), 3, "dừng"),
        (MemoryError(), 3, "bộ nhớ"),
        (RuntimeError("boom"), 1, "--traceback"),
        (typer.Exit(2), 2, ""),
        (cut_off(), 0, ""),
    ],
)
def test_every_end_has_its_code(fails, capsys, error, code, words):
    fails(error)
    assert app.run(["new"], "vi") == code
    told = capsys.readouterr().err
    assert words in told and "Traceback" not in told


def test_a_traceback_is_shown_to_who_asks(fails, monkeypatch):
    fails(RuntimeError("boom"))
    with pytest.raises(RuntimeError, match="boom"):
        app.main(["new", "--traceback"])
    monkeypatch.setenv(app.ASKED_BY, "1")
    with pytest.raises(RuntimeError, match="boom"):
        app.main(["new"])
    monkeypatch.setenv(app.ASKED_BY, "0")
    with pytest.raises(SystemExit) as end:
        app.main(["new"])
    assert end.value.code == 1


@pytest.mark.parametrize(
    ("line", "vietnamese", "english"),
    [
        ("chek x.yaml", "ý là check", "mean check"),
        ("check", "thiếu FILE", "FILE is missing"),
        ("check x.yaml y", "thừa y", "y is too much"),
        ("check x.yaml --langg vi", "ý là --lang", "mean --lang"),
        ("explain x.yaml --replication one", "phải là số nguyên", "whole number"),
        ("explain x.yaml --replication -1", "--replication", "--replication"),
        ("run x.yaml --replications 0", "--replications không dùng được (phải từ 1)", "--replications cannot be that (it must be at"),
        ("run x.yaml --replications 100001", "(nhiều nhất là 100000)", "(it may be at most 100000)"),
        ("run x.yaml --replications 1.5", "phải là số nguyên", "whole number"),
        ("run x.yaml --seed -1", "--seed không dùng được (phải từ 0)", "--seed cannot be that (it must be at least 0)"),
        ("run x.yaml --seed 9223372036854775808", "nhiều nhất là 9223372036854775807", "at most 9223372036854775807"),
        ("run x.yaml --threads 0", "--threads không dùng được (phải từ 1)", "--threads cannot be that (it must be at least 1)"),
        ("run", "thiếu FILE", "FILE is missing"),
        ("run x.yaml --lang fr", "--lang", "--lang"),
    ],
)
def test_a_wrong_line_is_told_in_either_language(line, vietnamese, english, capsys):
    for lang, words in (("vi", vietnamese), ("en", english)):
        assert app.run(line.split(), lang) == 2
        assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "lang"),
    [("run x --lang en", "en"), ("run x --lang=en", "en"), ("run x", "vi"), ("run x --lang", "vi"), ("run --lang fr", "vi")],
)
def test_the_language_is_known_before_anything_else(line, lang):
    assert app.language_of(line.split()) == lang


def test_a_missing_file_ends_with_two(capsys):
    for name in ("check", "explain", "run"):
        assert app.run([name, "no_such_file.yaml"], "vi") == 2
        assert "không có tệp này" in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "words"), [("vi", "một thư mục"), ("en", "a folder, not a file")])
def test_a_folder_for_a_file_ends_with_two(lang, words, tmp_path, capsys):
    for name in ("check", "explain", "run"):
        assert app.run([name, str(tmp_path), "--lang", lang], lang) == 2
        assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("lang", "words"), [("vi", "Không ghi được kết quả"), ("en", "Results cannot be written")])
def test_results_that_cannot_be_written_end_with_three_before_the_run(lang, words, tmp_path, capsys):
    scenario = ROOT / "scenarios" / "hoang_kim_2024.yaml"
    taken = tmp_path / "file"
    taken.write_text("")
    for out in (taken, taken / "below", tmp_path / ("a" * 300)):
        assert app.run(["run", str(scenario), "--out", str(out), "--lang", lang], lang) == 3
        told = capsys.readouterr()
        assert words in told.err and not told.out
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_first_run_is_told(monkeypatch, capsys):
    from sim.cli.compiling import FIRST_RUN, tell_of_compiling

    monkeypatch.setattr("sim.kit.compiling.is_compiled_before", lambda: False)
    assert tell_of_compiling("vi") and FIRST_RUN["vi"] in capsys.readouterr().err
    monkeypatch.setattr("sim.kit.compiling.is_compiled_before", lambda: True)
    assert not tell_of_compiling("en") and not capsys.readouterr().err


def test_warmup_says_what_it_does(capsys):
    assert app.run(["warmup", "--lang", "en"], "en") == 0
    told = capsys.readouterr().out
    assert "seconds" in told or "nothing to compile" in told
