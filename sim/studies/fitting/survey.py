"""Provinces of the living standards survey: groups of them simulated, and from these what a survey of all would publish.

Groups of provinces by their rate of 2010 are simulated twice each, with growth somewhat above and below the particle's. That
gives the change of the normal score of the poverty rate for a province of any rate, and what a point of growth moves it by.
The provinces of the record then differ by their rate, by lasting growth of their own and by the published figures' error.
What households report differs from what they have by an error of its own, which both rates and fifths hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from sim.engine import Simulation
from sim.kit import draws, maths
from sim.kit.calendar import Quarter
from sim.scenario.read import read_scenario
from sim.scenario.shape import Scenario, Structure
from sim.standards.load import load_standard
from sim.studies.fitting.free import Table, noise
from sim.studies.fitting.statistics import PERCENT, survey_incomes, survey_rates

FILE = Path(__file__).with_name("provinces.yaml")
GROUPS, HOUSEHOLDS, APART = 8, 700, 0.02  # groups of provinces; households of each half; its growth above and below, log points a year
MOVE_INCOMES = ("income_persistence", "persistent_sd")
YEARS = (2010, 2012, 2014)
AHEAD = 1  # the simulation begins with the law of 2011, and its first year, in which incomes settle, stands for 2010
NEAR_POOR = 0.6  # near-poor households to poor ones; of no weight, since lists do not move incomes here
LEAST = 0.5  # people in a hundred thousand: a rate has a normal score
FIFTHS = 5
REPORTED = crc32(b"reported income")  # purpose of a draw that no household lives by


def scenario(columns: Table) -> Scenario:
    """The groups as places, each once with more and once with less growth than the particle's."""
    known = read_scenario(FILE)
    model, middle = known.places[0], columns.median("growth")
    places = []
    for number, (rate, income) in enumerate(_groups()):
        for sign in (1, -1):
            before = float(maths.exp(np.float64(-middle)))  # a year ahead of the survey's
            facts = replace(model.facts, income_per_head=income * before, growth=middle + sign * APART)
            poor = max(round(HOUSEHOLDS * rate), 1)
            place = replace(model, households=HOUSEHOLDS, poor=poor, near_poor=max(round(NEAR_POOR * poor), 1))
            places.append(replace(place, name=f"{number}{'+' if sign > 0 else '-'}", facts=facts, income_of=None))
    still = {"inflation": 0.0}  # the line stands at prices of 2010
    return replace(known, places=tuple(places), posterior=columns, parameters=still, structure=Structure(list_pressure=False))


def columns(values: Mapping[str, np.ndarray]) -> Table:
    """The numbers of the particles for provinces without lasting growth of their own, which is added afterwards.

    Only those that move incomes, so that readings which differ in the lists alone share their provinces.
    """
    table = {name: values[name] for name in MOVE_INCOMES} | {"place_growth_sd": np.zeros_like(values["growth"])}
    return Table(table | {"growth": values["growth"] + values["programme_growth"]})


def simulate(plan: Scenario, particles: range, seed: int, error: np.ndarray) -> dict[str, np.ndarray]:
    """``rates`` and ``incomes`` of YEARS by particle, year, group and half; ``ratio`` of fifths in the first by particle."""
    simulation = Simulation(Simulation.start(plan, particles, seed), "no_policy")
    shape = (len(particles), GROUPS, 2)
    seen: list[tuple[np.ndarray, ...]] = []

    def look(at_end: Simulation) -> None:
        if at_end.now.year - AHEAD in YEARS:
            seen.append(_measure(at_end, particles, shape, error[particles.start : particles.stop]))

    simulation.yearly.append(look)
    simulation.run()
    rates, incomes, ratios = (np.stack([one[at] for one in seen], axis=1) for at in range(3))
    return {"rates": rates, "incomes": incomes, "ratio": ratios[:, 0]}


