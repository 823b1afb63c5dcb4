"""Batches of replications spread over processes, or threads where a system cannot fork."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

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
    import_module("sim.engine")  # once, before processes are forked
    workers = executors.threads_to_use(size.threads)
    tasks = executors.batches(size.replications, max(1, min(ROWS_AT_A_TIME // rows, -(-size.replications // workers))))
    if workers > 1 and len(tasks) > 1 and forks.can_fork():
        return list(forks.in_order(work, tasks, workers, step or _nothing, _nothing))
    return list(executors.in_order(work, tasks, workers, step or _nothing))


def batches_of(size: Size, rows: int) -> int:
    """How many batches ``spread`` makes, each of which calls ``step`` once."""
    workers = executors.threads_to_use(size.threads)
    return len(executors.batches(size.replications, max(1, min(ROWS_AT_A_TIME // rows, -(-size.replications // workers)))))


def _nothing() -> None:
    return None
