"""The start of a run: a population that fits the plan's figures and whose lists have a memory."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from sim.dynamics.rates import rates as quarterly
from sim.dynamics.world import World, settle_markets
from sim.kit import maths
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.law.parameters import Parameter, draw, gather, load
from sim.policies.discovery import discover
from sim.population.burn_in import burn_in
from sim.population.raking import rake
from sim.population.synthesis import synthesise
from sim.scenario.shape import Scenario
from sim.society import Entitlements, Society
from sim.standards.load import load_standard

PACKAGE = Path(__file__).parent
BURN_IN_YEARS = 8
MEASURED_YEARS = 4  # of the burn-in, over which the population's own growth is taken
MICRO = 1_000_000  # sums that feed back are of whole millionths, so that no order of adding matters
# Services stand still in the burn-in: they drift with the times, and the times begin at the start.
STILL = ("deprivation_drift", "service_loss", "dwelling_wear", "storm_breaks_dwelling")


@cache
def own_parameters() -> Mapping[str, Parameter]:
    """Every uncertain number that ships with the program outside the levers, by name."""
    files = [*sorted((PACKAGE / "dynamics").glob("*.yaml")), PACKAGE / "standards" / "review.yaml", PACKAGE / "population" / "synthesis.yaml"]
    return gather(load(path) for path in files)


def all_parameters(scenario: Scenario) -> Mapping[str, Parameter]:
    """Every uncertain number of a run: the program's, and those of the levers at hand."""
    levers = discover(scenario.levers_folder)
    return gather([own_parameters(), *[lever.parameters for lever in levers.values()]])


def parameters_of(scenario: Scenario, replications: range, seed: int) -> np.ndarray:
    """Yearly parameter values, a record for each replication, with the scenario's replacements."""
    replaced = dict(scenario.parameters)
    if scenario.structure.trap:
        replaced.setdefault("trap", 1)
    if not scenario.structure.list_pressure:
        replaced.setdefault("list_pressure", 0)
    return draw(all_parameters(scenario), seed, np.arange(replications.start, replications.stop), replaced)


def build(scenario: Scenario, replications: range, seed: int) -> Society:
    """The society on 1 January of the first year, with exactly the plan's lists, for replications start to stop."""
    begin = Quarter(scenario.first_year, 1)
    parameters = parameters_of(scenario, replications, seed)
    rates = quarterly(all_parameters(scenario), parameters)
    standard = load_standard(scenario.standard)
    world = World(parameters, seed, replications.start, Entitlements(Book.load(), scenario.entitlements), begin)
    world.turn(begin)
    households, communes = synthesise(scenario.places, parameters, seed, replications.start, len(replications), begin, world.record)
    society = Society(
        households, communes, world, parameters, rates, standard, np.zeros(len(communes)), seed, replications.start,
        couplings=scenario.structure.couplings,
    )
    society.take_stock()
    settle_markets(society.households, society.communes, rates, replications.start)
    target = mean_income(society)
    society.rates = _still(rates)
    _remember(society, scenario, begin, target)
    society.rates = rates
    society.perfect_list = scenario.structure.perfect_list
    society.world.moving = True
    return society


def _remember(society: Society, scenario: Scenario, begin: Quarter, target: np.ndarray) -> None:
    """Some review years without levers or growth, which give lists their memory; the plan's exact lists at the end."""
    drift = np.zeros(len(society.parameters))

    def live_year(year: int) -> None:
        for quarter in (1, 2, 3, 4):
            now = Quarter(year, quarter)
            if quarter == 1:
                society.new_lists()
                society.renew_households(now, *society.leaving(now))
            society.live(now)
            if quarter == 3:
                moved = hold_mean_income(society, target)
                if year >= scenario.first_year - MEASURED_YEARS:
                    drift[...] -= moved / MEASURED_YEARS
                society.apply(now)
                review_year(now)

    def review_year(now: Quarter) -> None:
        burn_in(society, scenario.places, now)

    for year in range(scenario.first_year - BURN_IN_YEARS, scenario.first_year):
        live_year(year)
    rake(society, scenario.places, begin)
    society.new_lists()
    society.world.own_growth = drift
    society.take_stock()


def mean_income(society: Society) -> np.ndarray:
    """Mean lasting income per head of each cell, over people, thousand dong a month."""
    h = society.households
    people = h.members_counted.astype(np.int64)
    income = np.floor(h.lasting_income.astype(np.float64) * MICRO).astype(np.int64) * people
    cells = len(society.communes)
    total = np.zeros(cells, dtype=np.int64)
    np.add.at(total, h.cell, income)
    heads = np.bincount(h.cell, weights=people, minlength=cells)
    return total / MICRO / np.maximum(heads, 1.0)


def hold_mean_income(society: Society, target: np.ndarray) -> np.ndarray:
    """Shift ability so that each cell keeps its mean income; the mean shift by replication, log points."""
    h = society.households
    shift = maths.log(target / mean_income(society))
    h.ability[...] = h.ability + shift[h.cell]
    society.take_stock()
    places = len(society.communes) // len(society.parameters)
    return shift.reshape(-1, places).mean(axis=1)


def _still(rates: np.ndarray) -> np.ndarray:
    """Rates of the burn-in: services neither spread nor decay."""
    still = rates.copy()
    for name in STILL:
        still[name] = 0.0
    return still
