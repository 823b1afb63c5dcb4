"""``thoatngheo evidence``: every published effect with source, country, design, interval and grade, and what rests on weak ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.failing import telling
from sim.cli.language import Language, LanguageOption

_LEVER = "Tên giải pháp / Lever."
_SENSITIVITY = "Thư mục kết quả của `sensitivity` / Folder of results of `sensitivity`."


def evidence(
    lever: Annotated[str, typer.Argument(help=_LEVER, show_default=False)] = "",
    *,
    sensitivity: Annotated[Path | None, typer.Option(help=_SENSITIVITY)] = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Bằng chứng của mỗi giải pháp, chắc đến đâu / The evidence behind each lever, and how firm it is."""
    from rich.console import Console

    from sim.kit.complaints import Complaint, InputError, nearest
    from sim.policies.discovery import discover
    from sim.report.evidence_text import evidence_text
    from sim.studies.evidence import RANKS_FILE, register

    with telling(lang):
        known = tuple(discover(None))
        facts = {"nearest": nearest(lever, known), "valid": list(known)}
        if lever and lever not in known:
            raise InputError([Complaint("no_such_lever", "evidence", value=lever, facts=facts)])
        if sensitivity is not None and not (sensitivity / RANKS_FILE).is_file():
            raise InputError([Complaint("no_file", str(sensitivity / RANKS_FILE))])
        evidence_text(register(sensitivity), lang.value, lever).show(Console(highlight=False, soft_wrap=False))
