"""Wrong input ends a command with its message on stderr and exit code 2, never with a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from sim.kit.complaints import InputError

WRONG_INPUT = 2


@contextmanager
def telling(lang: str) -> Iterator[None]:
    """Within this block an ``InputError`` becomes its message in ``lang`` and exit code 2."""
    try:
        yield
    except InputError as error:
        typer.echo(error.text(lang), err=True)
        raise typer.Exit(WRONG_INPUT) from None
