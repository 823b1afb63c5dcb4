"""The machine, the day and the state of the source, as stored beside every measurement."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def processor() -> str:
    """The processor's own name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def compiler() -> str:
    """The first line that the C compiler says of itself, or nothing."""
    try:
        run = subprocess.run(["cc", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run.stdout.splitlines()[0]


def commit() -> str:
    """The commit of the source, or nothing outside a repository."""
    run = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stdout.strip()


def peak_memory() -> float:
    """The most memory that this process has held, MB (not what its parent held before it, which getrusage would count in)."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    held = [float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return held[0] if held else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def describe() -> dict[str, Any]:
    """Processor, cores, memory, system, Python, compiler, load of the machine, commit and date."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": processor(), "cores": os.cpu_count(), "memory_gb": round(memory, 1), "system": platform.platform(),
        "python": platform.python_version(), "compiler": compiler(), "load_at_start": round(os.getloadavg()[0], 2),
        "commit": commit(), "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }  # fmt: skip
