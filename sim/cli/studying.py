"""What every study's command does once the study is done: print it, and leave with 3 if it was stopped."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer

from sim.cli.stopping import STOPPED

QuietOption = Annotated[bool, typer.Option("--quiet", help="Chỉ in thư mục kết quả / Print only where the results are.")]


def tell_study(study: Any, text: str, words: Any, quiet: bool) -> None:
    """The study in words and where everything is, on stdout; exit code 3 where it holds less than was asked."""
    from rich.console import Console

    if quiet:
        typer.echo(study.folder)
    else:
        console = Console(highlight=False, soft_wrap=False)
        getattr(import_module(f"sim.report.{text}"), text)(study, words.lang).show(console)
        console.print()
        console.print(words.text("where", folder=study.folder), markup=False, soft_wrap=True)
    if study.is_stopped:
        raise typer.Exit(STOPPED)
