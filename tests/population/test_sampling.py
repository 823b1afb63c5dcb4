"""Counts of agents: within one of exact for every place, district and the whole."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from sim.population.division import divide
from sim.population.sampling import COUNTS, sampled


@dataclass(frozen=True)
class Place:
    name: str
    district: str | None
    households: int
    poor: int
    near_poor: int
    communes: int = 1


def places_of(draw) -> list[Place]:
    return [Place(f"P{n}", district, poor + near + rest, poor, near) for n, (district, poor, near, rest) in enumerate(draw)]


place = st.tuples(st.sampled_from([None, "X", "Y"]), st.integers(0, 3000), st.integers(0, 3000), st.integers(200, 30_000))
plans = st.lists(place, min_size=1, max_size=12).map(places_of)


@given(places=plans, one_for=st.integers(2, 40))
def test_every_count_is_within_one_agent(places, one_for):
    agents = sampled(places, one_for)
    groups = [[n] for n in range(len(places))] + [[n for n, p in enumerate(places) if p.district == name] for name in ("X", "Y")]
    for name in COUNTS:
        for group in groups:
            exact = sum(getattr(places[n], name) for n in group) / one_for
            assert abs(sum(getattr(agents[n], name) for n in group) - exact) <= (1 if name != "near_poor" else 3)
        whole = sum(getattr(place, name) for place in places)
        if name != "near_poor":  # which gives way where a place would have more listed agents than agents
            assert abs(sum(getattr(agent, name) for agent in agents) * one_for - whole) <= one_for / 2
    assert all(agent.poor + agent.near_poor <= agent.households for agent in agents)


def test_in_full_nothing_changes():
    places = places_of([("X", 7, 8, 900)])
    assert sampled(places, 1) == tuple(places)


def test_a_cell_of_a_sample_stands_for_several_communes():
    place = Place("P", None, 40_000, 4000, 3000, communes=16)
    cells = divide(sampled([place], 5), 3, 5)
    assert [cell.parts for cell in cells] == [5, 5, 6] and sum(cell.households for cell in cells) == 8000
    assert [cell.parts for cell in divide(sampled([place], 40), 3, 40)] == [16]
    assert [cell.parts for cell in divide([place], 3)] == [1] * 16
