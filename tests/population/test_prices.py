"""Amounts in the YAML files are at prices of 2023; a start in another year has its own prices."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.members import Work
from sim.dynamics.income import animal_value, structural_production
from sim.dynamics.kernel import refresh
from sim.dynamics.rates import rates
from sim.dynamics.work import monthly_wage
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.population.frame import as_rates
from sim.population.tables import facts_of, table
from sim.start import own_parameters
from tests.population.start_of import place, start_of, world_of

EARLY = Quarter(2015, 1)


def test_a_plan_of_2024_is_at_the_prices_of_the_files():
    assert Book.load().prices_at_start(2024) == 1.0
    assert Book.load().prices_at_start(2023) == pytest.approx(1 / 1.0325)
    assert Book.load().prices_at_start(2026) == pytest.approx(1.0363 * 1.033)


def test_at_the_prices_of_the_files_nothing_changes():
    _, _, parameters = start_of([place(200)], replications=2)
    for name in parameters.dtype.names:
        assert np.array_equal(as_rates(parameters)[name], parameters[name].astype(np.float32))


def test_amounts_alone_follow_prices():
    _, _, parameters = start_of([place(200)], replications=2)
    for name, parameter in own_parameters().items():
        wanted = 0.7 if "prices of the start" in parameter.unit else 1.0
        assert np.allclose(as_rates(parameters, 0.7)[name], wanted * parameters[name]), name


def test_the_default_income_follows_prices():
    assert facts_of(object(), 0.7).income_per_head == pytest.approx(0.7 * table("facts")["income_per_head"]["value"])
    assert facts_of(place(income_per_head=2000.0), 0.7).income_per_head == 2000.0


def test_an_early_start_has_the_income_that_its_rates_give():
    """Lasting income is solved at the very prices at which the quarters to come are lived."""
    h, communes, parameters = start_of([place(300, income_per_head=2400.0)], replications=2, begin=EARLY)
    before, prices = h.lasting_income.copy(), Book.load().prices_at_start(EARLY.year)
    quarterly = rates(own_parameters(), parameters, prices)
    assert np.array_equal(communes.calf_price, quarterly["calf_price"])
    refresh(h, communes, quarterly, world_of(2))
    assert np.array_equal(h.lasting_income, before)


def test_production_and_pay_keep_their_proportions_at_all_prices():
    """With tools of the same real value, own production, wages and a cow are worth the same beside one another."""
    _, _, parameters = start_of([place(200)], replications=2)
    late, early = (as_rates(parameters, prices).view(np.recarray)[0] for prices in (1.0, 0.7))
    for tools in (0.0, 4_000.0, 60_000.0):
        dear = structural_production(np.float32(0.4), np.float32(tools), np.float32(2.0), late)
        cheap = structural_production(np.float32(0.4), np.float32(0.7 * tools), np.float32(2.0), early)
        assert cheap == pytest.approx(0.7 * dear, rel=1e-5)
    pay = [monthly_wage(int(Work.CASUAL), 9, 0, 0, p) for p in (late, early)]
    assert pay[1] == pytest.approx(0.7 * pay[0], rel=1e-5)
    assert animal_value(1, 2, early) == pytest.approx(0.7 * animal_value(1, 2, late), rel=1e-5)
