"""``thoatngheo check FILE``: is the file right, and does the plan contradict itself?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.failing import WRONG_INPUT, telling
from sim.cli.language import Language, LanguageOption

_WORDS = {
    "none": {"vi": "{file}: đọc được, không thấy con số nào mâu thuẫn.", "en": "{file}: sound, and no figures contradict each other."},
    "some": {"vi": "{file}: đọc được, nhưng có {n} chỗ mâu thuẫn:", "en": "{file}: sound, but {n} contradictions:"},
    "one": {"vi": "{file}: đọc được, nhưng có 1 chỗ mâu thuẫn:", "en": "{file}: sound, but one contradiction:"},
    "unsaid": {"vi": "Những điều kế hoạch chưa nêu:", "en": "What the plan leaves unsaid:"},
}


def check(
    file: Annotated[Path, typer.Argument(help="Tệp kịch bản / Scenario file.", show_default=False)],
    lang: LanguageOption = Language.VI,
    strict: Annotated[bool, typer.Option("--strict", help="Mâu thuẫn cũng là lỗi / Contradictions are errors too.")] = False,
) -> None:
    """Kiểm tra một tệp kịch bản và các con số của kế hoạch / Check a scenario file and the plan's figures."""
    from sim.cli.sizes import say_size
    from sim.scenario.plan_arithmetic import find
    from sim.scenario.read import read_scenario
    from sim.studies.size import size_of

    with telling(lang):
        scenario = read_scenario(file)
        found = find(scenario)
    findings, unsaid = ([finding for finding in found if finding.is_unsaid == asked] for asked in (False, True))
    kind = "none" if not findings else "one" if len(findings) == 1 else "some"
    wrong = bool(findings) and strict
    typer.echo(_WORDS[kind][lang].format(file=file, n=len(findings)), err=wrong)
    for number, finding in enumerate(findings, 1):
        typer.echo(f"\n{number}. {finding.text(lang)}", err=wrong)
    if unsaid:
        typer.echo("\n" + _WORDS["unsaid"][lang], err=wrong)
    for finding in unsaid:
        typer.echo(f"\n- {finding.text(lang)}", err=wrong)
    typer.echo("\n" + say_size(size_of(scenario), lang.value), err=wrong)
    if wrong:
        raise typer.Exit(WRONG_INPUT)
