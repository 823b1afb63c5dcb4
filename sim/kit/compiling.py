"""Decorators for the compiled kernel: plain Python functions that Numba compiles unchanged.

``rule``   a scalar function, inlined into whatever calls it;
``stage``  loops over a block of rows, compiled on its own (one large function is three times slower). Without branches and with
           numbers read before the loop (``dynamics.frames.reader``) it takes sixteen rows at a time;
``entry``  what Python calls: the only function kept in the cache on disk.

With ``NUMBA_DISABLE_JIT=1`` all three leave the function as it is, and the same source gives the same bits.

Numba stamps a cached function only with its own file, so a rule changed in another file would run stale.
The cache folder is therefore named by a hash of every source that can be compiled.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba.core import config as _config
from numba.core import cpu as _cpu
from numba.core.compiler import Flags as _Flags
from numba.extending import register_jitable

F = TypeVar("F", bound=Callable[..., Any])

COMPILED_SOURCES = (
    *(f"kit/{name}.py" for name in ("cell_sums", "compiling", "double_maths", "draws", "gathering", "maths")),
    *(f"agents/{name}.py" for name in ("children", "members")),
    "dynamics",
    *(f"population/{name}.py" for name in ("conditions", "luck", "people", "relatives")),
    *(f"measures/{name}.py" for name in ("adding", "inequality")),
)


def source_hash(package: Path) -> str:
    """Sixteen hex digits that change with any compiled source, Numba or NumPy version."""
    digest = hashlib.sha256(numba.__version__.encode())
    for name in COMPILED_SOURCES:
        path = package / name
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """A folder of the user's own that can be written: the usual cache, else the temporary folder."""
    package = Path(__file__).resolve().parent.parent
    home = os.environ.get("THOATNGHEO_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    for root in (Path(home), Path(tempfile.gettempdir())):
        folder = root / "thoatngheo" / source_hash(package)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
        except OSError:
            continue
    return Path(tempfile.mkdtemp(prefix="thoatngheo"))


CACHE = cache_folder()
config: Any = _config
COMPILING = not config.DISABLE_JIT
_njit: Any = numba.njit  # its own annotations lose the function's type
if COMPILING:
    config.CACHE_DIR = str(CACHE)


def _arrays_apart() -> dict[str, bool]:
    """The option that tells LLVM that a function's arrays do not overlap; none where this Numba has no such flag.

    Without it LLVM compares all pairs of columns before a loop, and where they are many takes rows one by one. Numba sets the flag
    itself for its parallel loops but has no decorator option for it. It changes the time, never a bit of the result.
    """
    options: Any = getattr(_cpu, "CPUTargetOptions", None)
    if not hasattr(options, "Mapping") or not hasattr(_Flags, "noalias"):
        return {}
    options.noalias = options.Mapping("noalias")
    return {"noalias": True}


ARRAYS_APART = _arrays_apart()


def is_compiled_before() -> bool:
    """Whether a kernel of this very source lies in the cache, so that the first run need not compile."""
    return any(CACHE.rglob("*.nbc"))


def rule(function: F) -> F:
    """A scalar rule: plain Python for people and tests, inlined where the kernel calls it."""
    if not COMPILING:
        return function
    return register_jitable(forceinline=True, error_model="numpy")(function)


def stage(function: F) -> F:
    """Loops over a block of rows; the arrays it is given must not overlap."""
    if not COMPILING:
        return function
    return _njit(nogil=True, error_model="numpy", **ARRAYS_APART)(function)


def entry(function: F) -> F:
    """A function called from Python, kept compiled on disk."""
    if not COMPILING:
        return function
    return _njit(nogil=True, error_model="numpy", cache=True)(function)
