"""``thoatngheo chart RESULTS``: draw the charts of a finished run again, without the model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.failing import WRONG_INPUT
from sim.cli.language import Language, LanguageOption

STOPPED = 3


def chart(
    results: Annotated[Path, typer.Argument(help="Thư mục kết quả của một lần chạy / Folder of a run's results.", show_default=False)],
    lang: LanguageOption = Language.VI,
    quiet: Annotated[bool, typer.Option("--quiet", help="Không in gì / Print nothing.")] = False,
) -> None:
    """Vẽ lại biểu đồ từ kết quả / Draw charts from results."""
    from sim.charts.drawing import draw_charts
    from sim.report.words import Words
    from sim.studies.loading import NoResultsError, load
    from sim.studies.store import reason_of

    words = Words(lang.value)
    try:
        files = draw_charts(load(results), words, results)
    except NoResultsError as fault:
        typer.echo(words.text("errors.no_results", folder=fault.folder, reason=words.reason(fault.reason)), err=True)
        raise typer.Exit(WRONG_INPUT) from None
    except OSError as fault:
        typer.echo(words.text("errors.cannot_write", folder=results, reason=words.reason(reason_of(fault))), err=True)
        raise typer.Exit(STOPPED) from None
    if not quiet:
        for path in files:
            typer.echo(path)
