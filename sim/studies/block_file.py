"""One finished batch as a file: a checksum, who it belongs to, and plain arrays that no reading of it can turn into anything else.

The first line is the SHA-256 of all that follows; the second tells, as JSON, of which run and replications the batch is and what
arrays stand in the rest, one after the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.studies.pieces import Piece, Task
from sim.studies.results import Cube, LedgerTable, Part, Parts

FORMAT = 2
Arrays = dict[str, np.ndarray]


class ForeignBlockError(ValueError):
    """The bytes are not this run's batch (``reason`` is other_run), or not as they were written (damaged)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def encode(identity: str, task: Task, parts: Parts) -> bytes:
    """The file's content."""
    names: dict[str, Any] = {}
    arrays: Arrays = {}
    for mix, part in parts.items():
        names[mix], mine = _plain(part)
        arrays |= {f"{mix}/{name}": np.ascontiguousarray(array) for name, array in mine.items()}
    shapes = {name: (array.dtype.str, array.shape) for name, array in arrays.items()}
    head = {"format": FORMAT, "run": identity, "task": _about(task), "mixes": names, "arrays": shapes}
    pieces: list[bytes | memoryview] = [json.dumps(head).encode(), b"\n", *(array.data for array in arrays.values() if array.size)]
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return b"".join([digest.hexdigest().encode(), b"\n", *pieces])


def decode(content: bytes, identity: str, task: Task) -> Parts:
    """The parts that :func:`encode` was given; ForeignBlockError unless they are whole and this run's."""
    checksum, _, rest = content.partition(b"\n")
    if hashlib.sha256(rest).hexdigest().encode() != checksum:
        raise ForeignBlockError("damaged")
    first_line, _, data = rest.partition(b"\n")
    head = json.loads(first_line)
    if (head["format"], head["run"], head["task"]) != (FORMAT, identity, _about(task)):
        raise ForeignBlockError("other_run")
    arrays: Arrays = {}
    at = 0
    for name, (kind, shape) in head["arrays"].items():
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(data, np.dtype(kind), count, at).reshape(shape)
        at += arrays[name].nbytes
    return {mix: _part(names, {name: arrays[f"{mix}/{name}"] for name in names["arrays"]}) for mix, names in head["mixes"].items()}


def _about(task: Task) -> list[int]:
    """Replications, and of a piece the places."""
    return [task.start, task.stop, *((task.places.start, task.places.stop) if isinstance(task, Piece) else ())]


def _plain(part: Part) -> tuple[dict[str, Any], Arrays]:
    """A part as names and arrays of numbers; columns of strings as codes into their distinct values."""
    columns = part.ledger.columns
    coded = {name: _coded(column) for name, column in columns.items() if column.dtype == object}
    arrays = {"values": part.cube.values, "flows": part.flows}
    arrays |= {f"ledger.{name}": coded[name][1] if name in coded else column for name, column in columns.items()}
    arrays |= {f"incomes.{number}": array for number, array in enumerate(part.incomes)}
    labels = {name: labels for name, (labels, _) in coded.items()}
    return {"groups": part.cube.groups, "measures": part.cube.measures, "labels": labels, "arrays": list(arrays)}, arrays


def _part(names: Mapping[str, Any], arrays: Arrays) -> Part:
    """The part that :func:`_plain` was given."""
    ledger = {name.removeprefix("ledger."): column for name, column in arrays.items() if name.startswith("ledger.")}
    for name, labels in names["labels"].items():
        ledger[name] = np.array(labels, dtype=object)[ledger[name]]
    incomes = tuple(array for name, array in arrays.items() if name.startswith("incomes."))
    return Part(Cube(tuple(names["groups"]), tuple(names["measures"]), arrays["values"]), arrays["flows"], LedgerTable(ledger), incomes)


def _coded(column: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The distinct strings of a column and their position for each row."""
    values = column.tolist()
    position = {label: code for code, label in enumerate(dict.fromkeys(values))}
    return list(position), np.fromiter(map(position.__getitem__, values), dtype=np.int32, count=len(values))
