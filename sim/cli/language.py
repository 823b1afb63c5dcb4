"""The language in which a command speaks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Language(StrEnum):
    """Languages of the program."""

    VI = "vi"
    EN = "en"


LanguageOption = Annotated[Language, typer.Option("--lang", help="Ngôn ngữ: vi hoặc en / Language: vi or en.")]
