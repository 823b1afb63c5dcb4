"""Income levels and growth that differ within a plan: around its means, and nowhere in a plan of one place."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.codebook import COMMUNE_COLUMNS, HOUSEHOLD_COLUMNS
from sim.dynamics.uneven import grow_unevenly
from sim.kit.columns import Table
from sim.population.uneven import growth_offsets, income_owners, shared_levels
from tests.population.start_of import place, start_of

SLOPE = np.array([-0.6, -0.5])


def sharing(*places: SimpleNamespace) -> list[SimpleNamespace]:
    for number, one in enumerate(places):
        one.name, one.income_of = f"P{number}", ""
    return list(places)


def test_poorer_places_lie_below_a_shared_figure_whose_mean_stays():
    places = sharing(place(2000, 40, 40), place(1000, 300, 200), place(500, 20, 10, household_size=5.0))
    levels = shared_levels(places, SLOPE)
    people = np.array([2000 * 3.7, 1000 * 3.7, 500 * 5.0])
    assert np.allclose((levels * people).sum(axis=1) / people.sum(), 1.0)
    assert (levels[:, 1] < 1).all() and (levels[:, [0, 2]] > 1).all() and levels[0, 1] < levels[1, 1]


def test_half_the_households_listed_against_a_tenth():
    """The normal scores 0 and -1.2816 are 0.6 * 1.2816 = 0.769 log points of income apart."""
    levels = shared_levels(sharing(place(1000, 300, 200), place(1000, 60, 40)), SLOPE)
    assert np.log(levels[0, 1] / levels[0, 0]) == pytest.approx(0.769, abs=0.001)


def test_a_place_with_a_figure_of_its_own_keeps_it():
    places = sharing(place(2000, 40, 40), place(1000, 300, 200), place(500, 10, 10))
    places[1].income_of = None
    assert shared_levels(places, SLOPE)[:, 1].tolist() == [1.0, 1.0]
    assert income_owners(places).tolist() == [0, 1, 0]
    assert (shared_levels(places[:1], SLOPE) == 1.0).all()


def offsets_of(places: list, **parameters: float) -> np.ndarray | None:
    drawn = np.zeros(3, dtype=[(name, np.float32) for name in ("minority_growth_gap", "remote_growth_gap", "district_growth_sd")])
    for name, value in parameters.items():
        drawn[name] = value
    communes = Table.zeros(COMMUNE_COLUMNS, 3 * len(places))
    communes.home[...], communes.replication[...] = np.tile(np.arange(len(places)), 3), np.repeat(np.arange(3), len(places))
    return growth_offsets(SimpleNamespace(communes=communes, parameters=drawn, first=0, seed=4), places, 0.055)


def test_one_place_grows_as_its_replication():
    assert offsets_of([place(minority_share=0.4)], minority_growth_gap=-0.01, remote_growth_gap=-0.01, district_growth_sd=0.02) is None


def test_differences_leave_the_mean_where_it_is():
    places = [place(3000, minority_share=0.9), place(1000, minority_share=0.1), place(1000, minority_share=0.1)]
    places[0].area = "especially_difficult"
    for number, one in enumerate(places):
        one.name, one.district = f"P{number}", f"H{number}"
    weight = np.array([3000, 1000, 1000]) / 5000
    for name, value in (("minority_growth_gap", -0.01), ("remote_growth_gap", -0.01), ("district_growth_sd", 0.02)):
        offsets = offsets_of(places, **{name: value})
        assert np.allclose(offsets[0].reshape(3, 3) @ weight, 0.0, atol=1e-12)
        assert (offsets[0] == offsets[1]).all()
        if name != "district_growth_sd":
            assert offsets[0, 0] < 0 < offsets[0, 1]


def test_districts_share_their_luck_and_places_without_one_have_none():
    places = [place(1000) for _ in range(4)]
    for number, district in enumerate(("X", "X", "Y", None)):
        places[number].name, places[number].district = f"P{number}", district
    luck = offsets_of(places, district_growth_sd=0.02)[0].reshape(3, 4)
    assert (luck[:, 0] == luck[:, 1]).all() and (luck[:, 0] != luck[:, 2]).all() and (luck[:, 3] == 0).all()


def test_stated_growth_replaces_the_usual():
    offsets = offsets_of([place(growth=0.04, minority_growth=0.03), place()])
    assert np.allclose(offsets, [[-0.015, 0] * 3, [-0.025, 0] * 3])


def test_four_quarters_of_growth():
    h = Table.zeros(HOUSEHOLD_COLUMNS, 3)
    h.cell[...], h.minority[...], h.outside_support[...] = [0, 0, 1], [0, 1, 0], 100.0
    for _ in range(4):
        grow_unevenly(h, np.array([[0.02, 0.0], [-0.01, 0.0]]))
    assert np.allclose(h.ability, [0.02, -0.01, 0.0])
    assert np.allclose(h.outside_support, 100 * np.exp([0.02, -0.01, 0.0]))


def test_a_stated_gap_of_minority_households_is_that_of_the_place():
    means = {}
    for gap in (0.0, 0.6):
        h, _, _ = start_of([place(4000, 400, 300, minority_share=0.5, minority_income_gap=gap)], replications=1)
        income = np.log(np.maximum(h.lasting_income, 1.0))
        means[gap] = income[h.minority == 0].mean() - income[h.minority == 1].mean()
    assert means[0.6] - means[0.0] == pytest.approx(0.6, abs=0.05)
