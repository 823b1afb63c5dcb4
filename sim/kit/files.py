"""Text files as they come from people: opened with care, of limited size, in UTF-8."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

from sim.kit.complaints import Complaint, InputError

LARGEST_FILE = 1_000_000  # bytes
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_text(path: Path) -> str:
    """The text of a file in Unicode normal form C; raise ``InputError`` where it is no such text."""

    def fail(code: str, line: int = 0, **facts: Any) -> InputError:
        return InputError([Complaint(code, str(path), line, facts=facts)])

    try:
        if path.is_dir():
            raise fail("not_a_file")
        if not path.exists():
            raise fail("no_file")
        if not path.is_file():
            raise fail("cannot_open")
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise fail("cannot_open") from error
    if len(raw) > LARGEST_FILE:
        raise fail("too_large", size=size, limit=LARGEST_FILE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in raw:
            raise fail("binary_file") from error
        raise fail("not_utf8", raw[: error.start].count(b"\n") + 1, byte=error.start + 1) from error
    control = _CONTROL.search(text)
    if control:
        raise fail("binary_file", text[: control.start()].count("\n") + 1)
    return unicodedata.normalize("NFC", text)
