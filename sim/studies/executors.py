"""Work on ranges in threads, results in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
Step = Callable[[], None]


def batches(count: int, size: int) -> list[range]:
    """``range(count)`` cut into ranges of ``size``, the last one shorter."""
    return [range(first, min(first + size, count)) for first in range(0, count, size)]


def threads_to_use(threads: int | None) -> int:
    """The number asked for, or what the machine lets this process use."""
    if threads is not None:
        return max(int(threads), 1)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(work: Callable[[Task, Step], Result], tasks: Sequence[Task], threads: int, step: Step) -> Iterator[Result]:
    """``work(task, step)`` of every task, yielded in the order of the tasks however many threads do it.

    ``step`` is for the work to call at each step done. After an error nothing further is begun, and the error is raised.
    """
    if threads == 1 or len(tasks) == 1:
        yield from (work(task, step) for task in tasks)
        return
    with ThreadPoolExecutor(max_workers=threads) as pool:
        futures = [pool.submit(work, task, step) for task in tasks]
        try:
            for future in futures:
                yield future.result()
        finally:
            for future in futures:
                future.cancel()
