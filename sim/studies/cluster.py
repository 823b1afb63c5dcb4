"""Batches on the machines of a ``dask.distributed`` cluster: the same results in the same order, whichever machine does them.

Dask hands the batch of a machine that is lost to another one. Its libraries (``pip install thoatngheo[cluster]``) are imported only
here, and only when a cluster is asked for.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sim.studies import manifest
from sim.studies.batch import BatchWork
from sim.studies.executors import Step
from sim.studies.pieces import Task
from sim.studies.results import Parts

Keep = Callable[[Task, Parts], None]

CONNECT_SECONDS = 10
BEGINNING_OF_HASH = 12  # enough of it to be told apart in a message


class ClusterError(Exception):
    """The cluster cannot do the work, or no longer: ``reason`` is one of those below, ``facts`` say which scheduler or worker."""

    NOT_BEGUN = ("not_installed", "no_scheduler", "no_workers", "other_version")
    LOST = "lost"

    def __init__(self, reason: str, facts: Mapping[str, str]) -> None:
        self.reason, self.facts = reason, dict(facts)
        super().__init__(reason, self.facts)


def in_order(work: BatchWork, tasks: Sequence[Task], address: str, step: Step, keep: Keep) -> Iterator[Parts]:
    """``work`` on every task, yielded in the order of the tasks; raises ClusterError.

    As soon as the parts of a task arrive, ``keep(task, parts)`` is called, and ``step`` for each mix.
    """
    if not tasks:
        return
    client, dask = _connect(address)
    try:
        _compare_versions(client, address)
        yield from _arriving(client, dask, work, tasks, lambda task, parts: _arrived(task, parts, step, keep))
    except (OSError, dask.KilledWorker, dask.CancelledError) as fault:
        raise ClusterError(ClusterError.LOST, {"address": address, "what": str(fault)}) from fault
    finally:
        client.close(timeout=CONNECT_SECONDS)


def own_versions() -> dict[str, str]:
    """What must be the same on every machine for the same figures."""
    return {**manifest.versions(), "python": f"{sys.version_info.major}.{sys.version_info.minor}"}


def _connect(address: str) -> tuple[Any, Any]:
    """A client of the cluster, and Dask's own module."""
    try:
        import distributed
    except ImportError:
        raise ClusterError("not_installed", {"address": address}) from None
    try:
        return distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False), distributed
    except (OSError, ValueError, TimeoutError) as fault:
        raise ClusterError("no_scheduler", {"address": address, "what": str(fault)}) from fault


def _compare_versions(client: Any, address: str) -> None:
    """ClusterError unless there is a worker and all have this very program."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError:
        raise ClusterError("no_workers", {"address": address}) from None
    for worker, found in client.run(own_versions, on_error="return").items():
        if found != own_versions():
            raise _other_version(worker, own_versions(), found)


def _other_version(worker: str, own: Mapping[str, str], found: Any) -> ClusterError:
    """What is different there from one's own; a worker that lacks the program answers with an error."""
    theirs = found if isinstance(found, dict) else {}
    different = [name for name in own if own[name] != theirs.get(name)] if theirs else []
    said = {name: (own[name][:BEGINNING_OF_HASH], str(theirs.get(name, ""))[:BEGINNING_OF_HASH]) for name in different}
    what = ", ".join(f"{name} {there or '-'} ({here})" for name, (here, there) in said.items())
    return ClusterError("other_version", {"worker": worker, "what": what or f"{type(found).__name__}: {found}"})


def _arriving(client: Any, dask: Any, work: BatchWork, tasks: Sequence[Task], arrived: Keep) -> Iterator[Parts]:
    """The parts of all tasks in order; ``arrived`` sees each as soon as it is there."""
    sent = client.scatter(work, broadcast=True)
    futures = {client.submit(_serve, sent, task, own_versions(), pure=False): task for task in tasks}
    early: dict[Task, Parts] = {}
    due = list(reversed(tasks))
    for future, parts in dask.as_completed(list(futures), loop=client.loop, with_results=True):
        arrived(futures[future], parts)
        early[futures.pop(future)] = parts
        while due and due[-1] in early:
            yield early.pop(due.pop())


def _arrived(task: Task, parts: Parts, step: Step, keep: Keep) -> None:
    keep(task, parts)
    for _ in parts:
        step()


def _serve(work: BatchWork, task: Task, versions: Mapping[str, str]) -> Parts:
    """What a worker does; it may have joined after the versions of all were compared."""
    if own_versions() != versions:
        raise _other_version(platform.node(), versions, own_versions())
    return work(task, lambda: None)
