"""``thoatngheo best-mix FILE``: how the money of a mix is best divided, beside today's division."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.language import Language, LanguageOption
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption
from sim.cli.studying import QuietOption, answering, names_in

_AIM = (
    "Mục đích, nhiều thì cách nhau dấu phẩy / Aim, several apart by commas: "
    "escaped, kept_out, poor, truly_poor, poverty_gap, all_targets, target:NAME."
)
_OVER = "Chia theo / Divide over: levers, years, places."
_LEVERS = "Giải pháp thêm vào phương án / Further levers that may be bought."
_FUTURES = "Tốt nhất trong tương lai xấu nhất / Best in the worst of these futures."
_EVALUATIONS = "Số cách chia được thử / Divisions to try."


def best_mix(
    file: Annotated[Path, typer.Argument(help="Tệp kịch bản / Scenario file.", show_default=False)],
    *,
    mix: Annotated[str, typer.Option(help="Phương án / Mix.")] = "plan",
    aim: Annotated[str, typer.Option(help=_AIM)] = "escaped",
    over: Annotated[str, typer.Option(help=_OVER)] = "levers,years",
    levers: Annotated[str, typer.Option(help=_LEVERS)] = "",
    futures: Annotated[str, typer.Option(help=_FUTURES)] = "",
    evaluations: Annotated[int | None, typer.Option(help=_EVALUATIONS, min=1, max=100_000)] = None,
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    replications: ReplicationsOption = None,
    threads: ThreadsOption = None,
    out: OutOption = Path("results"),
    quiet: QuietOption = False,
) -> None:
    """Chia vốn thế nào là tốt nhất, so với hiện nay / The best division of the money, beside today's."""
    from sim.report.best_words import BestWords
    from sim.scenario.read import read_scenario

    with answering("best_mix", ("best_shares", "best_front"), lang, out, quiet, BestWords) as answer:
        what = {"over": names_in(over), "levers": names_in(levers), "futures": names_in(futures), "evaluations": evaluations}
        answer(read_scenario(file), mix, names_in(aim), **what, seed=seed, replications=replications, threads=threads)
