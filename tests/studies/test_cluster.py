"""Batches on a cluster: the bytes of a run by threads, whoever dies; strangers and absent ones are told apart."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.studies import cluster, pieces
from sim.studies import run as run_module
from sim.studies.cluster import ClusterError
from sim.studies.run_into import run_into
from sim.studies.store import SAME_FILES
from tests.studies import test_pieces
from tests.studies.fake_engine import FakeSimulation, scenario

distributed = pytest.importorskip("distributed")


class SlowSimulation(FakeSimulation):
    """The stand-in for the engine, slow enough to be killed at work."""

    def quarter(self) -> None:
        """One quarter."""
        time.sleep(0.01)
        super().quarter()


@pytest.fixture(scope="module")
def two_workers() -> Iterator[distributed.LocalCluster]:
    """A cluster of two processes on this machine."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch a replication."""
    monkeypatch.setattr(run_module, "ROWS_SENT", 200)


def go(out: Path, address: str | None = None, **options):
    """A run of a small commune, eight replications."""
    plan = scenario(households=200, poor=10, follow=1, replications=8)
    return run_into(plan, out, engine=SlowSimulation, threads=2, scheduler=address, **options)


def same(one, other) -> bool:
    return all((one.folder / name).read_bytes() == (other.folder / name).read_bytes() for name in SAME_FILES)


def test_a_cluster_gives_the_bytes_of_threads(two_workers, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    spread = go(tmp_path / "spread", two_workers.scheduler_address, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(done, 24) for done in range(1, 25)]  # eight batches of three mixes
    assert same(spread, go(tmp_path / "here"))
    assert [path.name for path in spread.folder.parent.iterdir()] == [spread.run_id]


def test_a_worker_killed_at_work_changes_nothing(two_workers, tmp_path: Path) -> None:
    with distributed.Client(two_workers.scheduler_address, set_as_default=False) as client:
        processes = list(client.run(os.getpid).values())
    killed: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if not killed:
            killed.append(processes[0])
            os.kill(processes[0], signal.SIGKILL)

    spread = go(tmp_path / "spread", two_workers.scheduler_address, progress=kill_one)
    assert killed and same(spread, go(tmp_path / "here"))


def test_batches_of_a_stopped_run_are_gone_on_from(two_workers, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go(tmp_path / "spread", two_workers.scheduler_address, progress=stop)
    told = []
    spread = go(tmp_path / "spread", two_workers.scheduler_address, resume=True, told=told.append)
    assert told[0].used >= 3 and same(spread, go(tmp_path / "here"))


def test_pieces_of_a_replication_give_the_bytes_of_the_whole(two_workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine itself, a large replication cut into five: places on whichever worker is free."""
    whole = run_into(test_pieces.plan(), tmp_path / "whole", threads=1, replications=2)
    monkeypatch.setattr(pieces, "ROWS_OF_A_PIECE", 400)
    told: list[tuple[int, int]] = []
    address, tell = two_workers.scheduler_address, lambda *step: told.append(step)
    spread = run_into(test_pieces.plan(), tmp_path / "spread", scheduler=address, replications=2, progress=tell)
    assert told[-1] == (30, 30)  # two replications, five pieces, three mixes
    assert same(spread, whole)


def test_workers_of_another_version_are_refused(two_workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.studies.manifest.versions", lambda: {"thoatngheo": "9.9", "source": "f" * 64})
    with pytest.raises(ClusterError) as told:
        go(tmp_path, two_workers.scheduler_address)
    assert told.value.reason == "other_version"
    assert "thoatngheo" in told.value.facts["what"] and "(9.9)" in told.value.facts["what"]


def test_a_worker_that_joins_late_is_asked_as_well() -> None:
    with pytest.raises(ClusterError) as told:
        cluster._serve(None, range(1), {**cluster.own_versions(), "source": "another"})
    assert "(another)" in told.value.facts["what"]


def test_no_scheduler_and_no_workers_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(ClusterError) as told:
            go(tmp_path, address)
        assert told.value.reason == "no_scheduler"
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as empty, pytest.raises(ClusterError) as told:
        go(tmp_path, empty.scheduler_address)
    assert told.value.reason == "no_workers"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
