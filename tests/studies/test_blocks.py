"""Finished batches beside a run's place: used only if they are this very run's and whole, gone when the run is whole."""

from __future__ import annotations

import errno
import os
import resource
import shutil
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.studies import batch, lock
from sim.studies import run as run_module
from sim.studies.block_file import ForeignBlockError, decode, encode
from sim.studies.blocks import Blocks, tasks_around
from sim.studies.lock import BusyError
from sim.studies.run_into import run_into
from sim.studies.store import SAME_FILES, StoreError
from tests.studies.fake_engine import FakeSimulation, scenario

REPLICATIONS = 6


class StoppingSimulation(FakeSimulation):
    """The stand-in for the engine; in the batch of the fifth replication the user presses Ctrl-C."""

    @staticmethod
    def start(scenario, replications, seed):
        """Build the start of a batch, but not of that one."""
        if 4 in replications:
            raise KeyboardInterrupt
        return FakeSimulation.start(scenario, replications, seed)


def small(**changes):
    """A commune of 200 households, batches of one replication or two."""
    return scenario(households=200, poor=10, follow=1, **changes)


def go(out: Path, engine: type = FakeSimulation, resume: bool = False, **options):
    """A run into ``out``, and what was told of its blocks."""
    told: list[Blocks] = []
    options = {"replications": REPLICATIONS, "threads": 1, "engine": engine, **options}
    results = run_into(small(), out, resume=resume, told=told.append, **options)
    return results, told[0]


@pytest.fixture
def stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The blocks of a run that was stopped after its first two batches of two."""
    monkeypatch.setattr(run_module, "ROWS_AT_A_TIME", 400)
    with pytest.raises(KeyboardInterrupt):
        go(tmp_path / "out", StoppingSimulation)
    return next((tmp_path / "out" / "hoang_kim_2024").iterdir())


def same(one, other) -> bool:
    return all((one.folder / name).read_bytes() == (other.folder / name).read_bytes() for name in SAME_FILES)


@given(st.sets(st.integers(0, 20)), st.integers(1, 7))
def test_batches_fill_the_gaps_between_those_found(cuts: set[int], size: int) -> None:
    edges = sorted(cuts)
    found = [range(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    tasks = tasks_around(found, 20, size)
    assert [number for task in tasks for number in task] == list(range(20))
    assert set(found) <= set(tasks)
    assert all(0 < len(task) <= size for task in tasks if task not in found)


def test_a_stopped_run_leaves_its_batches_and_goes_on_to_the_same_bytes(stopped: Path, tmp_path: Path) -> None:
    assert sorted(path.name for path in stopped.iterdir()) == ["0-2.block", "2-4.block", "lock"]
    whole, _ = go(tmp_path / "unbroken")
    started = []

    class Counting(FakeSimulation):
        @staticmethod
        def start(scenario, replications, seed):
            started.append(replications)
            return FakeSimulation.start(scenario, replications, seed)

    resumed, blocks = go(tmp_path / "out", Counting, resume=True, threads=2)
    assert started == [range(4, 6)] or sorted(map(tuple, started)) == [(4,), (5,)]
    assert blocks.used == 4 and not blocks.refused and resumed.manifest["resumed"] == 4
    assert same(whole, resumed)
    assert [path.name for path in resumed.folder.parent.iterdir()] == [resumed.run_id]


def test_progress_begins_with_what_is_there(stopped: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    go(tmp_path / "out", resume=True, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(7, 9), (8, 9), (9, 9)]


def test_without_resume_all_is_worked_out_anew(stopped: Path, tmp_path: Path) -> None:
    _, blocks = go(tmp_path / "out")
    assert blocks.used == 0 and not stopped.exists()


@pytest.mark.parametrize("damage", ["cut short", "empty", "a changed bit", "nonsense"])
def test_a_damaged_batch_is_worked_out_anew_and_told(stopped: Path, tmp_path: Path, damage: str) -> None:
    path = stopped / "0-2.block"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(
        {"cut short": content[: len(content) * 2 // 3], "empty": b"", "a changed bit": content, "nonsense": b"x" * 999}[damage]
    )
    resumed, blocks = go(tmp_path / "out", resume=True)
    assert blocks.used == 2 and blocks.refused == {"0-2.block": "damaged"}
    assert same(go(tmp_path / "unbroken")[0], resumed)


@pytest.mark.parametrize("other", ["seed", "scenario", "version", "batch"])
def test_a_batch_of_another_run_is_never_used(stopped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str) -> None:
    if other == "batch":
        shutil.copy(stopped / "2-4.block", stopped / "0-2.block")
    else:
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            if other == "version":
                patch.setattr("sim.studies.manifest.versions", lambda: {"source": "another"})
            plan = small(resolved={"name": "another"}) if other == "scenario" else small()
            run_into(plan, tmp_path / other, seed=9 if other == "seed" else None, replications=6, threads=1, engine=StoppingSimulation)
        foreign = next((tmp_path / other / "hoang_kim_2024").iterdir())
        assert foreign.name != stopped.name
        shutil.copy(foreign / "0-2.block", stopped / "0-2.block")
    resumed, blocks = go(tmp_path / "out", resume=True)
    assert blocks.refused == {"0-2.block": "other_run"} and blocks.used == 2
    assert same(go(tmp_path / "unbroken")[0], resumed)


def test_batches_that_overlap_are_used_once(stopped: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        go(tmp_path / "more", StoppingSimulation, threads=3)  # batches of one
    for path in (tmp_path / "more").rglob("*.block"):
        shutil.copy(path, stopped)
    assert {path.name for path in stopped.glob("*.block")} >= {"0-1.block", "0-2.block", "2-4.block", "3-4.block"}
    resumed, blocks = go(tmp_path / "out", resume=True)
    assert blocks.used in (4, 5) and same(go(tmp_path / "unbroken")[0], resumed)


def test_what_is_read_is_what_was_written() -> None:
    work = batch.BatchWork(FakeSimulation, *_about())
    parts = work(range(2, 4), lambda: None)
    again = decode(encode("me", range(2, 4), parts), "me", range(2, 4))
    assert list(again) == list(parts)
    for mix, part in parts.items():
        assert (again[mix].cube.groups, again[mix].cube.measures) == (part.cube.groups, part.cube.measures)
        assert again[mix].cube.values.tobytes() == part.cube.values.tobytes()
        assert again[mix].flows.dtype == part.flows.dtype and np.array_equal(again[mix].flows, part.flows)
        for name, column in part.ledger.columns.items():
            assert again[mix].ledger.columns[name].dtype == column.dtype
            assert again[mix].ledger.columns[name].tolist() == column.tolist()


def _about():
    from sim.studies import framing

    plan = small()
    frame = framing.frame_of(plan, ("plan", "no_policy"), 4, 1)
    return plan, frame, framing.levels_of(plan, frame)


@given(st.data())
def test_no_change_of_one_byte_is_missed(data: st.DataObject) -> None:
    content = bytearray(encode("me", range(1), {}))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ForeignBlockError):
        decode(bytes(content), "me", range(1))


def test_a_second_run_into_the_folder_is_turned_away(stopped: Path, tmp_path: Path) -> None:
    handle = lock.take(stopped / "lock")
    with pytest.raises(BusyError) as told:
        go(tmp_path / "out", resume=True)
    assert told.value.holder == os.getpid()
    lock.drop(handle)
    assert go(tmp_path / "out", resume=True)[1].used == 4


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    holder = get_context("fork").Process(target=lambda: (lock.take(tmp_path / "folder" / "lock"), os._exit(0)))
    holder.start()
    holder.join()
    assert int((tmp_path / "folder" / "lock").read_text()) == holder.pid
    lock.drop(lock.take(tmp_path / "folder" / "lock"))
    assert int((tmp_path / "folder" / "lock").read_text()) == os.getpid()


def _run_with_room_for(bytes_a_file: int, out: Path) -> None:
    """In a process of its own: a run whose files may be no larger, as on a disk that is full; ends with 0 if it says so."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_a_file, bytes_a_file))
    try:
        go(out)
    except StoreError as fault:
        os._exit(0 if fault.reason == "EFBIG" else 2)
    os._exit(1)


