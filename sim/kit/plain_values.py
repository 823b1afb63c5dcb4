"""What a YAML file would say, given as Python values: the same tree of scalars as written, without lines."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.kit.complaints import Complaint, InputError
from sim.kit.reading import Document, KeyPath, key_text
from sim.kit.scanning import DEEPEST, MOST_ENTRIES


def document_of(data: Any, path: Path) -> Document:
    """The document that a file at ``path`` saying ``data`` would be; its complaints name keys, but neither file nor line.

    Numbers, texts, flags, dates and None are scalars, lists and tuples are lists. ``InputError`` with all that no file
    could say.
    """
    if not isinstance(data, Mapping):
        raise InputError([Complaint("not_a_mapping", "")])
    writer = _Writer()
    texts = writer.write(data, ())
    if writer.complaints:
        raise InputError(writer.complaints)
    return Document(data, path, texts, is_file=False)


class _Writer:
    """Writes values down as a file would have them, gathering complaints."""

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self._entries = 0

    def write(self, given: Any, at: KeyPath) -> Any:
        if len(at) > DEEPEST:
            raise InputError([*self.complaints, self._fault("too_deep", at[:3], limit=DEEPEST)])
        self._entries += 1
        if self._entries > MOST_ENTRIES:
            raise InputError([*self.complaints, self._fault("too_many_entries", (), limit=MOST_ENTRIES)])
        if isinstance(given, Mapping):
            return self._mapping(given, at)
        if isinstance(given, (list, tuple)):
            return [self.write(item, (*at, place)) for place, item in enumerate(given)]
        return self._scalar(given.item() if isinstance(given, np.generic) else given, at)

    def _mapping(self, given: Mapping[Any, Any], at: KeyPath) -> dict[str, Any]:
        texts: dict[str, Any] = {}
        for key, value in given.items():
            name = unicodedata.normalize("NFC", str(key))
            if not isinstance(key, (str, int)) or isinstance(key, bool) or name in texts:
                self._object("odd_key", (*at, name))
                continue
            texts[name] = self.write(value, (*at, name))
        return texts

    def _scalar(self, given: Any, at: KeyPath) -> str | None:
        if given is None:
            return None
        if isinstance(given, str):
            return unicodedata.normalize("NFC", given)
        if isinstance(given, bool):
            return "true" if given else "false"
        if isinstance(given, float) and not math.isfinite(given):
            return self._object("not_finite", at, str(given))
        if isinstance(given, date):
            return f"{given:%Y-%m-%d}"
        if isinstance(given, (int, float, Quarter, Path)):
            return str(given)
        return self._object("not_plain", at, kind=type(given).__name__)

    def _object(self, code: str, at: KeyPath, value: str = "", **facts: Any) -> Any:
        """Complain of an entry, which then counts as empty."""
        self.complaints.append(self._fault(code, at, value, **facts))

    def _fault(self, code: str, at: KeyPath, value: str = "", **facts: Any) -> Complaint:
        return Complaint(code, "", 0, key_text(at), value, facts)
