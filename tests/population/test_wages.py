"""The share of wages in what a place's people earn by work is the one that the place states."""

import numpy as np
import pytest

from sim.engine import Simulation
from tests.population.start_of import place, start_of
from tests.verification import small

STATED = (0.3, 0.575, 0.7)


@pytest.mark.parametrize("share", STATED)
def test_a_year_of_earnings_has_the_share_of_wages(share):
    scenario = small.plan([small.place(households=1500, wage_share=share)])
    simulation = Simulation(Simulation.start(scenario, range(4), 1), "no_policy")
    own, wages = 0.0, 0.0
    for _ in range(4):
        simulation.quarter()
        own += simulation.households.own_income.sum(dtype=np.float64)
        wages += simulation.households.wage_income.sum(dtype=np.float64)
    assert wages / (own + wages) == pytest.approx(share, abs=0.025)


def test_income_stays_what_the_place_has():
    free, _, _ = start_of([place(income_sd_log=0.0)])
    bound, _, _ = start_of([place(income_sd_log=0.0, wage_share=0.7)])
    for h in (free, bound):
        people = h.members_counted.astype(np.float64)
        assert (h.lasting_income * people).sum() / people.sum() == pytest.approx(4500.0, rel=0.01)


def test_a_place_that_states_none_does_not_move():
    """Its neighbour's wages are no business of its own: not a bit of it changes."""
    alone, alone_communes, _ = start_of([place(), place()])
    beside, communes, _ = start_of([place(), place(wage_share=0.7)])
    first = alone_communes.home[alone.cell] == 0
    assert (alone_communes.productivity == 1.0).all()
    assert (communes.productivity[communes.home == 0] == 1.0).all()
    assert (communes.productivity[communes.home == 1] < 1.0).all()
    assert np.array_equal(alone.lasting_income[first], beside.lasting_income[first])
    assert not np.array_equal(alone.ability[~first], beside.ability[~first])
