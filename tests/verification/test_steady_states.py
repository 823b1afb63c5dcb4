"""Constant chances lead to the steady state that a calculation by hand gives: jobs, services, lasting shocks, errors of the review."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.agents import members as m
from sim.agents.members import Work
from sim.dynamics.rates import quarterly_hazard
from sim.kit.calendar import Quarter
from sim.society import Society
from sim.standards.review import next_review_error
from tests.verification import small

LOSE, GIVE_UP, BEGIN, DISCOURAGED = 0.2, 0.5, 0.15, 0.4
OFF = small.WORK_STILL | small.WORLD_STILL | small.MEANS_STILL | small.LIVING_STILL | small.FAMILIES_STILL
JOBS = OFF | {"lose_contract_job": LOSE, "lose_casual_job": LOSE, "contract_per_school_year": 0.0, "training_search_advantage": 0.0}


def society_of(parameters: dict[str, float], households: int = 1500) -> Society:
    """A society without couplings, where constant chances stay constant."""
    place = small.place(households=households, poor=200, near_poor=100)
    return small.start(small.plan([place], parameters=parameters, structure=small.uncoupled())).society


def average(society: Society, of: Callable[[Society], np.ndarray], settle: int = 200, over: int = 250) -> np.ndarray:
    """Mean of a figure over ``over`` quarters, after ``settle`` quarters in which the start is forgotten."""
    figures = []
    for number in range(Quarter(2024, 1).number, Quarter(2024, 1).number + settle + over):
        society.live(Quarter.from_number(number))
        figures.append(of(society))
    return np.mean(figures[settle:], axis=0)


def shares_of_work(society: Society) -> np.ndarray:
    """People able to work who are: own work without looking, own work and looking, unemployed, in casual work, on a contract."""
    words = society.households.members
    able = (words & 1 == 1) & (m.get(words, "disability") == 0) & (m.get(words, "in_school") == 0)
    able &= (m.get(words, "age") >= 16) & (m.get(words, "age") < 45) & (m.get(words, "trained") == 0)
    work, looks = m.get(words, "work")[able], m.get(words, "searching")[able]
    own = work == Work.OWN
    kinds = (own & (looks == 0), own & (looks == 1), work == Work.UNEMPLOYED, work == Work.CASUAL, work == Work.CONTRACT)
    return np.array([kind.sum() for kind in kinds], dtype=np.float64)


def stationary(chances: np.ndarray) -> np.ndarray:
    """The distribution that a matrix of quarterly chances (from row, to column) leaves as it is."""
    equations = np.vstack([chances.T - np.eye(len(chances)), np.ones(len(chances))])
    return np.linalg.lstsq(equations, np.append(np.zeros(len(chances)), 1.0), rcond=None)[0]


def test_unemployment_is_losses_over_losses_and_finds() -> None:
    """Who loses a job with chance a and finds one with chance b a quarter is out of work a / (a + b) of the time."""
    society = society_of(JOBS)
    found = average(society, shares_of_work)
    lose, find = quarterly_hazard(LOSE), float(society.communes.find_chance[0])
    assert 0.05 < find < 0.95
    assert found[2] / found[2:].sum() == pytest.approx(lose / (lose + find), rel=0.06)


def test_five_kinds_of_work_in_their_steady_state() -> None:
    """Own work, looking, out of work, casual work and contracts, with seven constant chances, against the solved chain."""
    parameters = JOBS | {"formalise": 0.2, "lose_contract_job": 0.1, "contract_base": 0.3, "begin_search": BEGIN}
    society = society_of(parameters | {"give_up_search": GIVE_UP, "discouraged": DISCOURAGED})
    found = average(society, shares_of_work)
    f = float(society.communes.find_chance[0])
    casual, contract, formal, start, stop, home = (quarterly_hazard(x) for x in (LOSE, 0.1, 0.2, BEGIN, GIVE_UP, DISCOURAGED))
    # A seeker of own work who is not hired may stop looking. Who goes back to own work may look again in the same quarter.
    chain = np.array(
        [
            [1 - start, start, 0, 0, 0],
            [(1 - f) * stop, (1 - f) * (1 - stop), 0, 0.7 * f, 0.3 * f],
            [(1 - f) * home * stop, (1 - f) * home * (1 - stop), (1 - f) * (1 - home), 0.7 * f, 0.3 * f],
            [0, 0, casual, 1 - casual - formal, formal],
            [0, 0, contract, 0, 1 - contract],
        ]
    )
    assert chain.sum(axis=1) == pytest.approx(1.0)
    assert found / found.sum() == pytest.approx(stationary(chain), abs=0.012)


@pytest.mark.parametrize(("service", "ease"), [("clean_water", 1.2), ("hygienic_toilet", 1.2), ("internet", 2.0), ("devices", 2.0)])
def test_a_service_that_comes_and_goes(service: str, ease: float) -> None:
    """A service gained with chance g and lost with chance l a quarter is there g / (g + l) of the time."""
    society = society_of(OFF | {"deprivation_drift": 0.3, "service_loss": 0.3, "propensity_weight": 0.0})
    gain, loss = 0.25 * 0.3 * ease, quarterly_hazard(0.3)
    assert average(society, lambda now: now.households[service].mean()) == pytest.approx(gain / (gain + loss), abs=0.01)


def test_the_deeply_deprived_come_by_a_service_later() -> None:
    """The same for each household by its own propensity to lack: g falls by half a log point a unit."""
    society = society_of(OFF | {"deprivation_drift": 0.3, "service_loss": 0.3, "propensity_weight": 0.5})
    had = average(society, lambda now: now.households.clean_water.astype(np.float64))
    propensity = society.households.propensity
    gain, loss = 0.25 * 0.3 * 1.2 * np.exp(-0.5 * propensity), quarterly_hazard(0.3)
    expected = gain / (gain + loss)
    for third in np.array_split(np.argsort(propensity), 3):
        assert had[third].mean() == pytest.approx(expected[third].mean(), abs=0.015)
    assert expected.max() - expected.min() > 0.2


def test_spread_and_memory_of_the_lasting_shock() -> None:
    """The lasting shock to earnings keeps its yearly spread and autocorrelation for ever, whatever it began with."""
    society = society_of(OFF | {"persistent_sd": 0.3, "income_persistence": 0.85})
    society.households.persistent_shock[...] = 2.0
    years = []
    for year in range(2024, 2074):
        quarters = []
        for quarter in range(1, 5):
            society.live(Quarter(year, quarter))
            quarters.append(society.households.persistent_shock.astype(np.float64))
        years.append(np.mean(quarters, axis=0))
    settled = np.array(years[30:])
    assert settled.mean() == pytest.approx(0.0, abs=0.02)
    assert settled.std() == pytest.approx(0.3, rel=0.03)
    assert np.corrcoef(settled[:-1].ravel(), settled[1:].ravel())[0, 1] == pytest.approx(0.85, abs=0.01)


def test_spread_and_memory_of_the_error_of_the_review() -> None:
    """The error of the score does so too: its spread is kept, and a year carries on what the prior says."""
    society = society_of(OFF | {"review_error_sd": 0.2, "review_error_persistence": 0.9})
    h = society.households
    h.review_error[...] = 1.0
    errors = []
    for year in range(2025, 2125):
        next_review_error(h, society.by_row, Quarter(year, 1), society.seed)
        errors.append(h.review_error.astype(np.float64))
    settled = np.array(errors[50:])
    assert settled.std() == pytest.approx(0.2, rel=0.03)
    assert np.corrcoef(settled[:-1].ravel(), settled[1:].ravel())[0, 1] == pytest.approx(0.9, abs=0.01)
