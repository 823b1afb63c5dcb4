"""``thoatngheo robust FILE``: how mixes fare over the futures that a plan may meet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.language import Language, LanguageOption
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption
from sim.cli.studying import QuietOption, answering, names_in

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
    from sim.scenario.read import read_scenario

    with answering("robust", ("regret", "futures_met"), lang, out, quiet) as answer:
        what = {"futures": names_in(futures), "mix": mix, "measure": measure, "year": year}
        answer(read_scenario(file), names_in(mixes), **what, seed=seed, replications=replications, threads=threads)
