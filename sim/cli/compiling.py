"""The first run ever compiles the kernel, and says so."""

from __future__ import annotations

import typer

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
    """Read in Numba's own functions once, before processes are made that would each do it."""
    from numba.core.registry import cpu_target

    cpu_target.typing_context.refresh()
    cpu_target.target_context.refresh()
