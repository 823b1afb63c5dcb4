"""A place that stands for several communes: its parts add up to it, and differ as communes do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.codebook import Standing
from sim.kit.columns import Table
from sim.population.division import divide, sizes_of
from sim.population.memory import remember
from sim.population.raking import rake
from tests.population.start_of import BEGIN, intra_correlation, place
from tests.population.test_lists import society_of


@given(households=st.integers(1, 100_000), communes=st.integers(1, 60), home=st.integers(0, 30), seed=st.integers(0, 2**63 - 1))
def test_sizes_add_up_and_none_is_empty(households, communes, home, seed):
    if communes > households:
        with pytest.raises(ValueError):
            sizes_of(households, communes, home, seed)
        return
    sizes = sizes_of(households, communes, home, seed)
    assert len(sizes) == communes and sizes.sum() == households and (sizes >= 1).all()


def test_sizes_spread_as_those_of_neighbouring_communes_do():
    spread = [np.log(sizes_of(60_000, 30, home, 7)).std() for home in range(40)]
    assert 0.3 < np.mean(spread) < 0.42


def test_a_place_of_one_commune_is_itself():
    whole, parts = place(), place(2000, 300, 150)
    whole.name, parts.name, parts.communes, parts.district = "A", "B", 5, "huyện"
    communes = divide([whole, parts], 3)
    assert [(c.name, c.home) for c in communes] == [("A", 0)] + [("B", 1)] * 5
    assert communes[0].households == whole.households and communes[0].district == "A" and communes[1].district == "huyện"


@pytest.fixture(scope="module")
def society():
    places = [place(600, 40, 40), place(6000, 1200, 600, income_per_head=2300.0)]
    places[1].communes = 12
    society = society_of(places, 3)
    remember(society, places, BEGIN)
    rake(society, places, BEGIN)
    return society


def by_cell(h: Table, standing: Standing) -> np.ndarray:
    return np.bincount(h.cell[h.reviewed == standing], minlength=39).reshape(3, 13)


def test_the_counts_of_the_parts_are_those_of_the_place(society):
    for standing, counts in ((Standing.POOR, (40, 1200)), (Standing.NEAR_POOR, (40, 600))):
        listed = by_cell(society.households, standing)
        assert (listed[:, 0] == counts[0]).all() and (listed[:, 1:].sum(axis=1) == counts[1]).all()


def test_poverty_differs_between_the_communes_of_a_place(society):
    households = np.bincount(society.households.cell, minlength=39).reshape(3, 13)
    rates = by_cell(society.households, Standing.POOR)[:, 1:] / households[:, 1:]
    assert (rates.std(axis=1) > 0.04).all() and not np.allclose(rates[0], rates[1])  # and each replication has poor ones elsewhere


def test_living_standards_differ_between_them_as_the_survey_has_it(society):
    h = society.households
    rows = (h.replication == 0) & (h.cell > 0)
    assert 0.15 < intra_correlation(np.log(h.lasting_income[rows]), h.cell[rows] - 1) < 0.6


def test_a_place_keeps_its_mean_income(society):
    h = society.households
    for replication in range(3):
        rows = (h.replication == replication) & (h.cell % 13 > 0)
        mean = np.average(h.lasting_income[rows], weights=h.members_counted[rows])
        assert 0.65 * 2300 < mean < 1.45 * 2300  # as unsure as the figure is
