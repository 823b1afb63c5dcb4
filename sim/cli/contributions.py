"""``thoatngheo contributions FILE``: which lever of a mix earns the result, and what growth brings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.language import Language, LanguageOption
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption
from sim.cli.studying import QuietOption, answering

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
    from sim.scenario.read import read_scenario

    with answering("contributions", ("contribution_bars", "contribution_targets", "contribution_pairs"), lang, out, quiet) as answer:
        answer(read_scenario(file), mix, orders=orders, seed=seed, replications=replications, threads=threads)
