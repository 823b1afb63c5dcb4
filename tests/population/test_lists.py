"""The lists at the start: exact in every replication, with a memory, and consistent with what households are."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.codebook import NEVER, Standing
from sim.dynamics.world import World
from sim.entitlements import Entitlements
from sim.kit import maths
from sim.law.book import Book
from sim.population.burn_in import burn_in, listed_counts, zones_of
from sim.population.frame import as_rates
from sim.population.memory import remember
from sim.population.raking import rake
from sim.society import Society
from sim.standards.lists import newly_escaped
from sim.standards.load import load_standard
from tests.population.start_of import BEGIN, place, start_of

PLACES = [place(), place(900, 150, 90, income_per_head=2300.0)]


def society_of(places: list, replications: int, standard: str = "vn_2022") -> Society:
    """The society right after synthesis, with its parameters standing in for quarterly rates."""
    h, communes, parameters = start_of(places, replications)
    world = World(parameters, 5, 0, Entitlements(Book.load()), BEGIN)
    world.turn(BEGIN)
    return Society(h, communes, world, parameters, as_rates(parameters), load_standard(standard), np.zeros(len(communes)), 5, 0)


def counts(h, standing: Standing, cells: int) -> list[int]:
    return np.bincount(h.cell[h.reviewed == standing], minlength=cells).tolist()


@pytest.fixture(scope="module")
def society():
    society = society_of(PLACES, 4)
    remember(society, PLACES, BEGIN)
    society.before = society.households.reviewed.copy()
    rake(society, PLACES, BEGIN)
    return society


def test_counts_are_exact_in_every_replication(society) -> None:
    h = society.households
    assert counts(h, Standing.POOR, 8) == [25, 150] * 4
    assert counts(h, Standing.NEAR_POOR, 8) == [40, 90] * 4


def test_raking_moves_few(society) -> None:
    changed = (society.before != society.households.reviewed).sum() / 4
    assert changed < 0.12 * (25 + 40 + 150 + 90)


def test_the_poor_lack_three_things_and_score_below_the_line(society) -> None:
    h, standard = society.households, society.standard
    points, poor = standard.points_of(standard.deprivations(h)), h.reviewed == Standing.POOR
    line = standard.threshold_of(h.urban, BEGIN, "second")
    assert (points[poor] >= 30).mean() > 0.99
    assert (society.score(BEGIN)[poor] <= line[poor]).mean() > 0.97
    near = (h.reviewed == Standing.NEAR_POOR) & (society.score(BEGIN) <= line)
    assert (points[near] < 30).mean() > 0.93


def test_the_next_review_keeps_most_of_the_list(society) -> None:
    """A list drawn from one cross-section would lose half of its households at once."""
    other = society.copy()
    other.new_lists()
    other.households.applies[...] = 0
    from sim.kit.calendar import Quarter
    from sim.standards.review import review, score

    listed = other.households.standing != Standing.NOT_LISTED
    nothing = np.zeros(len(other.households))
    when = Quarter(2024, 3)
    points = score(other.households, other.standard, when, other.intercept[other.households.cell], nothing)
    review(other.households, other.by_row, other.standard, when, 5, points)
    kept = (other.households.reviewed[listed] != Standing.NOT_LISTED).mean()
    assert kept > 0.85


def test_lists_have_a_memory(society) -> None:
    h = society.copy().households
    left = h.quarters_since_listed < NEVER
    assert 0.05 < left.sum() / (h.standing != Standing.NOT_LISTED).sum() < 1.5
    assert newly_escaped(h, BEGIN).sum() > 0
    assert (h.quarters_since_poor[h.standing == Standing.POOR] == NEVER).all()
    assert (h.quarters_since_listed[h.standing != Standing.NOT_LISTED] == NEVER).all()


def test_a_review_of_the_burn_in_lists_as_many_as_the_plan() -> None:
    society = society_of(PLACES, 3)
    society.apply(BEGIN)
    _, listed = listed_counts(PLACES, 3)
    burn_in(society, zones_of(society, PLACES), listed, BEGIN)
    listed = np.bincount(society.households.cell[society.households.reviewed != 0], minlength=6)
    assert np.abs(listed - np.array([65, 240] * 3)).max() <= 6


@pytest.mark.parametrize("standard", ["vn_2011", "vn_2016", "vn_2022", "vn_2027"])
def test_counts_are_exact_under_every_standard(standard: str) -> None:
    society = society_of(PLACES, 2, standard)
    remember(society, PLACES, BEGIN)
    rake(society, PLACES, BEGIN)
    assert counts(society.households, Standing.POOR, 4) == [25, 150] * 2
    assert counts(society.households, Standing.NEAR_POOR, 4) == [40, 90] * 2


@pytest.mark.parametrize("poor, near", [(0, 0), (0, 12), (12, 0), (200, 100)])
def test_extreme_counts(poor: int, near: int) -> None:
    places = [place(300, poor, near)]
    society = society_of(places, 2)
    remember(society, places, BEGIN)
    rake(society, places, BEGIN)
    assert counts(society.households, Standing.POOR, 2) == [poor, poor]
    assert counts(society.households, Standing.NEAR_POOR, 2) == [near, near]
    assert np.isfinite(maths.exp(society.intercept)).all()
