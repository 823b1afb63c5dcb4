"""Work in processes of their own: the same results in the same order, and no process left behind."""

from __future__ import annotations

import os
import signal
import threading
import time
from multiprocessing import active_children

import pytest

from sim.studies import forks
from tests.studies import fake_engine

pytestmark = pytest.mark.skipif(not forks.can_fork(), reason="this system cannot fork")


@pytest.fixture(autouse=True)
def interruptions():
    """SIGINT as in a terminal: a shell ignores it in what runs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def nothing() -> None:
    """Nothing is done meanwhile."""


def test_results_come_in_order_and_steps_are_told() -> None:
    def work(task: int, step) -> tuple[int, int]:
        time.sleep(0.05 * (3 - task))  # the first task ends last
        step()
        step()
        return task, os.getpid()

    steps, did = [], []
    results = list(forks.in_order(work, [0, 1, 2], 2, lambda: steps.append(1), lambda: did.append(1)))
    assert [task for task, _ in results] == [0, 1, 2]
    assert os.getpid() not in {process for _, process in results} and len({process for _, process in results}) == 2
    assert len(steps) == 6 and did == [1]
    assert not active_children()


def test_an_error_comes_through_and_ends_all() -> None:
    def work(task: int, step) -> int:
        return 1 // task

    with pytest.raises(ZeroDivisionError):
        list(forks.in_order(work, [1, 0, 2], 2, nothing, nothing))
    assert not active_children()


def test_a_killed_process_is_noticed() -> None:
    def work(task: int, step) -> int:
        if task == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    with pytest.raises(forks.WorkerDiedError):
        list(forks.in_order(work, [0, 1, 2, 3], 2, nothing, nothing))
    assert not active_children()


def test_stopping_half_way_leaves_nobody_at_work() -> None:
    results = forks.in_order(lambda task, step: task, range(50), 2, nothing, nothing)
    assert next(results) == 0
    results.close()
    assert not active_children()


def test_an_interruption_while_processes_are_made_waits_until_they_are() -> None:
    seen, now = [], threading.Event()

    def interrupt() -> None:
        now.wait()
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)  # the system may give it to any thread

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt), forks._undisturbed():
        now.set()
        thread.join()
        time.sleep(0.01)
        seen.append("whole")
    assert seen == ["whole"]


def test_processes_and_threads_give_the_same_figures(monkeypatch) -> None:
    from sim.studies import run as running

    monkeypatch.setattr("sim.studies.crew.is_compiled_before", lambda: True)
    did = []
    apart = running.run(
        fake_engine.scenario(), engine=fake_engine.FakeSimulation, replications=8, threads=2, processes=True,
        meanwhile=lambda: did.append(1),
    )
    threads = running.run(fake_engine.scenario(), engine=fake_engine.FakeSimulation, replications=8, threads=2)
    assert did == [1]
    for mix, cube in threads.measures.items():
        assert cube.values.tobytes() == apart.measures[mix].values.tobytes()
        assert threads.flows[mix].tobytes() == apart.flows[mix].tobytes()


def test_processes_are_forked_once_the_starts_are_kept(monkeypatch) -> None:
    """What a process keeps is lost with it, so the first run keeps the starts here, and the next ones hand them to processes."""
    from sim.studies import crew
    from sim.studies import run as running
    from sim.studies.starts import Starts

    forked, in_order = [], forks.in_order

    def counted(*args):
        forked.append(len(args[1]))
        return in_order(*args)

    monkeypatch.setattr(crew, "is_compiled_before", lambda: True)
    monkeypatch.setattr(crew.forks, "in_order", counted)
    starts = Starts(fake_engine.FakeSimulation)
    first, second = (
        running.run(fake_engine.scenario(), engine=starts, replications=8, threads=2, processes=True).measures for _ in range(2)
    )
    assert len(starts.kept) == 4 and forked == [4]
    for mix, cube in first.items():
        assert cube.values.tobytes() == second[mix].values.tobytes()
