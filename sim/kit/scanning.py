"""A look through the events of a YAML text, before any tree is built from it, so that no bomb goes off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

DEEPEST = 50
MOST_ENTRIES = 100_000  # scalars of a file
ENDING = ("too_deep", "too_many_entries")  # faults after which nobody should look on

Fault = tuple[str, int, str, Mapping[str, Any]]  # code, line, value, facts of a complaint


def faults_of_events(text: str) -> Iterator[Fault]:
    """Aliases, anchors, tags, further documents, nesting and numbers of entries beyond the limits."""
    depth = documents = scalars = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        line = line_of(event)
        yield from _marks(event, line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                yield "too_deep", line, "", {"limit": DEEPEST}
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent):
            scalars += 1
            if scalars > MOST_ENTRIES:
                yield "too_many_entries", line, "", {"limit": MOST_ENTRIES}
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                yield "several_documents", line, "", {}


def _marks(event: yaml.Event, line: int) -> Iterator[Fault]:
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if isinstance(event, yaml.AliasEvent):
        yield "alias", line, str(anchor), {}
    elif anchor:
        yield "anchor", line, anchor, {}
    if tag:
        yield "tag", line, tag, {}


def line_of(thing: yaml.Node | yaml.Event) -> int:
    """Line, from 1, on which a part of a file begins."""
    return thing.start_mark.line + 1 if thing.start_mark else 0
