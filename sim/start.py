"""The start of a run: a population that fits the plan's figures and whose lists have a memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from sim.dynamics.rates import rates as quarterly
from sim.dynamics.world import World, settle_markets
from sim.entitlements import Entitlements
from sim.kit import maths
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.law.parameters import Parameter, draw, gather, load, override
from sim.policies.discovery import discover
from sim.population.enrolment import enrol
from sim.population.memory import remember
from sim.population.raking import rake
from sim.population.sampling import sampled
from sim.population.synthesis import synthesise
from sim.population.uneven import growth_offsets
from sim.scenario.shape import Scenario
from sim.society import Society
from sim.standards.load import load_standard

PACKAGE = Path(__file__).parent
SETTLING_QUARTERS = 3  # of the year before the start, ahead of its review: a year's income then holds a year's luck
MEASURED_YEARS = 4  # ahead of the start, over which the population's own growth is taken
MEASURED_AGENTS = 400_000  # households on which it is measured: more tell no more of it
MICRO = 1_000_000  # sums that feed back are of whole millionths, so that no order of adding matters
# Services stand still while own growth is measured: they drift with the times, which are outside growth's.
STILL_SERVICES = ("deprivation_drift", "service_loss", "dwelling_wear", "storm_breaks_dwelling")


PRESSURES = ("list_pressure", "entry_held_back")  # how the target itself weighs on the review


@cache
def own_parameters() -> Mapping[str, Parameter]:
    """Every uncertain number that ships with the program outside the levers, by name."""
    files = sorted((PACKAGE / "dynamics").glob("*.yaml"))
    return gather(load(path) for path in [*files, PACKAGE / "standards" / "review.yaml", PACKAGE / "population" / "synthesis.yaml"])


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
        replaced |= {name: 0 for name in PRESSURES if name not in replaced}
    return draw(all_parameters(scenario), seed, np.arange(replications.start, replications.stop), replaced, scenario.posterior)


def build(
    scenario: Scenario,
    replications: range,
    seed: int,
    parameters: np.ndarray | None = None,
    only: range | None = None,
    growth: np.ndarray | None = None,
) -> Society:
    """The society on 1 January of the first year, with exactly the plan's lists, for replications start to stop.

    ``parameters``, a record for each replication, are drawn unless given. With ``only`` the very same households, but of these
    places alone; ``growth`` is then the whole plan's own growth, by replication (see ``own_growth``), so that it need not be found
    for each part anew.
    """
    begin = Quarter(scenario.first_year, 1)
    parameters = parameters_of(scenario, replications, seed) if parameters is None else parameters
    society = _with_lists(scenario, replications, seed, parameters, only)
    if growth is not None:
        society.world.own_growth = growth
    elif only is None and _agents(scenario) <= MEASURED_AGENTS:
        society.world.own_growth = _own_growth(society, begin)
    else:
        society.world.own_growth = own_growth(scenario, replications, seed, parameters)
    society.uneven = growth_offsets(society, sampled(scenario.places, scenario.one_for), _usual_growth(scenario))
    society.world.moving = True
    society.live(begin.plus(-1))
    society.new_lists()
    society.take_stock()
    society.perfect_list = scenario.structure.perfect_list
    return society


def own_growth(scenario: Scenario, replications: range, seed: int, parameters: np.ndarray | None = None) -> np.ndarray:
    """What the population gains a year by its own schooling, capital and families while the world stands still: log points of
    mean lasting income, by replication. Measured on a sample of the places' households where there are very many."""
    parameters = parameters_of(scenario, replications, seed) if parameters is None else parameters
    if _agents(scenario) > MEASURED_AGENTS:
        scenario = replace(scenario, one_for=-(-scenario.households // MEASURED_AGENTS))
    return _own_growth(_with_lists(scenario, replications, seed, parameters), Quarter(scenario.first_year, 1))


def _agents(scenario: Scenario) -> int:
    """Rows of one replication."""
    return -(-scenario.households // scenario.one_for)


def _with_lists(scenario: Scenario, replications: range, seed: int, parameters: np.ndarray, only: range | None = None) -> Society:
    """Households with the plan's lists, before the world begins to move; of some places alone if ``only`` says so."""
    begin, first = Quarter(scenario.first_year, 1), replications.start
    rates = quarterly(all_parameters(scenario), parameters, Book.load().prices_at_start(begin.year))
    standard = load_standard(scenario.standard)
    world = World(parameters, seed, first, Entitlements(Book.load(), scenario.entitlements), begin)
    world.turn(begin)
    places = sampled(scenario.places, scenario.one_for)
    households, communes = synthesise(
        places, parameters, seed, first, len(replications), begin, world.record, standard, scenario.one_for, only
    )  # fmt: skip
    society = Society(
        households, communes, world, parameters, rates, standard, np.zeros(len(communes)), seed, first,
        couplings=scenario.structure.couplings, weight=scenario.one_for, places=only,
    )  # fmt: skip
    society.take_stock()
    settle_markets(society.households, society.communes, rates, first)
    for quarter in range(SETTLING_QUARTERS):
        society.live(begin.plus(quarter - SETTLING_QUARTERS - 1))
    here = places[only.start : only.stop] if only else places
    remember(society, here, begin)
    rake(society, here, begin)
    if scenario.roster is not None:
        enrol(society, scenario.roster, begin)
    society.take_stock()
    return society


def _usual_growth(scenario: Scenario) -> float:
    """The middle of what is believed of growth, in whose place a place may state its own."""
    if scenario.posterior is not None and "growth" in scenario.posterior.names and "growth" not in scenario.parameters:
        return scenario.posterior.median("growth")
    return float(override(all_parameters(scenario), scenario.parameters)["growth"].prior.median)


def _own_growth(society: Society, begin: Quarter) -> np.ndarray:
    """What the population gains a year by its own schooling, capital and families while the world stands still.

    Measured on a copy that lives some years ahead; log points of mean lasting income, by replication.
    """
    ahead = society.copy()
    ahead.rates = _still(society.rates, STILL_SERVICES)
    before = mean_income(ahead)
    for number in range(begin.number, begin.number + 4 * MEASURED_YEARS):
        now = Quarter.from_number(number)
        if now.quarter == 1:
            ahead.renew_households(now, *ahead.leaving(now))
        ahead.live(now)
    return maths.log(mean_income(ahead) / before) / MEASURED_YEARS


def mean_income(society: Society) -> np.ndarray:
    """Mean lasting income per head of each replication, over people, thousand dong a month."""
    h = society.households
    index, replications = h.replication - society.first, len(society.parameters)
    people = h.members_counted.astype(np.int64)
    income = np.floor(h.lasting_income.astype(np.float64) * MICRO).astype(np.int64) * people
    total = np.zeros(replications, dtype=np.int64)
    np.add.at(total, index, income)
    heads = np.bincount(index, weights=people, minlength=replications)
    return total / MICRO / np.maximum(heads, 1.0)


def _still(numbers: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """A copy of parameters or rates with the named ones at zero."""
    still = numbers.copy()
    for name in names:
        still[name] = 0.0
    return still
