"""``thoatngheo reach FILE``: is the plan reachable, with how much money, and if not, why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.language import Language, LanguageOption
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption
from sim.cli.studying import QuietOption, answering

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
    from sim.scenario.read import read_scenario

    with answering("reach", ("reach_money", "reach_reasons"), lang, out, quiet) as answer:
        answer(read_scenario(file), mix, target, seed=seed, replications=replications, threads=threads)
