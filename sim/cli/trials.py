"""``thoatngheo trials``: what each lever does in a trial inside the model, beside published trials."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.language import Language, LanguageOption
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption
from sim.cli.studying import QuietOption, answering


def trials(
    *,
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    replications: ReplicationsOption = None,
    threads: ThreadsOption = None,
    priors: Annotated[bool, typer.Option("--priors", help="Chỉ dùng phân phối ban đầu / Priors alone.")] = False,
    out: OutOption = Path("results"),
    quiet: QuietOption = False,
) -> None:
    """Thử nghiệm từng giải pháp trong mô hình, cạnh tác động đã công bố / Each lever on trial, beside published effects."""
    from sim.law.posterior import usual

    with answering("fitting.trials", ("trials",), lang, out, quiet) as answer:
        answer(posterior=None if priors else usual(), seed=seed, replications=replications, threads=threads)
