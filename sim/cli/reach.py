"""``thoatngheo reach FILE``: is the plan reachable, with how much money, and if not, why."""

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

_TARGET = "Một mục tiêu theo tên; không ghi là tất cả / One target by name; else all."


def reach(
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
    """Đạt mục tiêu cần bao nhiêu tiền; không đạt thì vì sao / How much money reaches the targets; if none does, why."""
    from sim.report.study_words import StudyWords
    from sim.scenario.read import read_scenario

    words = StudyWords(lang.value)
    with telling(lang), stopping(words):
        scenario = read_scenario(file)
        options = {"seed": seed, "replications": replications, "threads": threads}
        study = _ask_and_save(scenario, (mix, target), options, (out, words, quiet))
        tell_study(study, "reach_text", words, quiet)


def _ask_and_save(scenario: Any, what: tuple[str, str | None], options: dict[str, Any], how: tuple[Path, Any, bool]) -> Any:
    """Simulate, draw and write."""
    from sim.studies import store, study_files
    from sim.studies.reach import reach as simulate

    out, words, quiet = how
    store.prepare(out)
    tell_of_compiling(words.lang)
    with Bar(words.say("progress_reach"), quiet) as bar:
        study = simulate(scenario, *what, progress=bar.advance, **options)

    def draw(study: Any, folder: Path) -> None:
        from sim.charts import reach_money, reach_reasons

        reach_money.write(study, words, folder)
        reach_reasons.write(study, words, folder)

    return study_files.save(study, out, draw)
