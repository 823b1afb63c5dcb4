"""Replications are added until the main target's probability is known, and are those of a plain run with as many."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.run import run as command
from sim.kit.complaints import InputError
from sim.measures.targets import interval
from sim.studies import store
from sim.studies.judging import judge_one
from sim.studies.precision import half_width, run_to_precision
from sim.studies.run import run
from tests.studies.fake_engine import FakeSimulation, scenario


def plan(fall: float = 1.6, replications: int = 10, **changes):
    """A plan whose target is open: some runs meet it, some do not."""
    made = scenario(households=300, poor=12, replications=replications, follow=1, **changes)
    return replace(made, targets=(replace(made.targets[0], value=fall),))


OPEN = {"threads": 1, "engine": FakeSimulation}


def test_it_stops_when_the_probability_is_known_and_not_before():
    counts = []
    for points in (30.0, 12.0, 6.0):
        results = run_to_precision(plan(), ["plan"], precision=points, **OPEN)
        counts.append(results.frame.replications)
        assert half_width(results) <= points
        if counts[-1] > 10:
            assert half_width(run(plan(), ["plan"], replications=counts[-1] // 2, **OPEN)) > points
    assert counts == sorted(set(counts)) and all((count // 10).bit_count() == 1 for count in counts)


def test_it_gives_the_bytes_of_a_plain_run_with_as_many(tmp_path):
    stepped = store.save(run_to_precision(plan(), precision=9.0, **OPEN), tmp_path / "stepped")
    count = stepped.frame.replications
    assert count > 10
    plain = store.save(run(plan(), replications=count, **OPEN), tmp_path / "plain")
    assert stepped.run_id == plain.run_id and "resumed" not in stepped.manifest
    for name in store.SAME_FILES:
        assert (stepped.folder / name).read_bytes() == (plain.folder / name).read_bytes()


def test_no_replication_is_done_twice():
    done = []

    class Counting(FakeSimulation):
        @classmethod
        def start(cls, scenario, task, seed):
            done.extend(task)
            return super().start(scenario, task, seed)

    results = run_to_precision(plan(), ["plan"], precision=9.0, threads=1, engine=Counting)
    assert sorted(done) == list(range(results.frame.replications))


def test_it_ends_at_the_most_that_is_allowed():
    results = run_to_precision(plan(), ["plan"], precision=0.5, most=25, **OPEN)
    assert results.frame.replications == 25
    judged = judge_one(results, results.frame.targets[0], "plan")
    low, high = interval(judged.probability, 25)
    assert half_width(results) == pytest.approx(50.0 * (high - low))


def test_without_a_target_there_is_nothing_to_know():
    with pytest.raises(InputError) as caught:
        run_to_precision(replace(plan(), targets=()), precision=5.0, **OPEN)
    assert caught.value.complaints[0].code == "no_target_to_know"
    late = replace(plan(), targets=(replace(plan().targets[0], by=2040),))
    with pytest.raises(InputError):
        run_to_precision(late, precision=5.0, **OPEN)
    with pytest.raises(ValueError, match="above 0"):
        run_to_precision(plan(), precision=0.0, **OPEN)


@pytest.mark.parametrize(("lang", "words"), [("vi", "đã biết đến ±"), ("en", "is known to ±")])
def test_the_command_says_how_closely_it_is_known(monkeypatch, tmp_path, lang, words):
    monkeypatch.setattr("sim.scenario.read.read_scenario", lambda file: plan())
    monkeypatch.setattr("sim.studies.run.simulation_class", lambda: FakeSimulation)
    monkeypatch.setattr("sim.cli.run.tell_of_compiling", lambda lang: False)
    app = typer.Typer()
    app.command()(command)
    result = CliRunner().invoke(app, ["plan.yaml", "--precision", "12", "--out", str(tmp_path), "--lang", lang])
    assert result.exit_code == 0, result.output
    assert words in result.output and re.search(r"(lần chạy|runs)\.", result.output)
    again = CliRunner().invoke(app, ["plan.yaml", "--precision", "12", "--resume", "--out", str(tmp_path), "--lang", lang])
    assert again.exit_code == 2 and "--replications" in again.output
