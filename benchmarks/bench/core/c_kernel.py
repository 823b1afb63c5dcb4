"""The core step in C with OpenMP, compiled for this processor when first asked for; the choice of the year end is NumPy's."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from bench.core import task

SOURCE = Path(__file__).with_name("step.c")
FLAGS = ("-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC")
NAMES = ("PERSISTENCE", "NOISE", "PASSING", "ELASTICITY", "GARDEN", "USUAL", "WEAR", "SAVED", "NEEDS", "SHOCK", "KEPT", "LOSS", "LINE")


def compiled() -> ctypes.CDLL:
    """The library, built in a temporary folder; FileNotFoundError where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise FileNotFoundError("no C compiler")
    macros = [f"-D{name}={float(getattr(task, name))!r}f" for name in NAMES]
    macros += [f"-DSERVICES={task.SERVICES}", f"-DLACKING={task.LACKING}", "-DGAIN={" + ",".join(f"{g!r}f" for g in task.GAIN) + "}"]
    library = Path(tempfile.mkdtemp(prefix="core-step-")) / "step.so"
    subprocess.run([compiler, *FLAGS, *macros, str(SOURCE), "-o", str(library), "-lmvec", "-lm"], check=True)
    return ctypes.CDLL(str(library))


def pointer(array: np.ndarray) -> ctypes.c_void_p:
    """Where an array lies."""
    return ctypes.c_void_p(array.ctypes.data)


class Model:
    """All households as columns; services as bits."""

    def __init__(self, households: int, seed: int):
        begin, self.library = task.start(households), compiled()
        self.seed, self.quarter = seed, 0
        self.ability, self.z, self.assets = (begin[name].copy() for name in ("ability", "z", "assets"))
        self.services = (begin["services"].astype(np.int32) << np.arange(task.SERVICES)[:, None]).sum(axis=0, dtype=np.int32)
        self.income, self.year = np.zeros(households, dtype=np.float32), np.zeros(households, dtype=np.float32)
        self.poor, self.grants = np.zeros(households, dtype=np.uint8), np.zeros(households, dtype=np.int32)

    def step(self) -> None:
        """One quarter of everybody."""
        n, words = ctypes.c_long(len(self.z)), [ctypes.c_uint32(word) for word in (self.quarter, self.seed, 0)]
        columns = (self.ability, self.z, self.assets, self.services, self.income, self.year)
        self.library.quarter(n, *words, *map(pointer, columns))
        self.quarter += 1
        if self.quarter % task.QUARTERS == 0:
            self.library.review(n, *map(pointer, (self.services, self.year, self.poor)))
            self.transfer()
            self.year[:] = 0.0

    def transfer(self) -> None:
        """Grants to the poorest of the poor, as far as the budget goes."""
        poor = np.flatnonzero(self.poor)
        served = poor[np.argsort(self.year[poor])[: len(self.z) * task.BUDGET // 100]]
        self.assets[served] += np.float32(task.GRANT)
        self.grants[served] += 1

    def final(self) -> dict[str, np.ndarray]:
        """What the summary asks for."""
        return task.final_of_bits(self)