def published(found: dict[str, np.ndarray], values: dict[str, np.ndarray], seed: int, particles: np.ndarray) -> dict[str, np.ndarray]:
    """The survey's statistics by particle, with as many provinces as the record has."""
    scores = maths.normal_quantile(found["rates"])
    years = YEARS[2] - YEARS[0]
    pull = ((scores[:, 2] - scores[:, 0]) @ np.array([1.0, -1.0])).mean(axis=1) / (2 * APART * years)
    statistics = {}
    for key, ends in {"probit_2012": (0, 1), "probit_2014": (1, 2), "all": (0, 2)}.items():
        change = (scores[:, ends[1]] - scores[:, ends[0]]).mean(axis=2)
        rates = survey_rates((YEARS[ends[0]], YEARS[ends[1]]))[:, 0] / PERCENT
        own = noise(seed, f"growth of provinces {len(rates)}", particles, len(rates)) * values["place_growth_sd"][:, None]
        error = [noise(seed, f"survey {YEARS[end]} {len(rates)}", particles, len(rates)) for end in ends]
        moved = _by_rate(change, scores[:, 0].mean(axis=2), maths.normal_quantile(rates))
        moved = moved + pull[:, None] * own * (YEARS[ends[1]] - YEARS[ends[0]]) + values["survey_error"][:, None] * (error[1] - error[0])
        if key != "all":
            statistics[key] = moved.mean(axis=1)
        statistics["probit_spread_" + key.removeprefix("probit_")] = moved.std(axis=1, ddof=1)
    growth = maths.log(found["incomes"][:, 2] / found["incomes"][:, 0]).mean(axis=(1, 2)) / years
    return statistics | {"income_growth": growth, "quintile_ratio": found["ratio"]}


def _by_rate(change: np.ndarray, scores: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Change of a province whose normal score is ``at``, from the line through the groups: (particles, provinces)."""
    middle = scores.mean(axis=1, keepdims=True)
    around = scores - middle
    slope = (around * change).sum(axis=1) / (around**2).sum(axis=1)
    return np.asarray(change.mean(axis=1)[:, None] + slope[:, None] * (at[None, :] - at.mean()))


def _measure(simulation: Simulation, particles: range, shape: tuple[int, ...], error: np.ndarray) -> tuple[np.ndarray, ...]:
    """By particle, group and half: share of people reported below the line of 2010, mean income; by particle the log ratio of fifths."""
    h, communes, cells = simulation.households, simulation.communes, int(np.prod(shape))
    here = (communes.replication[h.cell] - particles.start).astype(np.int64)
    cell = here * shape[1] * shape[2] + communes.home[h.cell]
    people, income = h.members_at_home.astype(np.float64), np.maximum(h.income_per_head.astype(np.float64), 1.0)
    line = load_standard(simulation.scenario.standard).line_of(h.urban, Quarter(YEARS[0], 4))
    chance = maths.normal_cdf(maths.log(line / income) / error[here])  # that it reports to be below
    total = np.bincount(cell, weights=people, minlength=cells)
    below = np.bincount(cell, weights=people * chance, minlength=cells)
    mean = np.bincount(cell, weights=people * income, minlength=cells) / total
    moment = np.full(len(h), simulation.now.number)
    drawn = draws.normal(simulation.seed, h.origin, h.branch, h.replication, moment, REPORTED)
    reported = income * maths.exp(error[here] * drawn)
    ratios = _ratio(cell, people, reported, cells).reshape(shape).mean(axis=(1, 2))
    return (np.clip(below, LEAST, total - LEAST) / total).reshape(shape), mean.reshape(shape), ratios


def _ratio(cell: np.ndarray, people: np.ndarray, income: np.ndarray, cells: int) -> np.ndarray:
    """Log of the mean income of the richest fifth of people over that of the poorest, by cell."""
    found, order = np.zeros(cells), np.lexsort((income, cell))
    for number, rows in enumerate(np.split(order, np.searchsorted(cell[order], np.arange(1, cells)))):
        below = np.cumsum(people[rows]) / people[rows].sum()
        low, high = rows[below <= 1 / FIFTHS], rows[below > 1 - 1 / FIFTHS]
        found[number] = maths.log(np.average(income[high], weights=people[high]) / np.average(income[low], weights=people[low]))
    return found


@cache
def _groups() -> tuple[tuple[float, float], ...]:
    """Rate (share) and mean income of the groups: provinces not held out, by their rate of 2010, in equal numbers."""
    rates, incomes = survey_rates((YEARS[0],))[:, 0] / PERCENT, survey_incomes("mean", (YEARS[0],))[:, 0]
    order = np.argsort(rates, kind="stable")
    return tuple((float(rates[some].mean()), float(incomes[some].mean())) for some in np.array_split(order, GROUPS))


def settings() -> dict[str, Any]:
    """What a manifest says of the simulated provinces."""
    return {"groups": GROUPS, "households": HOUSEHOLDS, "apart": APART, "years": list(YEARS)}
