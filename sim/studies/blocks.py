"""Finished batches of a run that is not whole yet, kept beside its place so that an interrupted run can go on from them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from sim.studies import lock
from sim.studies.block_file import ForeignBlockError, decode, encode
from sim.studies.executors import batches
from sim.studies.manifest import NAME_DIGITS
from sim.studies.pieces import Piece, Task
from sim.studies.results import Parts
from sim.studies.store import StoreError, reason_of

SUFFIX = ".block"
LOCK = "lock"


class Blocks:
    """The batches of one run in the hidden folder ``out/<scenario>/.<run>.blocks``, which no other run may enter meanwhile.

    With ``resume`` those that lie there are used; without, they are computed anew and replaced. ``told(blocks)`` is called once
    they have been looked through, before anything is computed. Leaving the ``with`` block lets others in; :meth:`clear` first,
    when the run is whole.
    """

    def __init__(self, out: Path, resume: bool = False, told: Callable[[Blocks], None] | None = None) -> None:
        self._out, self.resuming, self._told = Path(out), resume, told
        self._folder, self._identity = self._out, ""
        self._lock: int | None = None
        self.used = 0
        self.refused: dict[str, str] = {}  # file: why it cannot be used
        self.of_other_runs = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, where: TracebackType | None) -> None:
        if self._lock is not None:
            if not self._tasks():
                shutil.rmtree(self._folder, ignore_errors=True)
            lock.drop(self._lock)
            self._lock = None

    def open(self, scenario: str, identity: str) -> dict[Task, Parts]:
        """Lock the folder of the run with this ``identity`` (see manifest.py) and return the batches that are used.

        Raises BusyError, and StoreError if the folder cannot be written.
        """
        self._identity = identity
        self._folder = self._out / scenario / f".{identity[:NAME_DIGITS]}.blocks"
        try:
            self.of_other_runs = any(path != self._folder for path in self._folder.parent.glob(".*.blocks"))
            self._lock = lock.take(self._folder / LOCK)
            self._sweep()
            found = self._found() if self.resuming else {}
        except OSError as fault:
            raise StoreError(self._folder, reason_of(fault)) from fault
        self.used = _replications(found)
        if self._told is not None:
            self._told(self)
        return found

    def keep(self, task: Task, parts: Parts) -> None:
        """Write a finished batch, beside its place first; StoreError if the disk is full or locked."""
        place = self._folder / _name_of(task)
        beside = place.with_name(f".{place.name}.{os.getpid()}.partial")
        try:
            beside.write_bytes(encode(self._identity, task, parts))
            beside.replace(place)
        except OSError as fault:
            raise StoreError(self._folder, reason_of(fault)) from fault
        finally:
            beside.unlink(missing_ok=True)

    def clear(self) -> None:
        """The run is whole: its batches are no longer needed."""
        for path in self._folder.glob(f"*{SUFFIX}"):
            path.unlink(missing_ok=True)

    @property
    def kept(self) -> int:
        """How many replications lie there now, whole or in part."""
        taken: list[Task] = []
        taken += (task for task in self._tasks() if _is_apart(task, taken))
        return _replications(taken)

    def _tasks(self) -> list[Task]:
        """The batches whose files are there, in order; of those that overlap the longer first, and pieces of a replication last."""
        tasks = [task for path in self._folder.glob(f"*{SUFFIX}") if (task := _task_of(path)) is not None]
        return sorted(tasks, key=lambda one: (one.start, -one.stop, one.places.start if isinstance(one, Piece) else -1))

    def _found(self) -> dict[Task, Parts]:
        """The batches that can be used, none twice; what cannot is noted in ``refused`` and removed."""
        found: dict[Task, Parts] = {}
        for task in self._tasks():
            path = self._folder / _name_of(task)
            if not _is_apart(task, found):
                continue
            try:
                found[task] = decode(path.read_bytes(), self._identity, task)
            except ForeignBlockError as fault:
                self.refused[path.name] = fault.reason
                path.unlink()
        return found

    def _sweep(self) -> None:
        """Remove what killed runs left half-written, here and in the run's own place."""
        for path in self._folder.glob(".*.partial"):
            path.unlink(missing_ok=True)
        for path in self._folder.parent.glob(f".{self._identity[:NAME_DIGITS]}.*.partial"):
            shutil.rmtree(path, ignore_errors=True)


def tasks_around(found: Iterable[range], count: int, size: int) -> list[range]:
    """``range(count)`` cut into the ranges found and, between them, batches of at most ``size``."""
    tasks: list[range] = []
    for task in (*sorted(found, key=lambda one: one.start), range(count, count)):
        before = tasks[-1].stop if tasks else 0
        tasks += [range(before + gap.start, before + gap.stop) for gap in batches(task.start - before, size)]
        tasks += [task] if len(task) else []
    return tasks


def _replications(tasks: Iterable[Task]) -> int:
    """How many replications these are of."""
    return len({replication for task in tasks for replication in range(task.start, task.stop)})


def _is_apart(task: Task, others: Collection[Task]) -> bool:
    """Whether a batch begins where the last of the others, which are in order, has ended; a piece may stand beside other pieces."""
    whole = [other.stop for other in others if isinstance(other, range) or isinstance(task, range)]
    return not whole or task.start >= max(whole)


def _name_of(task: Task) -> str:
    """The file of a batch: ``0-50.block``, of a piece with its places ``0-1.12-20.block``."""
    places = f".{task.places.start}-{task.places.stop}" if isinstance(task, Piece) else ""
    return f"{task.start}-{task.stop}{places}{SUFFIX}"


def _task_of(path: Path) -> Task | None:
    """The batch in a file's name, None if it was not written here."""
    ranges = [_range_of(part) for part in path.name.removesuffix(SUFFIX).split(".")]
    if None in ranges or len(ranges) > 2:
        return None
    return Piece(*ranges) if len(ranges) == 2 else ranges[0]  # type: ignore[arg-type]


def _range_of(text: str) -> range | None:
    """The range written as ``12-20``."""
    first, _, stop = text.partition("-")
    return range(int(first), int(stop)) if first.isdigit() and stop.isdigit() and int(first) < int(stop) else None
