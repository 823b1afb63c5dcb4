"""Results at every level: districts and places add up to the whole, and means over districts are plain means."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.scenario.shape import Place, Target
from sim.studies.loading import load
from sim.studies.place_axis import MEAN_OF_POOR_DISTRICTS, POOR_DISTRICTS, axis, units_of
from sim.studies.run import run
from sim.studies.store import save
from tests.studies.fake_engine import FACTS, SOURCES, FakeSimulation, scenario

NAMES = ("An Phú", "Bình Sơn", "Cam Lộ", "Đa Hội")


def test_a_district_that_is_one_place_has_one_label():
    labels = axis(("A", "B", "C"), {"X": ("A", "B"), "C": ("C",)}, ("C",), (MEAN_OF_POOR_DISTRICTS,))
    assert [label.name for label in labels] == ["all", "X", "A", "B", "C", POOR_DISTRICTS, MEAN_OF_POOR_DISTRICTS]
    assert axis(("A",), {"X": ("A",)}, ("A",), ()) == axis(("A",), {}, (), ())


def test_a_mean_is_over_districts_that_lie_within_whole():
    districts = {"X": ("A", "B"), "Y": ("C", "D")}
    assert units_of(("A", "B", "C", "E"), districts) == ("X", "C", "E")


@pytest.fixture(scope="module")
def results():
    def target(name: str, **about):
        return Target(name, "official_poor_rate", "fall", 1.0, "points", 2024, 2023, **about)

    places = [Place(name, 300 + 50 * n, 40 + 20 * n, 30, "ordinary", FACTS, sources=SOURCES) for n, name in enumerate(NAMES)]
    places = [
        replace(places[0], district="Huyện X"),
        replace(places[1], district="Huyện X"),
        replace(places[2], poor_district=True),
        replace(places[3], district="Huyện Y", poor_district=True),
    ]
    targets = (
        target("mean", over="poor_districts", mean="districts"), target("pooled", over="poor_districts"), target("x", place="Huyện X"),
        target("all districts", mean="districts"),
    )  # fmt: skip
    return run(replace(scenario(replications=5), places=tuple(places), targets=targets), engine=FakeSimulation)


def test_places_add_up_to_districts_and_districts_to_the_whole(results):
    for measure in ("official_poor_households", "households", "people", "escaped_households"):
        by = {label: results.series("plan", measure, label) for label in results.frame.place_labels}
        assert (by["Huyện X"] == by[NAMES[0]] + by[NAMES[1]]).all()
        assert (by["all"] == by["Huyện X"] + by[NAMES[2]] + by["Huyện Y"]).all()
        assert (by[POOR_DISTRICTS] == by[NAMES[2]] + by[NAMES[3]]).all()


def test_a_mean_of_rates_is_plain_and_a_count_beside_it_a_sum(results):
    rate = {label: results.series("plan", "official_poor_rate", label) for label in results.frame.place_labels}
    assert np.allclose(rate["mean_of_poor_districts"], (rate[NAMES[2]] + rate["Huyện Y"]) / 2)
    assert np.allclose(rate["mean_of_districts"], (rate["Huyện X"] + rate[NAMES[2]] + rate["Huyện Y"]) / 3)
    assert not np.allclose(rate["mean_of_poor_districts"], rate[POOR_DISTRICTS])
    count = results.series("plan", "official_poor_households", "mean_of_poor_districts")
    assert (count == results.series("plan", "official_poor_households", POOR_DISTRICTS)).all()


def test_spending_and_flows_add_up_too(results):
    spent = {label: results.series("plan", "spent:housing", label) for label in results.frame.place_labels}
    assert np.allclose(spent["all"], spent["Huyện X"] + spent["Huyện Y"] + spent[NAMES[2]])
    flow = [results.flow("plan", 2024, "poor", "not_listed", place) for place in ("Huyện X", NAMES[0], NAMES[1])]
    assert (flow[0] == flow[1] + flow[2]).all()


def test_they_are_read_back_as_they_were_written(results, tmp_path):
    back = load(save(results, tmp_path).folder)
    assert back.frame == results.frame
    for label in results.frame.place_labels:
        for measure in ("official_poor_rate", "gini"):
            assert np.array_equal(back.series("plan", measure, label), results.series("plan", measure, label), equal_nan=True)


def test_gini_of_a_district_is_that_of_its_households(results):
    whole, parts = (results.series("plan", "gini", label) for label in ("Huyện Y", NAMES[3]))
    assert np.array_equal(whole, parts) and (whole > 0.1).all()
