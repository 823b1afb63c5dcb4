"""``thoatngheo fit``: the free numbers fitted to the record, into a posterior file that scenarios may name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.compiling import tell_of_compiling
from sim.cli.failing import WRONG_INPUT
from sim.cli.language import Language, LanguageOption
from sim.cli.progress import Bar
from sim.cli.run import OutOption, SeedOption, ThreadsOption, stopping
from sim.cli.studying import QuietOption, tell_study

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

    words = StudyWords(lang.value)
    if reading != BOTH and reading not in readings():
        typer.echo(words.say("fit.unknown_reading", asked=reading, known=", ".join([*readings(), BOTH])), err=True)
        raise typer.Exit(WRONG_INPUT)
    given = {"particles": particles, "predicted": predicted, "seed": seed}
    options = {name: value for name, value in given.items() if value is not None}
    with stopping(words):
        asked = [] if reading == BOTH else [reading]
        tell_study(_fit_and_save(asked, {**options, "threads": threads}, (out, words, quiet)), "fit_text", words, quiet)


def _fit_and_save(asked: list[str], options: dict[str, Any], how: tuple[Path, Any, bool]) -> Any:
    """Simulate, draw and write."""
    from sim.studies import store, study_files
    from sim.studies.fitting.fit import fit as simulate

    out, words, quiet = how
    store.prepare(out)
    tell_of_compiling(words.lang)
    with Bar(words.say("progress_fit"), quiet) as bar:
        fitted = simulate(asked, progress=bar.advance, **options)

    def draw(fitted: Any, folder: Path) -> None:
        from sim.charts import fitted as charts

        charts.write(fitted, words, folder)

    return study_files.save(fitted, out, draw)
