"""The size of a run is told before it is begun."""

from __future__ import annotations

from dataclasses import replace

from sim.cli.sizes import say_size
from sim.studies.size import Size, size_of
from tests.studies.fake_engine import scenario


def test_rows_are_simulated_households_of_all_replications():
    plan = scenario(places=3, households=4000, replications=50)
    assert size_of(plan).rows == 600_000 and not size_of(plan).large
    assert size_of(plan, replications=100).large
    sample = size_of(replace(plan, one_for=20))
    assert (sample.households, sample.rows, sample.one_for) == (600, 30_000, 20)
    assert sample.memory < size_of(plan).memory


def test_batches_hold_no_more_rows_than_they_must():
    plan = scenario(households=1500, replications=1000)
    assert size_of(plan, threads=2).at_once <= 200_000
    assert size_of(plan, threads=4).memory > size_of(plan, threads=1).memory


def test_it_is_said_in_both_languages():
    size = Size(24_800, 30, 12, 50_000, 461_000_000)
    assert say_size(size, "en") == "Size: a sample of 24,800 households (one for 12) × 30 runs = 744,000 rows, about 460 MB of memory."
    assert "24.800 hộ (mỗi hộ thay 12 hộ thật) × 30 lần chạy = 744.000 dòng" in say_size(size, "vi")
    assert "1.572 hộ × 200 lần chạy" in say_size(Size(1572, 200, 1, 1, 1), "vi")
