"""``thoatngheo fit``: the free numbers fitted to the record, into a posterior file that scenarios may name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.failing import WRONG_INPUT
from sim.cli.language import Language, LanguageOption
from sim.cli.run import OutOption, SeedOption, ThreadsOption
from sim.cli.studying import QuietOption, answering

_READING = "Cách hiểu số liệu: drift, step hoặc cả hai / Reading of the record: drift, step or both. [both]"
_PARTICLES = "Số lần mô phỏng mỗi cách hiểu / Simulated particles a reading. [1500]"
_PREDICTED = "Số lần mô phỏng để kiểm tra / Fresh runs under the posterior. [200]"
BOTH = "both"


def fit(
    *,
    reading: Annotated[str, typer.Option(help=_READING)] = BOTH,
    particles: Annotated[int | None, typer.Option(help=_PARTICLES, min=200, max=100_000)] = None,
    predicted: Annotated[int | None, typer.Option(help=_PREDICTED, min=20, max=100_000)] = None,
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    threads: ThreadsOption = None,
    out: OutOption = Path("results"),
    quiet: QuietOption = False,
) -> None:
    """Ước lượng các tham số tự do theo số liệu rà soát và điều tra / Fit the free numbers to the record of reviews and surveys."""
    from sim.report.study_words import StudyWords
    from sim.studies.fitting.free import readings

    with answering("fitting.fit", ("fitted",), lang, out, quiet) as answer:
        if reading != BOTH and reading not in readings():
            typer.echo(StudyWords(lang.value).say("fit.unknown_reading", asked=reading, known=", ".join([*readings(), BOTH])), err=True)
            raise typer.Exit(WRONG_INPUT)
        answer([] if reading == BOTH else [reading], particles=particles, predicted=predicted, seed=seed, threads=threads)
