"""A scenario file with those that it extends, laid over one another, each entry remembering its file and line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.kit.complaints import Complaint, InputError
from sim.kit.plain_values import document_of
from sim.kit.reading import Document, KeyPath, key_text, read

LONGEST_CHAIN = 10
UNNAMED = Path("scenario.yaml")  # the file that a mapping stands for unless it is said
_EXTENDS = "extends"


@dataclass
class Merged:
    """The merged tree, scalars as written, and where each entry stands."""

    path: Path
    texts: dict[str, Any]
    places: dict[KeyPath, tuple[str, int]] = field(default_factory=dict)

    def locate(self, at: KeyPath) -> tuple[str, int]:
        """File and line of an entry, or of the nearest entry above it."""
        while at and at not in self.places:
            at = at[:-1]
        return self.places.get(at, (str(self.path), 1))

    def folder_of(self, at: KeyPath) -> Path:
        """The folder from which a path said at ``at`` counts."""
        file, _ = self.locate(at)
        return (Path(file) if file else self.path).parent

    def value(self, at: KeyPath) -> str:
        """The scalar at ``at`` as written; empty where there is none."""
        node: Any = self.texts
        for step in at:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return ""
        return node if isinstance(node, str) else ""

    def complaint(self, code: str, at: KeyPath, **facts: Any) -> Complaint:
        """A complaint about the entry at ``at``; the value of a figure that stands bare is the figure."""
        if at and at[-1] == "value" and self.value(at[:-1]):
            at = at[:-1]
        file, line = self.locate(at)
        return Complaint(code, file, line, key_text(at), self.value(at), {"key": at[-1] if at else "", **facts})


def merge(source: Path | str | Mapping[str, Any], path: Path | str | None = None) -> Merged:
    """Read a scenario file, or a mapping that stands for the file ``path``, and its bases; raise ``InputError``.

    Mappings merge, lists and scalars replace. A mix or a prior replaces that of its name whole, and so does a figure
    (a mapping with ``value``), or a lever could not be dropped and a figure would keep another's source.
    """
    is_file = isinstance(source, (str, os.PathLike))
    first = _read_mapping(Path(source)) if is_file else document_of(source, Path(path or UNNAMED))  # type: ignore[arg-type]
    merged = Merged(first.path, {})
    for document in reversed(_chain(first)):
        lay_over(merged, document)
    merged.texts.pop(_EXTENDS, None)
    return merged


def lay_over(merged: Merged, document: Document) -> None:
    """Lay a document over what is there, as a file is over its base."""
    if not document.is_file:
        merged.places[()] = document.where(())
    _lay_over(merged, merged.texts, document.texts, (), document)


def _chain(first: Document) -> list[Document]:
    """The document and its bases, the document first."""
    chain = [first]
    while _EXTENDS in chain[-1].texts:
        last = chain[-1]
        base = _find_base(last, first.path.resolve().parent)
        if base.resolve() in [document.path.resolve() for document in chain]:
            raise _fault(last, "extends_in_a_circle", chain=" → ".join(d.path.name for d in chain) + f" → {base.name}")
        if len(chain) == LONGEST_CHAIN:
            raise _fault(last, "extends_too_long", limit=LONGEST_CHAIN)
        chain.append(_read_mapping(base))
    return chain


def _read_mapping(path: Path) -> Document:
    document = read(path)
    if not isinstance(document.texts, dict):
        raise InputError([Complaint("not_a_mapping", str(path), 1)])
    return document


def _find_base(document: Document, root: Path) -> Path:
    """The file that ``extends`` names: within the folder of the scenario and nowhere else."""
    name = document.texts[_EXTENDS]
    if not isinstance(name, str) or not name.strip():
        raise _fault(document, "empty_value" if name is None else "wrong_shape", wanted={"vi": "tên một tệp", "en": "the name of a file"})
    base = document.path.parent / name
    try:
        inside, there = base.resolve().is_relative_to(root), base.is_file()
    except (OSError, ValueError, RuntimeError) as error:
        raise _fault(document, "no_base", folder=root) from error
    if not inside:
        raise _fault(document, "extends_outside", folder=root)
    if not there:
        raise _fault(document, "no_base", folder=document.path.parent)
    return base


def _fault(document: Document, code: str, **facts: Any) -> InputError:
    value = document.texts[_EXTENDS]
    file, line = document.where((_EXTENDS,))
    return InputError([Complaint(code, file, line, _EXTENDS, value if isinstance(value, str) else "", facts)])


def _lay_over(merged: Merged, below: dict[str, Any], above: dict[str, Any], at: KeyPath, document: Document) -> None:
    for key, value in above.items():
        here = (*at, key)
        merged.places[here] = document.where(here)
        under = below.get(key)
        if isinstance(under, dict) and isinstance(value, dict) and not _replaces(here, value, under):
            _lay_over(merged, under, value, here, document)
            continue
        if key in below:
            for place in [place for place in merged.places if len(place) > len(here) and place[: len(here)] == here]:
                del merged.places[place]
        below[key] = value
        _note_places(merged, value, here, document)


def _note_places(merged: Merged, value: Any, at: KeyPath, document: Document) -> None:
    """Note where each entry below ``at`` stands."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, entry in entries:
        here = (*at, step)
        merged.places[here] = document.where(here)
        _note_places(merged, entry, here, document)


def _replaces(at: KeyPath, value: dict[str, Any], under: dict[str, Any]) -> bool:
    return (len(at) == 2 and at[0] in ("mixes", "parameters")) or "value" in value or "value" in under
