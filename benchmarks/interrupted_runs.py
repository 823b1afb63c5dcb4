"""Interrupts ``thoatngheo run`` at random moments, by SIGINT, SIGTERM and SIGKILL, and goes on with ``--resume``.

Run from the project's folder, on a system that can fork: ``python benchmarks/interrupted_runs.py [KILLS]`` (200 unless said
otherwise; some five minutes on two cores). The command is called in processes forked from this one, which has read in the libraries.
Writes ``benchmarks/results/interrupted_runs.csv``: each kill, when it fell, how the process ended, how many replications were kept,
and whether the figures of the run that it belonged to equalled, byte for byte, those of one that nobody interrupted.
"""

from __future__ import annotations

import csv
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from multiprocessing import get_context
from multiprocessing.process import BaseProcess as Process
from pathlib import Path

import sim.charts.drawing
import sim.cli.run
import sim.studies.run_into  # noqa: F401
from sim.cli import app
from sim.cli.warmup import compile_all
from sim.studies.store import SAME_FILES

HERE = Path(__file__).parent
SCENARIO = HERE.parent / "scenarios" / "hoang_kim_2024.yaml"
FILE = HERE / "results" / "interrupted_runs.csv"
REPLICATIONS = 8
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
COLUMNS = ("kill", "run", "signal", "seconds", "exit_code", "replications_kept", "half_written_files", "same_bytes")


def begin(out: Path, threads: int, *options: str) -> Process:
    """The command, in a process and a process group of its own."""
    given = ["run", str(SCENARIO), "--replications", str(REPLICATIONS), "--threads", str(threads), "--out", str(out), "--quiet", *options]
    process = get_context("fork").Process(target=_run, args=(given,))
    process.start()
    return process


def _run(arguments: list[str]) -> None:
    """What the process does."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell makes its background jobs deaf to it
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as the process
    app.main(arguments)


def end(process: Process) -> int:
    """Its exit code."""
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def figures(out: Path) -> list[bytes]:
    """The files that must not differ."""
    (folder,) = [path for path in (out / SCENARIO.stem).iterdir() if not path.name.startswith(".")]
    return [(folder / name).read_bytes() for name in SAME_FILES]


def kept(out: Path) -> int:
    """Replications in the batches that lie in ``out``."""
    edges = [path.stem.partition("-") for path in out.rglob("*.block")]
    return len({number for first, _, stop in edges for number in range(int(first), int(stop))})


def kill(process: Process, luck: random.Random, longest: float) -> tuple[signal.Signals, float] | None:
    """Send one of the signals at a random moment; None if the process was faster. Ctrl-C goes to the whole group."""
    sent, moment = luck.choice(SIGNALS), luck.uniform(0.02, longest)
    process.join(moment)
    if process.exitcode is not None or process.pid is None:
        return None
    (os.killpg if sent == signal.SIGINT else os.kill)(process.pid, sent)
    return sent, moment


def study(kills: int, folder: Path) -> list[dict[str, object]]:
    """Rows of the file."""
    started = time.monotonic()
    assert end(begin(folder / "unbroken", 2)) == 0
    longest, expected = time.monotonic() - started, figures(folder / "unbroken")
    luck, rows, run = random.Random(200), [], 0
    while len(rows) < kills:
        out = folder / str(run)
        process = begin(out, luck.choice((1, 2)), "--resume")
        done = kill(process, luck, longest)
        code = end(process)
        if done is not None:
            half = 0 if done[0] == signal.SIGKILL else len(list(out.rglob("*.partial")))
            row = (len(rows) + 1, run, done[0].name, round(done[1], 2), code, kept(out), half, "")
            rows.append(dict(zip(COLUMNS, row, strict=True)))
        if code == 0:
            finish(rows, run, figures(out) == expected)
            shutil.rmtree(out)
            run += 1
    assert end(begin(folder / str(run), 2, "--resume")) == 0
    finish(rows, run, figures(folder / str(run)) == expected)
    return rows


def finish(rows: list[dict[str, object]], run: int, same: bool) -> None:
    """Note how the run ended with all its kills."""
    for row in rows:
        if row["run"] == run:
            row["same_bytes"] = same


def main() -> None:
    """Do it and write it down."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    compile_all()
    with tempfile.TemporaryDirectory() as folder:
        rows = study(kills, Path(folder))
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} kills in {len({row['run'] for row in rows})} runs; same bytes: {all(row['same_bytes'] for row in rows)}")
    print("signal and exit code:", dict(Counter((row["signal"], row["exit_code"]) for row in rows)))


if __name__ == "__main__":
    main()
