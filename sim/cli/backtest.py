"""``thoatngheo backtest``: years that the model was not shown, forecast from what was known before them, scored beside simple rules."""

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

_FIGURES = "Số liệu thêm, CSV hoặc XLSX / Further figures, CSV or XLSX: place,year,standard,measure,value,unit."
_POSTERIOR = "Bộ tham số đã ước lượng: tên hoặc tệp / Fitted posterior: a name, or a file. [none]"
_AGENTS = "Số hộ mẫu mỗi tỉnh / Sampled households a province. [600]"


def backtest(
    *,
    figures: Annotated[Path | None, typer.Option(help=_FIGURES)] = None,
    posterior: Annotated[str | None, typer.Option(help=_POSTERIOR)] = None,
    agents: Annotated[int | None, typer.Option(help=_AGENTS, min=100, max=20_000)] = None,
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    replications: ReplicationsOption = None,
    threads: ThreadsOption = None,
    out: OutOption = Path("results"),
    quiet: QuietOption = False,
) -> None:
    """Chấm điểm dự báo trên những năm mô hình chưa được xem / Score forecasts of years that the model was not shown."""
    from sim.report.study_words import StudyWords

    words = StudyWords(lang.value)
    with telling(lang), stopping(words):
        given = {"agents": agents, "replications": replications, "seed": seed, "threads": threads}
        options = {name: value for name, value in given.items() if value is not None}
        study = _score_and_save((figures, posterior), options, (out, words, quiet))
        tell_study(study, "backtest_text", words, quiet)


def _score_and_save(what: tuple[Path | None, str | None], options: dict[str, Any], how: tuple[Path, Any, bool]) -> Any:
    """Forecast, score, draw and write."""
    from sim.studies import store, study_files
    from sim.studies.backtest import backtest as simulate
    from sim.studies.posterior_choice import posterior_named

    out, words, quiet = how
    figures, posterior = what
    store.prepare(out)
    fitted = posterior_named(posterior) if posterior else None
    tell_of_compiling(words.lang)
    with Bar(words.say("progress_backtest"), quiet) as bar:
        study = simulate(figures, fitted, progress=bar.advance, **options)

    def draw(study: Any, folder: Path) -> None:
        from sim.charts import forecasts, scores

        forecasts.write(study, words, folder)
        scores.write(study, words, folder)

    return study_files.save(study, out, draw)
