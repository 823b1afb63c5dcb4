"""Who does the batches of a run: threads, processes, or the machines of a cluster. The results are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Thread

from sim.kit.compiling import is_compiled_before
from sim.studies import executors, forks
from sim.studies.batch import BatchWork
from sim.studies.blocks import Blocks
from sim.studies.executors import Step
from sim.studies.pieces import Task
from sim.studies.results import Parts


@dataclass(frozen=True)
class Crew:
    """``workers`` threads, or ``processes`` where the system can fork, which share no interpreter lock; with ``scheduler`` the
    cluster at that address. ``meanwhile`` is called once, while others work."""

    workers: int
    meanwhile: Step | None = None
    processes: bool = False
    scheduler: str | None = None
    blocks: Blocks | None = None

    def do(self, work: BatchWork, tasks: Sequence[Task], step: Step) -> Iterator[Parts]:
        """The work on all tasks, in their order; each is kept among the blocks, if there are any, as soon as it is done."""
        meanwhile = self.meanwhile or _nothing
        if self._forks(len(tasks)):
            yield from forks.in_order(partial(self._kept, work), tasks, self.workers, step, meanwhile)
            return
        reading = Thread(target=meanwhile, daemon=True)
        reading.start()
        if self.scheduler is None:
            yield from executors.in_order(partial(self._kept, work), tasks, self.workers, step)
        else:
            from sim.studies import cluster

            yield from cluster.in_order(work, tasks, self.scheduler, step, self._keep)
        reading.join()

    def _forks(self, tasks: int) -> bool:
        """Whether processes pay and can be had."""
        wanted = self.processes and self.scheduler is None and self.workers > 1 and tasks > 1
        return wanted and forks.can_fork() and is_compiled_before()

    def _kept(self, work: BatchWork, task: Task, step: Step) -> Parts:
        """One task's work, kept where it was done."""
        parts = work(task, step)
        self._keep(task, parts)
        return parts

    def _keep(self, task: Task, parts: Parts) -> None:
        if self.blocks is not None:
            self.blocks.keep(task, parts)


def _nothing() -> None:
    """Nothing is to be done meanwhile."""
