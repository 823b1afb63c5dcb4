"""The first run ever compiles the kernel, and says so."""

from __future__ import annotations

import sys
from typing import Any

import typer

LINEAR_ALGEBRA = "scipy.linalg"
FIRST_RUN = {
    "vi": "Lần chạy đầu tiên trên máy này: đang biên dịch, có thể mất đến một phút.",
    "en": "First run on this machine: compiling, up to a minute.",
}


def tell_of_compiling(lang: str) -> bool:
    """Say on stderr that the kernel will be compiled; whether it will."""
    from sim.kit.compiling import is_compiled_before

    first = not is_compiled_before()
    if first:
        typer.echo(FIRST_RUN[lang], err=True)
    return first


def read_in_compiler() -> None:
    """Read in Numba's own functions once, before processes are made that would each do it.

    SciPy's linear algebra is hidden from them: they would read it in, for twice the time, only to learn whether it has a BLAS,
    which no kernel uses.
    """
    from numba.core.registry import cpu_target

    modules: dict[str, Any] = sys.modules
    hides = LINEAR_ALGEBRA not in modules
    if hides:
        modules[LINEAR_ALGEBRA] = None  # whoever imports it now learns that it is not there
    try:
        cpu_target.typing_context.refresh()
        cpu_target.target_context.refresh()
    finally:
        if hides:
            del modules[LINEAR_ALGEBRA]
