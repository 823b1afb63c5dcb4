"""The size of a run is told before it is begun."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
import typer

from sim.cli.sizes import refuse_too_large, say_size
from sim.scenario.read import read_scenario
from sim.scenario.shape import Envelope
from sim.studies.size import Size, free_memory, sample_that_fits, size_of
from tests.studies.fake_engine import scenario

ROOT = Path(__file__).parents[2]


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


def test_what_does_not_fit_is_refused_with_the_sample_that_does(monkeypatch, capsys):
    country = scenario(households=28_000_000, poor=800_000, replications=1)
    size = size_of(country)
    one_for = sample_that_fits(size, 8_000_000_000)
    assert one_for is not None and one_for > 1
    assert sample_that_fits(size_of(replace(country, one_for=one_for)), 8_000_000_000) is None
    assert sample_that_fits(size_of(replace(country, one_for=one_for - 1)), 8_000_000_000) is not None  # and no smaller than it must be
    monkeypatch.setattr("sim.studies.size.free_memory", lambda: 8_000_000_000)
    with pytest.raises(typer.Exit) as told:
        refuse_too_large(size, "en")
    assert told.value.exit_code == 2
    assert f"sample: {{one_for: {one_for}}}" in capsys.readouterr().err
    refuse_too_large(size_of(scenario()), "en")


def test_a_run_in_pieces_holds_a_piece_a_worker(capsys, monkeypatch):
    places = scenario(places=3, households=5_000_000, poor=200_000, replications=1)
    apart = size_of(places, threads=2)
    assert apart.at_once == 10_000_000 and not apart.coupled
    money = (Envelope("central", "recurrent", 2024, 10**9),)
    coupled = size_of(replace(places, money=money), threads=2)
    assert coupled.at_once == 15_000_000 and coupled.coupled
    assert size_of(replace(places, money=(replace(money[0], settled=True),)), threads=2).at_once == apart.at_once
    monkeypatch.setattr("sim.studies.size.free_memory", lambda: 8_000_000_000)
    with pytest.raises(typer.Exit):
        refuse_too_large(coupled, "en")
    assert "settled: true" in capsys.readouterr().err


def test_a_study_holds_whole_replications():
    """Its engine keeps starts or watches households, so nothing is cut."""
    places = scenario(places=3, households=5_000_000, poor=200_000, replications=1)
    whole = size_of(places, threads=2, whole=True)
    assert whole.at_once == 15_000_000 and whole.memory > size_of(places, threads=2).memory and not whole.coupled


def test_the_time_of_the_country_is_told_for_the_mixes_that_are_run():
    measured = list(csv.DictReader((ROOT / "benchmarks" / "results" / "country.csv").open(encoding="utf-8")))[-1]
    country = read_scenario(ROOT / "scenarios" / "country_28m.yaml")
    plan_alone = size_of(country, threads=int(measured["workers"]), mixes=["plan"])
    took = float(measured["simulation_seconds"]) + float(measured["joining_and_writing_seconds"])
    assert plan_alone.households == int(measured["households"])
    assert plan_alone.seconds == pytest.approx(took, rel=0.15)
    assert size_of(country, threads=2).seconds > 2 * plan_alone.seconds  # `run` adds the plan as planned, and no policy


def test_the_memory_that_is_free_is_known_on_linux():
    if Path("/proc/meminfo").exists():
        assert 10_000_000 < free_memory() < 10**14


def test_it_is_said_in_both_languages():
    size = Size(24_800, 30, 12, 50_000, 461_000_000, disk=4_400_000, seconds=33)
    said = "Size: a sample of 24,800 households (one for 12) × 30 runs = 744,000 rows, about 460 MB of memory, 4 MB of disk"
    assert say_size(size, "en") == f"{said}, about 35 seconds."
    assert say_size(replace(size, seconds=200), "en") == f"{said}, about 3 minutes."
    assert "24.800 hộ (mỗi hộ thay 12 hộ thật) × 30 lần chạy = 744.000 dòng" in say_size(size, "vi")
    assert "1.572 hộ × 200 lần chạy" in say_size(Size(1572, 200, 1, 1, 1), "vi")
