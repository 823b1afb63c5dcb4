"""A province as a sample: the same plan in full and with one household for several gives the same figures, but for luck."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.model import PovertyModel
from sim.scenario.changing import change
from sim.scenario.shape import Scenario
from sim.studies import store
from sim.studies.results import Results
from sim.studies.run import run
from tests.verification import small

FOR_ONE, REPLICATIONS = 4, 10


@cache
def province() -> Scenario:
    """Two districts of four communes each, all five levers."""
    north = replace(small.place("Bắc", 6000, 900, 500, insurance_cover=0.6), communes=4, area="especially_difficult")
    south = replace(small.place("Nam", 5000, 300, 250, minority_share=0.5), communes=4)
    return small.plan_of_levers(places=[north, south], millions=24_000.0, follow_years=1)


@cache
def results(one_for: int) -> Results:
    return run(change(province(), {"one_for": one_for}), replications=REPLICATIONS, threads=2)


def differences(measure: str, year: int, mix: str = "plan") -> tuple[float, float]:
    """Mean over replications of the sample's figure less the full run's, and its standard error."""
    full, sample = (results(one_for).at(mix, measure, year) for one_for in (1, FOR_ONE))
    return float((sample - full).mean()), float((sample - full).std(ddof=1) / np.sqrt(REPLICATIONS))


def test_the_lists_at_the_start_are_right_within_one_agent():
    for place, poor, near_poor in (("Bắc", 900, 500), ("Nam", 300, 250), ("all", 1200, 750)):
        for measure, count in (("official_poor_households", poor), ("official_near_poor_households", near_poor)):
            assert np.abs(results(FOR_ONE).at("plan", measure, 2023, place) - count).max() <= FOR_ONE


@pytest.mark.parametrize(
    ("measure", "room"),
    [
        ("households", 60), ("official_poor_rate", 0.25), ("official_near_poor_rate", 0.3), ("true_poor_rate", 0.2),
        ("income_per_head_mean", 60), ("gini", 0.01), ("insured_share", 0.5), ("unemployed_share", 0.25), ("trained_share", 0.4),
        ("clean_water_share", 0.5), ("mpi_m0", 0.004), ("beneficiaries:livelihood_models", 25), ("beneficiaries:health_insurance", 60),
    ],
)  # fmt: skip
def test_a_sample_is_unbiased(measure: str, room: float):
    """Within three standard errors of the paired difference and what is known of small cells (docs/model.md, 4.9)."""
    for year in (2024, 2025):
        mean, error = differences(measure, year)
        assert abs(mean) <= 3.0 * error + room, (year, mean, error)


def test_money_is_the_plans_own():
    """What is appropriated is the same to the dong, and about as much is paid."""
    full, sample = (results(one_for).ledger["plan"] for one_for in (1, FOR_ONE))
    assert sample.total("appropriated") == full.total("appropriated")
    assert sample.total("paid") == pytest.approx(full.total("paid"), rel=0.05)
    held = sample.total("paid") + sample.total("returned") + sample.total("carried_out") - sample.total("carried_in")
    assert held == sample.total("appropriated")


def test_flows_are_in_households_and_close():
    flows = results(FOR_ONE).flows["plan"]
    assert (flows % FOR_ONE == 0).all()
    began = flows[:, 0, :, :, :].sum(axis=(1, 2, 3))
    assert np.abs(began - 11_000).max() < 700  # those of the start, and new ones


def test_every_output_says_that_it_is_a_sample(tmp_path: Path):
    from sim.report.verdict import verdict

    assert results(FOR_ONE).manifest["frame"]["one_for"] == FOR_ONE
    assert "stands for 4 real ones" in verdict(results(FOR_ONE), "en").markdown()
    assert "đại diện cho 4 hộ thật" in verdict(results(FOR_ONE), "vi").markdown()


def test_a_sample_is_the_same_on_one_thread_and_two(tmp_path: Path):
    scenario = change(province(), {"one_for": 8})
    saved = [store.save(run(scenario, replications=3, threads=threads), tmp_path / str(threads)).folder for threads in (1, 2)]
    for name in store.SAME_FILES:
        assert (saved[0] / name).read_bytes() == (saved[1] / name).read_bytes()


def test_a_model_reports_real_households():
    model = PovertyModel(change(province(), {"one_for": 10}), "plan")
    model.step()
    assert model.datacollector.model_vars["households"][-1] == pytest.approx(11_000, rel=0.01)
    assert model.datacollector.model_vars["official_poor_households"][-1] == pytest.approx(1200, abs=10)
