"""Results on disk: a run's folder is written beside its place and renamed, whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.studies.judging import judge_all
from sim.studies.results import Results

# What a repeat of the run must give again to the byte; charts and the manifest (which holds times) may be redrawn.
SAME_FILES = ("measures.parquet", "flows.parquet", "ledger.parquet", "targets.csv")
MANIFEST = "manifest.json"
Draw = Callable[[Results, Path, Callable[[], None]], None]


class StoreError(Exception):
    """Results could not be written: the folder and why (see :func:`reason_of`). Commands answer it with exit code 3."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"cannot write results to {folder}: {reason}")

    def __reduce__(self) -> tuple[Any, ...]:
        """How it travels from a worker's process."""
        return type(self), (self.folder, self.reason)


class RepeatDiffersError(Exception):
    """The same run gave other figures than the folder holds: a fault of the program or a changed folder."""

    def __init__(self, folder: Path, files: tuple[str, ...]) -> None:
        self.folder, self.files = folder, files
        super().__init__(f"a repeat of the run in {folder} differs from it: {', '.join(files)}")


def prepare(out: Path) -> None:
    """Make the results folder and try it, so that a long run does not end before a locked door; raises StoreError."""
    trial = Path(out) / f".trial-{os.getpid()}"
    try:
        Path(out).mkdir(parents=True, exist_ok=True)
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as fault:
        raise StoreError(Path(out), reason_of(fault)) from fault


def save(results: Results, out: Path, draw: Draw | None = None) -> Results:
    """Write all files of a run under ``out/<scenario>/<run>/`` and return the results with their folder.

    ``draw(results, folder, meanwhile)`` adds charts and calls ``meanwhile``, which writes the tables, once others draw. If the
    folder is there already, its figures must equal these: RepeatDiffersError otherwise. StoreError if the disk is full or
    locked; nothing half-written is left then.
    """
    final = Path(out) / results.frame.key / results.run_id
    placed = replace(results, folder=final)

    def write(folder: Path) -> None:
        if draw is None:
            _write(placed, folder)
        else:
            draw(placed, folder, lambda: _write(placed, folder))

    put_whole(final, write, SAME_FILES)
    return placed


def put_whole(final: Path, write: Callable[[Path], None], same_files: Sequence[str]) -> None:
    """Let ``write`` fill a folder beside ``final`` and rename it; raises StoreError and RepeatDiffersError as :func:`save` does.

    Where ``final`` is there already, its ``same_files`` must equal the new ones.
    """
    beside = final.with_name(f".{final.name}.{os.getpid()}.partial")
    try:
        beside.mkdir(parents=True, exist_ok=False)
        write(beside)
        _put_in_place(beside, final, same_files)
    except OSError as fault:
        raise StoreError(final, reason_of(fault)) from fault
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Write one file beside its place and rename it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise StoreError(path, reason_of(fault)) from fault


def _write(results: Results, folder: Path) -> None:
    """All data files of a run; what Parquet needs is imported here, while others draw."""
    from sim.studies import tables

    tables.write_parquet(tables.measures_by_mix(results), folder / "measures.parquet")
    tables.write_parquet([tables.flows_table(results)], folder / "flows.parquet")
    tables.write_parquet([tables.ledger_table(results)], folder / "ledger.parquet")
    tables.write_targets(results, judge_all(results), folder / "targets.csv")
    text = json.dumps(results.manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _put_in_place(beside: Path, final: Path, same_files: Sequence[str]) -> None:
    """Rename ``beside`` to ``final``; where an earlier run stands there, only after its figures proved equal.

    An equal repeat brings its own charts and manifest and leaves the charts of the other language where they are.
    """
    if not final.exists():
        beside.rename(final)
        return
    present = [name for name in same_files if (final / name).exists()]
    differing = tuple(name for name in present if (final / name).read_bytes() != (beside / name).read_bytes())
    if differing:
        raise RepeatDiffersError(final, differing)
    for path in sorted(beside.iterdir()):
        path.replace(final / path.name)


def reason_of(fault: OSError) -> str:
    """The name of the system's error, such as ``ENOSPC``, or its own words."""
    return errno.errorcode.get(fault.errno or 0, "") or str(fault)
