"""What a run was made of: the resolved scenario, seeds, versions, machine and times, and the run's name."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGE = "thoatngheo"
NAME_DIGITS = 10  # of a run's name, the first of its hash
LIBRARIES = ("numpy", "numba", "llvmlite", "pyarrow", "matplotlib", "pydantic", "PyYAML", "rich", "typer", "mesa")
# Only these can change a figure; the run's name depends on them, so that another chart library names no other run.
COUNTING = ("numpy", "numba", "llvmlite", "pyarrow")


def installed(name: str) -> str:
    """Version of an installed distribution, empty if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@cache
def source_hash() -> str:
    """SHA-256 over the program's own modules and data files: law, evidence and rules of this very copy."""
    return digest_of_files(Path(__file__).parents[1], without=("cli", "charts", "report"))  # how results look changes no result


def digest_of_files(root: Path, without: Sequence[str] = ()) -> str:
    """SHA-256 over the names and contents of all modules and data files below ``root``, but for the folders ``without``."""
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".yaml")):
        if path.relative_to(root).parts[0] not in without:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """What the figures of a run depend on beside its scenario."""
    return {PACKAGE: installed(PACKAGE), "source": source_hash(), **{name: installed(name) for name in COUNTING}}


def plain(value: Any) -> Any:
    """A form of ``value`` that JSON can hold; what it cannot is named by its text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in (sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def digest_of(data: Any) -> str:
    """SHA-256 of plain data, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(plain(data), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def identity(resolved: Mapping[str, Any], seed: int, replications: int, mixes: tuple[str, ...], levers: Path | None = None) -> str:
    """SHA-256 that stands for a run: the same for the same scenario, mixes, seed, replications, versions and own ``levers`` folder."""
    whole = {"scenario": resolved, "seed": seed, "replications": replications, "mixes": list(mixes), "versions": versions()}
    return digest_of(whole if levers is None else {**whole, "levers": digest_of_files(levers)})


def run_id(resolved: Mapping[str, Any], seed: int, replications: int, mixes: tuple[str, ...], levers: Path | None = None) -> str:
    """Ten hex digits that name a run."""
    return identity(resolved, seed, replications, mixes, levers)[:NAME_DIGITS]


def describe_run(resolved: Mapping[str, Any], frame: Mapping[str, Any], run: str, started: datetime, threads: int) -> dict[str, Any]:
    """The manifest of a finished run; times are in UTC."""
    finished = datetime.now(UTC)
    return {
        "run": run,
        "scenario_hash": digest_of(resolved),
        "versions": versions(),
        "libraries": {name: installed(name) for name in LIBRARIES},
        "machine": {
            "python": platform.python_version(),
            "system": platform.system(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "threads": threads,
        },
        "started": started.isoformat(timespec="seconds"),
        "seconds": round((finished - started).total_seconds(), 3),
        "frame": plain(frame),
        "scenario": plain(resolved),
    }
