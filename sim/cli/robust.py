"""``thoatngheo robust FILE``: how mixes fare over the futures that a plan may meet."""

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

_MIXES = "Phương án, cách nhau dấu phẩy / Mixes, apart by commas."
_FUTURES = "Tương lai, cách nhau dấu phẩy / Futures, apart by commas."
_EXPLAINED = "Phương án cần giải thích khi nào không đạt / Mix whose failures are explained."
_MEASURE = "Số đo đếm hộ, càng ít càng tốt / Households counted, fewer being better."
_YEAR = "Năm tính / Year of the count. [năm cuối kế hoạch / the plan's last]"


def robust(
    file: Annotated[Path, typer.Argument(help="Tệp kịch bản / Scenario file.", show_default=False)],
    *,
    mixes: Annotated[str | None, typer.Option(help=_MIXES)] = None,
    futures: Annotated[str | None, typer.Option(help=_FUTURES)] = None,
    mix: Annotated[str | None, typer.Option(help=_EXPLAINED)] = None,
    measure: Annotated[str, typer.Option(help=_MEASURE)] = "official_poor_households",
    year: Annotated[int | None, typer.Option(help=_YEAR)] = None,
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    replications: ReplicationsOption = None,
    threads: ThreadsOption = None,
    out: OutOption = Path("results"),
    quiet: QuietOption = False,
) -> None:
    """Hạn hán, cắt vốn, tiền muộn...: phương án nào đứng vững, khi nào hỏng / Drought, cuts, late money: which mix holds, when it fails."""
    from sim.report.study_words import StudyWords
    from sim.scenario.read import read_scenario

    words = StudyWords(lang.value)
    with telling(lang), stopping(words):
        scenario = read_scenario(file)
        what = {"mixes": _listed(mixes), "futures": _listed(futures), "mix": mix or "", "measure": measure, "year": year}
        options = {"seed": seed, "replications": replications, "threads": threads}
        study = _try_and_save(scenario, {**what, **options}, (out, words, quiet))
        tell_study(study, "robust_text", words, quiet)


def _listed(text: str | None) -> list[str] | None:
    """What stands between commas; None where nothing was given."""
    return [part.strip() for part in text.split(",") if part.strip()] if text else None


def _try_and_save(scenario: Any, options: dict[str, Any], how: tuple[Path, Any, bool]) -> Any:
    """Simulate, draw and write."""
    from sim.studies import store, study_files
    from sim.studies.robust import robust as simulate

    out, words, quiet = how
    store.prepare(out)
    tell_of_compiling(words.lang)
    with Bar(words.say("progress_robust"), quiet) as bar:
        study = simulate(scenario, progress=bar.advance, **options)

    def draw(study: Any, folder: Path) -> None:
        from sim.charts import futures_met, regret

        regret.write(study, words, folder)
        futures_met.write(study, words, folder)

    return study_files.save(study, out, draw)
