"""``thoatngheo backtest``: years that the model was not shown, forecast from what was known before them, scored beside simple rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.language import Language, LanguageOption
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption
from sim.cli.studying import QuietOption, answering

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
    from sim.studies.posterior_choice import posterior_named

    with answering("backtest", ("forecasts", "scores"), lang, out, quiet) as answer:
        fitted = posterior_named(posterior) if posterior else None
        answer(figures, fitted, agents=agents, seed=seed, replications=replications, threads=threads)
