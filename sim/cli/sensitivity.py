"""``thoatngheo sensitivity FILE``: which assumption drives the verdict, and which evidence would be worth having."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.compiling import tell_of_compiling
from sim.cli.failing import telling
from sim.cli.language import Language, LanguageOption
from sim.cli.progress import Bar
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption, stopping
from sim.cli.studying import QuietOption, tell_study

_TARGET = "Mục tiêu, theo tên; không ghi là mục tiêu đầu / Target by name; else the first."


def sensitivity(
    file: Annotated[Path, typer.Argument(help="Tệp kịch bản / Scenario file.", show_default=False)],
    *,
    mix: Annotated[str, typer.Option(help="Phương án / Mix.")] = "plan",
    target: Annotated[str | None, typer.Option(help=_TARGET)] = None,
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    replications: ReplicationsOption = None,
    threads: ThreadsOption = None,
    out: OutOption = Path("results"),
    quiet: QuietOption = False,
) -> None:
    """Giả định nào quyết định kết luận, bằng chứng nào đáng tìm / Which assumption drives the verdict, which evidence is worth having."""
    from sim.report.study_words import StudyWords
    from sim.scenario.read import read_scenario

    words = StudyWords(lang.value)
    with telling(lang), stopping(words):
        scenario = read_scenario(file)
        options = {"seed": seed, "replications": replications, "threads": threads}
        study = _ask_and_save(scenario, (mix, target), options, (out, words, quiet))
        tell_study(study, "sensitivity_text", words, quiet)


def _ask_and_save(scenario: Any, what: tuple[str, str | None], options: dict[str, Any], how: tuple[Path, Any, bool]) -> Any:
    """Simulate, draw and write."""
    from sim.studies import store, study_files
    from sim.studies.sensitivity import sensitivity as simulate

    out, words, quiet = how
    store.prepare(out)
    tell_of_compiling(words.lang)
    with Bar(words.say("progress_sensitivity"), quiet) as bar:
        study = simulate(scenario, *what, progress=bar.advance, **options)

    def draw(study: Any, folder: Path) -> None:
        from sim.charts import assumptions, sources

        sources.write(study, words, folder)
        assumptions.write(study, words, folder)

    return study_files.save(study, out, draw)
