"""``thoatngheo compare FILE``: the mixes of a plan, or several plans, side by side on the same luck."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.language import Language, LanguageOption
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption
from sim.cli.studying import QuietOption, answering, names_in

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
    from sim.scenario.read import read_scenario

    with answering("compare", ("differences", "equity"), lang, out, quiet) as answer:
        scenarios = [read_scenario(file) for file in files]
        answer(scenarios, names_in(mixes), against=against, seed=seed, replications=replications, threads=threads)
