"""Interrupts ``thoatngheo run`` at random moments, by SIGINT, SIGTERM and SIGKILL, and goes on with ``--resume``.

Run from the project's folder: ``python benchmarks/interrupted_runs.py [KILLS]`` (200 unless said otherwise; some ten minutes on two
cores). Writes ``benchmarks/results/interrupted_runs.csv``: each kill, when it fell, how the process ended, how many replications
were kept, and whether the figures of the run that it belonged to equalled, byte for byte, those of one that nobody interrupted.
"""

from __future__ import annotations

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from sim.studies.store import SAME_FILES

HERE = Path(__file__).parent
SCENARIO = HERE.parent / "scenarios" / "hoang_kim_2024.yaml"
FILE = HERE / "results" / "interrupted_runs.csv"
REPLICATIONS = 8
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
COLUMNS = ("kill", "run", "signal", "seconds", "exit_code", "replications_kept", "half_written_files", "same_bytes")


def begin(out: Path, threads: int, *options: str) -> subprocess.Popen[bytes]:
    """The command, in a process group of its own."""
    command = [sys.executable, "-m", "sim", "run", str(SCENARIO), "--replications", str(REPLICATIONS), "--threads", str(threads)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, "--out", str(out), "--quiet", *options], start_new_session=True, cwd=HERE.parent, **quiet)


def figures(out: Path) -> list[bytes]:
    """The files that must not differ."""
    (folder,) = [path for path in (out / SCENARIO.stem).iterdir() if not path.name.startswith(".")]
    return [(folder / name).read_bytes() for name in SAME_FILES]


def kept(out: Path) -> int:
    """Replications in the batches that lie in ``out``."""
    edges = [path.stem.partition("-") for path in out.rglob("*.block")]
    return len({number for first, _, stop in edges for number in range(int(first), int(stop))})


def kill(process: subprocess.Popen[bytes], luck: random.Random, longest: float) -> tuple[signal.Signals, float] | None:
    """Send one of the signals at a random moment; None if the process was faster. Ctrl-C goes to the whole group."""
    sent, moment = luck.choice(SIGNALS), luck.uniform(0, longest)
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        (os.killpg if sent == signal.SIGINT else os.kill)(process.pid, sent)
        return sent, moment
    return None


def study(kills: int, folder: Path) -> list[dict[str, object]]:
    """Rows of the file."""
    started = time.monotonic()
    assert begin(folder / "unbroken", 2).wait() == 0
    longest, expected = time.monotonic() - started, figures(folder / "unbroken")
    luck, rows, run = random.Random(200), [], 0
    while len(rows) < kills:
        out = folder / str(run)
        process = begin(out, luck.choice((1, 2)), "--resume")
        done = kill(process, luck, longest)
        code = process.wait()
        if done is not None:
            half = 0 if done[0] == signal.SIGKILL else len(list(out.rglob("*.partial")))
            row = (len(rows) + 1, run, done[0].name, round(done[1], 2), code, kept(out), half, "")
            rows.append(dict(zip(COLUMNS, row, strict=True)))
        if code == 0:
            finish(rows, run, figures(out) == expected)
            shutil.rmtree(out)
            run += 1
    assert begin(folder / str(run), 2, "--resume").wait() == 0
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
