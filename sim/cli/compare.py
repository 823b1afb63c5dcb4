"""``thoatngheo compare FILE``: the mixes of a plan, or several plans, side by side on the same luck."""

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

_FILES = "Tệp kịch bản, một hoặc nhiều / Scenario files, one or more."
_MIXES = "Phương án, cách nhau dấu phẩy / Mixes, apart by commas."
_AGAINST = "Phương án làm mốc / Reference mix. [no_policy]"


def compare(
    files: Annotated[list[Path], typer.Argument(help=_FILES, show_default=False)],
    *,
    mixes: Annotated[str | None, typer.Option(help=_MIXES)] = None,
    against: Annotated[str | None, typer.Option(help=_AGAINST)] = None,
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    replications: ReplicationsOption = None,
    threads: ThreadsOption = None,
    out: OutOption = Path("results"),
    quiet: QuietOption = False,
) -> None:
    """Đặt các phương án cạnh nhau: hơn kém bao nhiêu hộ, tốn bao nhiêu / Mixes side by side: what differs, and at what cost."""
    from sim.report.study_words import StudyWords
    from sim.scenario.read import read_scenario

    words, asked = StudyWords(lang.value), [mix.strip() for mix in (mixes or "").split(",") if mix.strip()]
    with telling(lang), stopping(words):
        scenarios = [read_scenario(file) for file in files]
        options = {"seed": seed, "replications": replications, "threads": threads}
        study = _compare_and_save(scenarios, (asked, against), options, (out, words, quiet))
        tell_study(study, "comparison_text", words, quiet)


def _compare_and_save(scenarios: list[Any], what: tuple[list[str], str | None], options: Any, how: tuple[Path, Any, bool]) -> Any:
    """Simulate, draw and write."""
    from sim.studies import store, study_files
    from sim.studies.compare import compare as simulate

    out, words, quiet = how
    mixes, against = what
    store.prepare(out)
    tell_of_compiling(words.lang)
    with Bar(words.say("progress"), quiet) as bar:
        study = simulate(scenarios, mixes, against=against, progress=bar.advance, **options)

    def draw(study: Any, folder: Path) -> None:
        from sim.charts import differences, equity

        differences.write(study, words, folder)
        equity.write(study, words, folder)

    return study_files.save(study, out, draw)
