"""One finished batch as a file: who it belongs to, a checksum, and plain arrays that no reading of it can turn into anything else."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.studies.batch import Part, Parts
from sim.studies.results import Cube, LedgerTable

FORMAT = 1


class ForeignBlockError(ValueError):
    """The bytes are not this run's batch, or not all of it, or not as they were written: ``reason`` is other_run or damaged."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def encode(identity: str, task: range, parts: Parts) -> bytes:
    """The file's content: a line of JSON about the rest, then the arrays of all mixes."""
    names: dict[str, Any] = {}
    arrays: dict[str, Any] = {}
    for number, (mix, part) in enumerate(parts.items()):
        columns = part.ledger.columns
        coded = {name: _coded(column) for name, column in columns.items() if column.dtype == object}
        labels = {name: labels for name, (labels, _) in coded.items()}
        names[mix] = {"groups": part.cube.groups, "measures": part.cube.measures, "labels": labels}
        arrays |= {f"{number}.values": part.cube.values, f"{number}.flows": part.flows}
        arrays |= {f"{number}.ledger.{name}": coded[name][1] if name in coded else column for name, column in columns.items()}
    stream = io.BytesIO()
    np.savez(stream, about=np.frombuffer(json.dumps(names).encode(), dtype=np.uint8), **arrays)
    head = {"format": FORMAT, "run": identity, "first": task.start, "stop": task.stop}
    head["sum"] = hashlib.sha256(stream.getbuffer()).hexdigest()
    return json.dumps(head).encode() + b"\n" + stream.getbuffer()


def decode(content: bytes, identity: str, task: range) -> Parts:
    """The parts that :func:`encode` was given; ForeignBlockError unless they are whole and this run's."""
    first_line, _, rest = content.partition(b"\n")
    try:
        head = json.loads(first_line)
        found, checksum = (head["format"], head["run"], range(head["first"], head["stop"])), head["sum"]
    except (ValueError, KeyError, TypeError):
        raise ForeignBlockError("damaged") from None
    if found != (FORMAT, identity, task):
        raise ForeignBlockError("other_run")
    if hashlib.sha256(rest).hexdigest() != checksum:
        raise ForeignBlockError("damaged")
    with np.load(io.BytesIO(rest), allow_pickle=False) as arrays:
        names = json.loads(arrays["about"].tobytes())
        return {mix: _part(arrays, str(number), names[mix]) for number, mix in enumerate(names)}


def _part(arrays: Any, number: str, names: Any) -> Part:
    """One mix's part."""
    cube = Cube(tuple(names["groups"]), tuple(names["measures"]), arrays[f"{number}.values"])
    return Part(cube, arrays[f"{number}.flows"], LedgerTable(dict(_columns(arrays, f"{number}.ledger.", names["labels"]))))


def _columns(arrays: Any, before: str, labels: dict[str, list[str]]) -> Iterator[tuple[str, np.ndarray]]:
    """The columns of a ledger, strings as Python objects again."""
    for name in arrays.files:
        if name.startswith(before):
            column, key = arrays[name], name.removeprefix(before)
            yield key, np.array(labels[key], dtype=object)[column] if key in labels else column


def _coded(column: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The distinct strings of a column and their position for each row."""
    values = column.tolist()
    position = {label: code for code, label in enumerate(dict.fromkeys(values))}
    return list(position), np.fromiter(map(position.__getitem__, values), dtype=np.int32, count=len(values))
