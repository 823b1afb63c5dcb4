"""Two histories side by side: where they first part, and what is in them at all."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tests.oracle.world import Start

ROOT = Path(__file__).parents[2]
History = Mapping[str, np.ndarray]


def run_uncompiled(which: str, start: Start, folder: Path) -> dict[str, np.ndarray]:
    """The history of the ``oracle`` or the ``engine`` from a start, in a process of its own without compiler."""
    start_file, history_file = folder / "start.pickle", folder / f"{which}.npz"
    start_file.write_bytes(pickle.dumps(start))
    command = [sys.executable, "-m", "tests.oracle.run", which, str(start_file), str(history_file)]
    ran = subprocess.run(command, cwd=ROOT, env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    with np.load(history_file) as read:
        return dict(read)


def differences(one: History, other: History, most: int = 12) -> list[str]:
    """What differs in the first quarter in which anything does, in words; the ledger last. Equal means equal in every bit."""
    assert set(one) == set(other)
    found: list[str] = []
    for key in sorted(one, key=lambda key: (key == "ledger", key)):
        if found and key.split("/")[0] != found[0].split("/")[0]:
            break
        a, b = one[key], other[key]
        if a.shape != b.shape:
            found.append(f"{key}: {a.shape} and {b.shape}")
        elif a.dtype != b.dtype or a.tobytes() != b.tobytes():
            apart = [tuple(place) for place in np.argwhere(a != b).tolist()]
            example = "".join(f", at {at} {a[at]} and {b[at]}" for at in apart[:1])
            found.append(f"{key}: {a.dtype} and {b.dtype}, {len(apart)} apart{example}")
    return found[:most]


def seen(history: History, column: str) -> np.ndarray:
    """All values of a household column over the quarters of a history, one after the other along the last axis."""
    return np.concatenate([array for key, array in history.items() if key.endswith(f"/h/{column}")], axis=-1)
