"""``thoatngheo trials``: what each lever does in a trial inside the model, beside published trials."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.compiling import tell_of_compiling
from sim.cli.language import Language, LanguageOption
from sim.cli.progress import Bar
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption, stopping
from sim.cli.studying import QuietOption, tell_study


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
    from sim.report.study_words import StudyWords

    words = StudyWords(lang.value)
    options = {"seed": seed, "replications": replications, "threads": threads}
    given = {name: value for name, value in options.items() if value is not None}
    with stopping(words):
        tell_study(_try_and_save(given, priors, (out, words, quiet)), "trials_text", words, quiet)


def _try_and_save(options: dict[str, Any], priors: bool, how: tuple[Path, Any, bool]) -> Any:
    """Simulate, draw and write."""
    from sim.law.posterior import usual
    from sim.studies import store, study_files
    from sim.studies.fitting.trials import trials as simulate

    out, words, quiet = how
    store.prepare(out)
    tell_of_compiling(words.lang)
    with Bar(words.say("progress_trials"), quiet) as bar:
        tried = simulate(posterior=None if priors else usual(), progress=bar.advance, **options)

    def draw(tried: Any, folder: Path) -> None:
        from sim.charts import trials as charts

        charts.write(tried, words, folder)

    return study_files.save(tried, out, draw)
