"""Batches of replications spread over processes, or threads where a system cannot fork."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sim.kit.compiling import is_compiled_before
from sim.studies import executors, forks

ROWS_AT_A_TIME = 100_000
Step = Callable[[], None]


@dataclass(frozen=True)
class Size:
    """Households of a sample, replications, seed, and processes (None: as many as the machine lets)."""

    agents: int
    replications: int
    seed: int
    threads: int | None = None


def spread(work: Callable[[range, Step], Any], size: Size, rows: int, step: Step | None = None) -> list[Any]:
    """``work(range, step)`` on batches of replications of ``rows`` households each, results in order."""
    workers = executors.threads_to_use(size.threads)
    tasks = executors.batches(size.replications, max(1, min(ROWS_AT_A_TIME // rows, -(-size.replications // workers))))
    return share_out(work, tasks, workers, step or _nothing)


def share_out(work: Callable[[range, Step], Any], tasks: Sequence[range], workers: int, step: Step) -> list[Any]:
    """``work(task, step)`` of every task, in their order, by so many processes or threads."""
    import_module("sim.engine")  # once, before processes are forked
    if workers > 1 and len(tasks) > 1 and forks.can_fork() and is_compiled_before():
        return list(forks.in_order(work, tasks, workers, step, _nothing))
    return list(executors.in_order(work, tasks, workers, step))


def batches_of(size: Size, rows: int) -> int:
    """How many batches ``spread`` makes, each of which calls ``step`` once."""
    workers = executors.threads_to_use(size.threads)
    return len(executors.batches(size.replications, max(1, min(ROWS_AT_A_TIME // rows, -(-size.replications // workers)))))


def _nothing() -> None:
    return None
