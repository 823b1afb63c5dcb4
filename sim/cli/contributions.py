"""``thoatngheo contributions FILE``: which lever of a mix earns the result, and what growth brings."""

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

_ORDERS = "Số thứ tự ngẫu nhiên khi quá bảy bên / Random orders beyond seven players. [8]"


def contributions(
    file: Annotated[Path, typer.Argument(help="Tệp kịch bản / Scenario file.", show_default=False)],
    *,
    mix: Annotated[str, typer.Option(help="Phương án / Mix.")] = "plan",
    orders: Annotated[int | None, typer.Option(help=_ORDERS, min=4, max=1000)] = None,
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    replications: ReplicationsOption = None,
    threads: ThreadsOption = None,
    out: OutOption = Path("results"),
    quiet: QuietOption = False,
) -> None:
    """Giải pháp nào đem lại bao nhiêu, tăng trưởng bao nhiêu / What each lever earns, and growth (Shapley values)."""
    from sim.report.study_words import StudyWords
    from sim.scenario.read import read_scenario

    words = StudyWords(lang.value)
    with telling(lang), stopping(words):
        scenario = read_scenario(file)
        options = {"orders": orders, "seed": seed, "replications": replications, "threads": threads}
        study = _divide_and_save(scenario, mix, options, (out, words, quiet))
        tell_study(study, "contributions_text", words, quiet)


def _divide_and_save(scenario: Any, mix: str, options: dict[str, Any], how: tuple[Path, Any, bool]) -> Any:
    """Simulate, draw and write."""
    from sim.studies import store, study_files
    from sim.studies.contributions import contributions as simulate

    out, words, quiet = how
    store.prepare(out)
    tell_of_compiling(words.lang)
    with Bar(words.say("progress_contributions"), quiet) as bar:
        study = simulate(scenario, mix, progress=bar.advance, **options)

    def draw(study: Any, folder: Path) -> None:
        from sim.charts import contribution_bars, contribution_pairs, contribution_targets

        for chart in (contribution_bars, contribution_targets, contribution_pairs):
            chart.write(study, words, folder)

    return study_files.save(study, out, draw)
