"""Work on ranges in processes of their own, which share no interpreter lock; for systems that can fork.

A forked process has everything that its parent had, so nothing is imported, read or compiled twice, and only results travel.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread, current_thread, main_thread
from typing import Any, cast

from sim.studies.executors import Result, Step, Task

STEP, DONE, FAILED = "step", "done", "failed"
INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM)


class WorkerDiedError(Exception):
    """A process ended without a word: killed, most likely for want of memory."""


def can_fork() -> bool:
    """Whether this system forks safely; macOS has libraries that break in a forked process, Windows has no fork."""
    return sys.platform == "linux"


def in_order(work: Callable[[Task, Step], Result], tasks: Sequence[Task], workers: int, step: Step, meanwhile: Step) -> Iterator[Result]:
    """``work(task, step)`` of every task in ``workers`` processes, yielded in the order of the tasks.

    ``step`` is called here whenever a process calls its own; ``meanwhile`` once, while they work. An error of a process is raised
    here; WorkerDiedError if one is killed. No process outlives the call.
    """
    context = get_context("fork")
    waiting = context.SimpleQueue()
    for number in range(len(tasks)):
        waiting.put(number)
    ends: list[Connection] = []
    processes: list[Any] = []
    try:
        with _undisturbed():
            for _ in range(min(workers, len(tasks))):
                waiting.put(None)  # told once to each: nothing is left
                here, there = context.Pipe(duplex=False)
                process = context.Process(target=_serve, args=(work, tasks, waiting, there), daemon=True)
                process.start()
                processes.append(process)
                there.close()
                ends.append(here)
        meanwhile()
        yield from _ordered(_messages(ends), len(tasks), step)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _serve(work: Callable[[Any, Step], Any], tasks: Sequence[Any], waiting: Any, end: Connection) -> None:
    """What a process does: task after task until none waits. An interruption is the parent's business; so is its own end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTIONS)
    Thread(target=_end_with_parent, daemon=True).start()
    while (number := waiting.get()) is not None:
        try:
            end.send((DONE, number, work(tasks[number], lambda: end.send((STEP, 0, None)))))
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the parent
            end.send((FAILED, number, error))
            return
    end.send((DONE, None, None))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Interruptions wait until this block is over, so that none meets a process that is only half made.

    Blocking them is for the processes forked here, until they have handlers of their own. It is not enough in this one, where
    they may come by way of another thread.
    """
    came: list[int] = []
    handlers: dict[signal.Signals, Any] = {}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTIONS)
    try:
        if current_thread() is main_thread():
            handlers = {number: signal.signal(number, lambda number, _: came.append(number)) for number in INTERRUPTIONS}
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for interruption, handler in handlers.items():
            signal.signal(interruption, handler)
        for number in came:
            signal.raise_signal(number)


def _end_with_parent() -> None:
    """End this process as soon as its parent has, were it killed."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _messages(ends: list[Connection]) -> Iterator[tuple[str, int, Any]]:
    """What the processes say, until all have said that they are done."""
    talking = list(ends)
    while talking:
        for end in cast(list[Connection], wait(talking)):
            try:
                kind, number, value = end.recv()
            except EOFError:
                raise WorkerDiedError from None
            if kind == DONE and number is None:
                talking.remove(end)
            else:
                yield kind, number, value


def _ordered(messages: Iterator[tuple[str, int, Any]], count: int, step: Step) -> Iterator[Any]:
    """Results in the order of their numbers."""
    early: dict[int, Any] = {}
    due = 0
    for kind, number, value in messages:
        if kind == STEP:
            step()
        elif kind == FAILED:
            raise value
        else:
            early[number] = value
            while due in early:
                yield early.pop(due)
                due += 1
    if due < count:
        raise WorkerDiedError
