"""An environment of its own for each peer, in the user's cache: made on first use from the pins in ``requirements/``."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements")
OURS = "ours"


def home() -> Path:
    """Where the environments lie: ``$THOATNGHEO_BENCH``, else ``~/.cache/thoatngheo-bench``."""
    return Path(os.environ.get("THOATNGHEO_BENCH") or Path.home() / ".cache" / "thoatngheo-bench")


def interpreter(name: str) -> str:
    """The Python of an environment; for ``ours`` the one that runs this. CalledProcessError if it cannot be installed."""
    if name == OURS:
        return sys.executable
    pins = REQUIREMENTS / f"{name}.txt"
    digest = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()[:10]
    folder = home() / f"{name}-{digest}"
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        print(f"installing the environment of {name} in {folder}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", str(pins)], check=True, stderr=subprocess.DEVNULL)
        done.touch()
    return str(python)


def packages(name: str) -> list[str]:
    """What is installed in it, ``name==version`` each, sorted."""
    asked = "import importlib.metadata as m; print(*{f\"{d.metadata['Name']}=={d.version}\" for d in m.distributions()}, sep='\\n')"
    run = subprocess.run([interpreter(name), "-c", asked], check=True, capture_output=True, text=True)
    return sorted(run.stdout.split(), key=str.lower)
