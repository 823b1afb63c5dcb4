"""A household's start depends on its own keys alone, and not on how it is computed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pytest

from sim.kit.columns import Table
from tests.population.start_of import place, start_of


def same(first: Table, second: Table, leaving: tuple[str, ...] = ()) -> bool:
    """Whether two tables hold the same bits."""
    return all(np.array_equal(array, second[name]) for name, array in first.arrays().items() if name not in leaving)


def test_a_replication_does_not_depend_on_how_many_there_are() -> None:
    few, _, _ = start_of([place(400, 8, 10)], replications=5)
    many, _, _ = start_of([place(400, 8, 10)], replications=10)
    assert same(few.take(few.replication == 3), many.take(many.replication == 3))


def test_a_batch_may_begin_anywhere() -> None:
    whole, _, _ = start_of([place(300, 6, 9)], replications=6)
    part, _, _ = start_of([place(300, 6, 9)], replications=2, first=3)
    assert same(whole.take((whole.replication == 3) | (whole.replication == 4)), part, leaving=("cell",))


def test_another_place_changes_nothing_in_the_first() -> None:
    alone, _, _ = start_of([place(300, 6, 9)], replications=2)
    both, _, _ = start_of([place(300, 6, 9), place(500, 40, 40, income_per_head=2500.0)], replications=2)
    assert same(alone, both.take(both.cell % 2 == 0), leaving=("cell",))


def test_rows_are_in_order() -> None:
    h, communes, _ = start_of([place(300, 6, 9), place(500, 40, 40)], replications=2)
    key = (h.replication.astype(np.int64) << 32) + h.origin
    assert (np.diff(key) > 0).all()
    assert (h.cell == h.replication * 2 + (h.origin > 300)).all()
    assert list(communes.place) == [0, 1, 0, 1]


HASH = """
import zlib
from tests.population.start_of import place, start_of
h, _, _ = start_of([place(60, 4, 5)], replications=1)
print(zlib.crc32(b"".join(array.tobytes() for array in h.arrays().values())))
"""


def test_the_uncompiled_start_has_the_same_bits() -> None:
    h, _, _ = start_of([place(60, 4, 5)], replications=1)
    compiled = zlib.crc32(b"".join(array.tobytes() for array in h.arrays().values()))
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(Path.cwd())}
    plain = subprocess.run([sys.executable, "-c", HASH], env=environment, capture_output=True, text=True, check=True)
    assert int(plain.stdout) == compiled


@pytest.mark.parametrize("replications", [60])
def test_speed(replications: int) -> None:
    """200 replications of 1,572 households in about one and a half seconds of one core."""
    start_of([place()], replications=1)
    began = time.process_time()
    start_of([place()], replications=replications)
    assert (time.process_time() - began) * 200 / replications < 3.0
