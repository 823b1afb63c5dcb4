"""Strict reading of YAML: every fault of a file at once, each with its line.

Only plain YAML is taken: mappings, lists and scalars. Tags, anchors, aliases, several documents, tabs, deep nesting,
large files, duplicate keys and scalars that YAML would silently turn into something else are complaints.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from sim.kit.complaints import Complaint, InputError
from sim.kit.files import read_text
from sim.kit.scanning import ENDING, faults_of_events, line_of

_SHOWN = 20  # complaints of one kind
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_CODE = re.compile(r"[-+]?0[0-9]+(\.[0-9]*)?")
_EXPONENT = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]+")  # YAML 1.1 takes 1e-3 for a word
_TYPE = "tag:yaml.org,2002:"

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """What was read. ``data`` holds Python values; ``texts`` the same tree with every scalar as written.

    What was given as Python values is no file: ``path`` is then the file that it stands for.
    """

    data: Any
    path: Path
    texts: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    is_file: bool = True

    def where(self, keypath: KeyPath) -> tuple[str, int]:
        """File and line of an entry, for complaints: empty and 0 for what is no file."""
        return (str(self.path), self.line_of(keypath)) if self.is_file else ("", 0)

    def line_of(self, keypath: KeyPath) -> int:
        """Line (from 1) of the key at ``keypath``, or of the nearest key above that the file has."""
        while keypath and keypath not in self.lines:
            keypath = keypath[:-1]
        return self.lines.get(keypath, 1)


def read(path: Path | str) -> Document:
    """Read a YAML file; raise ``InputError`` with all that is wrong with it as YAML."""
    path = Path(path)
    return _Reader(path).read(read_text(path))


def read_once(path: Path | str) -> Document:
    """As :func:`read`, but a text that was read before in this process is not read again. All who ask share what it returns, so
    nobody may change it."""
    path = Path(path)
    return _document(path, read_text(path))


@lru_cache(maxsize=500)
def _document(path: Path, text: str) -> Document:
    return _Reader(path).read(text)


def parse(text: str, path: Path | str = "") -> Document:
    """Read YAML from a text; ``path`` is what complaints call it."""
    return _Reader(Path(path)).read(unicodedata.normalize("NFC", text))


def key_text(keypath: KeyPath) -> str:
    """A key path as people write it: ``money[2].amount``; list places count from 1."""
    parts = ""
    for step in keypath:
        parts += f"[{step + 1}]" if isinstance(step, int) else (f".{step}" if parts else step)
    return parts


class _Reader:
    """Turns one text into a document, gathering complaints."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.complaints: list[Complaint] = []
        self.lines: dict[KeyPath, int] = {}

    def read(self, text: str) -> Document:
        tabs = (n for n, line in enumerate(text.split("\n"), 1) if "\t" in line)
        self.complaints += [self._fault("tab", n) for n in islice(tabs, _SHOWN)]
        if not self.complaints:
            self._scan(text)
        if self.complaints:
            raise InputError(self.complaints)
        node = yaml.compose(text, yaml.CSafeLoader)
        if node is None:
            raise InputError([self._fault("empty_file", 0)])
        data, texts = self._value(node, ())
        if self.complaints:
            raise InputError(self.complaints)
        return Document(data, self.path, texts, self.lines)

    def _scan(self, text: str) -> None:
        """Look through the events before any tree is built, so that no bomb goes off."""
        try:
            for code, line, value, facts in faults_of_events(text):
                self.complaints.append(self._fault(code, line, value, **facts))
                if len(self.complaints) >= _SHOWN or code in ENDING:
                    return
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.complaints.append(self._fault("syntax", mark.line + 1 if mark else 0))
        except (ValueError, RecursionError):
            self.complaints.append(self._fault("syntax", 0))

    def _value(self, node: yaml.Node, at: KeyPath) -> tuple[Any, Any]:
        self.lines.setdefault(at, line_of(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            pairs = [self._value(item, (*at, place)) for place, item in enumerate(node.value)]
            return [data for data, _ in pairs], [text for _, text in pairs]
        return self._scalar(node, at) if isinstance(node, yaml.ScalarNode) else (None, None)

    def _mapping(self, node: yaml.MappingNode, at: KeyPath) -> tuple[dict[str, Any], dict[str, Any]]:
        data: dict[str, Any] = {}
        texts: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = line_of(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.complaints.append(self._fault("odd_key", line))
                continue
            key = key_node.value
            if key in data:
                self.complaints.append(self._fault("duplicate_key", line, at=(*at, key), first=self.lines[(*at, key)]))
                continue
            self.lines[(*at, key)] = line
            data[key], texts[key] = self._value(value_node, (*at, key))
        return data, texts

    def _scalar(self, node: yaml.ScalarNode, at: KeyPath) -> tuple[Any, str | None]:
        text, kind = node.value, node.tag.removeprefix(_TYPE)
        if kind == "null":
            return None, None
        if kind == "bool":
            return self._boolean(node, at), text
        if kind in ("int", "float"):
            return self._number(node, at, kind), text
        if _is_plain(node) and _CODE.fullmatch(text):
            self._object("leading_zero", node, at)
        if _is_plain(node) and _EXPONENT.fullmatch(text):
            return self._number(node, at, "float"), text
        return text, text

    def _boolean(self, node: yaml.ScalarNode, at: KeyPath) -> bool:
        if node.value not in ("true", "false"):
            self._object("word_for_boolean", node, at)
        return node.value == "true"

    def _number(self, node: yaml.ScalarNode, at: KeyPath, kind: str) -> int | float | None:
        text = node.value
        if _CODE.fullmatch(text):
            return self._object("leading_zero", node, at)
        if kind == "int" and _INTEGER.fullmatch(text) and len(text) < 40:
            return int(text)
        try:
            number = float(text.replace(".inf", "inf").replace(".Inf", "inf").replace(".INF", "inf").replace(".nan", "nan"))
        except ValueError:
            code = "not_finite" if text.lower() == ".nan" else "odd_number"
            return self._object(code, node, at)
        if not math.isfinite(number):
            return self._object("not_finite", node, at)
        return self._object("odd_number", node, at) if kind == "int" or "_" in text else number

    def _object(self, code: str, node: yaml.ScalarNode, at: KeyPath) -> Any:
        """Complain of a scalar, which then counts as empty."""
        self.complaints.append(self._fault(code, line_of(node), node.value, at=at))

    def _fault(self, code: str, line: int, value: str = "", at: KeyPath = (), **facts: Any) -> Complaint:
        return Complaint(code, str(self.path), line, key_text(at), value, facts)


def _is_plain(node: yaml.ScalarNode) -> bool:
    """Whether a scalar stands without quotes."""
    return not node.style
