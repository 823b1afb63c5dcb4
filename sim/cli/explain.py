"""``thoatngheo explain FILE``: one household, quarter by quarter, with and without the plan."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.compiling import tell_of_compiling
from sim.cli.failing import telling
from sim.cli.language import Language, LanguageOption


class Who(StrEnum):
    """Kinds of household to look for."""

    ESCAPED = "escaped"
    REFUSED = "refused"
    FELL_BACK = "fell-back"


_WHO = "Hộ đầu tiên thoát nghèo, bị từ chối hoặc tái nghèo / The first that escaped, was refused or fell back."


def explain(
    file: Annotated[Path, typer.Argument(help="Tệp kịch bản / Scenario file.", show_default=False)],
    *,
    household: Annotated[str | None, typer.Option(help="Mã hộ, ví dụ 1043 hoặc 1043.2026 / Household, such as 1043 or 1043.2026.")] = None,
    mix: Annotated[str, typer.Option(help="Phương án / Mix.")] = "plan",
    replication: Annotated[int, typer.Option(help="Lần chạy / Replication.", min=0, max=99_999)] = 0,
    who: Annotated[Who | None, typer.Option(help=_WHO)] = None,
    seed: Annotated[int | None, typer.Option(help="Hạt giống, thay số trong tệp / Seed, not the file's.", min=0, max=2**63 - 1)] = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Theo một hộ từng quý, có và không có kế hoạch / Follow one household quarter by quarter, with and without the plan."""
    from sim.scenario.read import read_scenario

    with telling(lang):
        scenario = read_scenario(file)
        tell_of_compiling(lang)
        from sim.studies.explain import explain as follow

        explanation = follow(scenario, household, mix=mix, replication=replication, who=who.value if who else None, seed=seed)
    from rich.console import Console

    from sim.report.story import story

    story(explanation, lang.value).show(Console(highlight=False))
