"""``thoatngheo sensitivity FILE``: which assumption drives the verdict, and which evidence would be worth having."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.language import Language, LanguageOption
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption
from sim.cli.studying import QuietOption, answering

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
    from sim.scenario.read import read_scenario

    with answering("sensitivity", ("sources", "assumptions"), lang, out, quiet) as answer:
        answer(read_scenario(file), mix, target, seed=seed, replications=replications, threads=threads)