@pytest.mark.parametrize("room", [0, 2_000, 60_000])
def test_a_disk_without_room_is_told_and_leaves_nothing_half_written(tmp_path: Path, room: int) -> None:
    process = get_context("fork").Process(target=_run_with_room_for, args=(room, tmp_path))
    process.start()
    process.join()
    assert process.exitcode == 0
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(path.suffix == ".block" or path.name == "lock" for path in left)


def test_a_disk_that_fills_up_keeps_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write, written = Path.write_bytes, []

    def fill(path: Path, content: bytes) -> int:
        if ".block." in path.name:
            written.append(path)
            if len(written) == 2:
                write(path, content[:100])
                raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", fill)
    with pytest.raises(StoreError) as told:
        go(tmp_path)
    assert told.value.reason == "ENOSPC"
    folder = next((tmp_path / "hoang_kim_2024").iterdir())
    assert len(list(folder.glob("*.block"))) == 1 and not list(folder.glob("*.partial"))
    assert go(tmp_path, resume=True)[1].used > 0


def test_an_error_crosses_processes_unchanged() -> None:
    import pickle

    fault = pickle.loads(pickle.dumps(StoreError(Path("a"), "ENOSPC")))
    assert (fault.folder, fault.reason) == (Path("a"), "ENOSPC")


def test_own_levers_are_part_of_what_names_a_run(tmp_path: Path) -> None:
    from sim.studies.manifest import identity

    def named() -> str:
        return identity({}, 1, 2, ("plan",), tmp_path)

    (tmp_path / "wells.py").write_text("one = 1\n")
    before = named()
    (tmp_path / "wells.py").write_text("one = 2\n")
    assert before != named() != identity({}, 1, 2, ("plan",))


def test_the_same_in_python(stopped: Path, tmp_path: Path) -> None:
    import sim

    again = sim.run(small(), out=tmp_path / "out", resume=True, replications=REPLICATIONS, threads=1, engine=FakeSimulation)
    assert again.manifest["resumed"] == 4 and same(again, go(tmp_path / "unbroken")[0])


def test_a_plan_in_memory_leaves_no_trace(tmp_path: Path) -> None:
    results = run_module.run(replace(small(), key="nowhere"), replications=2, threads=1, engine=FakeSimulation)
    assert results.folder is None and "resumed" not in results.manifest
