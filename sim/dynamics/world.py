"""What no planner chooses: growth and prices by replication, common shocks and job openings by commune."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from sim.agents.purposes import Purpose
from sim.dynamics.frames import WORLD_DTYPE
from sim.dynamics.rates import quarterly_hazard
from sim.dynamics.upkeep import turn_support, works_vacancies
from sim.kit import draws, maths
from sim.kit.calendar import Quarter
from sim.kit.cell_sums import sum_by_cell
from sim.kit.columns import Table
from sim.law.parameters import ByRow

MILLI = 1000  # vacancies are counted in thousandths of a job


class Law(Protocol):
    """The law's amounts that dynamics read, thousand dong a month."""

    def assistance_standard(self, now: Quarter) -> float: ...

    def assistance_counts(self, now: Quarter) -> float: ...

    def assistance_rules(self, now: Quarter) -> Mapping[str, float]: ...

    def electricity(self, now: Quarter) -> float: ...

    def electricity_counts(self, now: Quarter) -> float: ...


class World:
    """Growth and price paths of each replication, and the law's amounts that dynamics need.

    ``record`` holds the present quarter's numbers, one record a replication (see frames.WORLD_DTYPE). Growth enters
    here and nowhere else: ``own_growth`` is what the population gains by its own schooling, capital, jobs and family
    changes, so that a run without levers grows at the parameter ``growth``. Before ``begin`` (the burn-in) the world
    stands still, with the law of the day it begins.
    """

    def __init__(self, parameters: np.ndarray, seed: int, first: int, law: Law, begin: Quarter):
        self.parameters, self.seed, self.first, self.law, self.begin = parameters, seed, first, law, begin
        self.log_growth = np.zeros(len(parameters))
        self.log_price = np.zeros(len(parameters))
        self.log_jobs = np.zeros(len(parameters))
        self.own_growth = np.zeros(len(parameters))
        self.moving = False
        self.record = np.zeros(len(parameters), dtype=WORLD_DTYPE)

    def copy(self) -> World:
        """An independent copy, for another mix from the same start."""
        other = World(self.parameters, self.seed, self.first, self.law, self.begin)
        other.log_growth, other.log_price = self.log_growth.copy(), self.log_price.copy()
        other.log_jobs, other.own_growth = self.log_jobs.copy(), self.own_growth.copy()
        other.moving, other.record = self.moving, self.record.copy()
        return other

    def turn(self, now: Quarter) -> None:
        """Move growth and prices on by a quarter, once the run has begun, and read the law's amounts of the day."""
        if self.moving:
            replications = self.first + np.arange(len(self.parameters))
            year = Quarter(now.year, 1).number
            luck = draws.normal(self.seed, 0, draws.WORLD_BRANCH, replications, year, Purpose.GROWTH)
            here = draws.normal(self.seed, 0, draws.WORLD_BRANCH, replications, 0, Purpose.PLACE_GROWTH)
            p = {name: self.parameters[name].astype(np.float64) for name in ("growth", "place_growth_sd", "growth_yearly_sd")}
            yearly = p["growth"] + p["place_growth_sd"] * here + p["growth_yearly_sd"] * luck
            self.log_growth = self.log_growth + 0.25 * (yearly - self.own_growth)
            self.log_price = self.log_price + 0.25 * self.parameters["inflation"].astype(np.float64)
        if self.moving or now > self.begin:
            self.log_jobs = self.log_jobs + 0.25 * self.parameters["job_growth"].astype(np.float64)
        self.record["nominal"] = maths.exp(self.log_growth + self.log_price)
        self.record["price_level"] = maths.exp(self.log_price)
        self.record["growth_level"] = maths.exp(self.log_growth)
        today = max(now, self.begin)
        self.record["assistance_standard"] = self.law.assistance_standard(today)
        for field, value in self.law.assistance_rules(today).items():
            self.record[field] = value
        self.record["assistance_counts"] = self.law.assistance_counts(today)
        self.record["electricity"] = self.law.electricity(today)
        self.record["electricity_counts"] = self.law.electricity_counts(today)

    def score_deflator(self) -> np.ndarray:
        """Log points that price rises add to lasting income but not to the score, by replication."""
        return (1.0 - self.parameters["price_pass_through"].astype(np.float64)) * self.log_price


def turn_communes(
    communes: Table, world: World, rates: np.ndarray, now: Quarter, seed: int, couplings: bool = True, weight: int = 1
) -> None:
    """Works, staff and awareness, vacancies and chances, calf price, common shock and confidence of every commune for the
    quarter ahead.

    Without ``couplings`` a household's life depends on no other's: chances and prices stay at their usual level. A row
    stands for ``weight`` households, and a commune's neighbours are those of one of the communes it stands for.
    """
    p, yearly = (ByRow(numbers, communes.replication - world.first) for numbers in (rates, world.parameters))
    if not couplings:
        _stand_alone(communes)
    turn_support(communes, p)
    _open_jobs(communes, p, world, couplings)
    _price_calves(communes, p, world)
    _strike(communes, yearly, now, seed)
    neighbours = weight / np.maximum(communes.parts, 1.0)
    gained, lost = neighbours * communes.gained, neighbours * communes.lost
    balance = (gained - p["loss_heard"] * lost) / (gained + lost + p["neighbours_to_convince"])
    communes.confidence[...] = 1.0 + np.clip(balance, -p["confidence_range"], p["confidence_range"])
    communes.gained[...] = communes.gained * 3 // 4
    communes.lost[...] = communes.lost * 3 // 4
    communes.found[...] = 0
    communes.calves_sold[...] = 0


def _stand_alone(communes: Table) -> None:
    """Forget what households did to one another's markets last quarter."""
    communes.seekers[...] = communes.usual_seekers
    communes.calves_sold[...] = 0
    communes.gained[...] = 0
    communes.lost[...] = 0


def _open_jobs(communes: Table, p: ByRow, world: World, couplings: bool) -> None:
    """Vacancies of the quarter: the commune's wage jobs, grown, and those at works, less the jobs that are held; chance =
    vacancies / seekers.

    What was overfilled leaves no vacancy until as many have left their jobs. Without ``couplings`` the usual number is open.
    """
    growth = maths.exp(world.log_jobs[communes.replication - world.first])
    if couplings:
        taken = communes.jobs_held * MILLI - communes.works_jobs_running
        opened = np.floor(communes.usual_jobs * growth + 0.5).astype(np.int64) - taken
    else:
        opened = np.floor(communes.usual_vacancies * growth + 0.5).astype(np.int64)
    usual = np.maximum(opened, 0)
    communes.vacancies[...] = usual + works_vacancies(communes, p, usual, communes.seekers * MILLI)
    seekers = np.maximum(communes.seekers, 1)
    communes.find_chance[...] = np.minimum(communes.vacancies / (seekers * float(MILLI)), 1.0)


def _price_calves(communes: Table, p: ByRow, world: World) -> None:
    """Price of a calf: the usual, lower by a share for each tenth that last quarter's sales were above the usual."""
    usual = np.maximum(communes.usual_calves.astype(np.float64), 1.0)
    tenths = np.maximum(communes.calves_sold - usual, 0.0) / usual * 10.0
    factor = np.maximum(1.0 - p["price_drop_per_tenth"] * tenths, p["calf_price_floor"])
    communes.calf_price[...] = p["calf_price"] * world.record["price_level"][communes.replication - world.first] * factor


def _strike(communes: Table, yearly: ByRow, now: Quarter, seed: int) -> None:
    """Whether a common shock hits the commune this quarter, and what share of the quarter's own production it takes."""
    key = (seed, communes.place, draws.COMMUNE_BRANCH, communes.replication, now.number)
    hit = draws.uniform(*key, Purpose.COVARIATE_SHOCK) < quarterly_hazard(yearly["covariate_shock"])
    spread = yearly["covariate_size_sd"].astype(np.float64)
    size = maths.exp(spread * draws.normal(*key, Purpose.COVARIATE_SIZE) - 0.5 * spread * spread)
    loss = np.minimum(4.0 * yearly["covariate_loss"] * size, 0.95)
    communes.covariate_loss[...] = np.where(hit, loss, 0.0)


def count_seekers(households: Table, communes: Table) -> None:
    """Seekers and wage workers of each commune at the end of the quarter, on whom the next quarter's chance depends."""
    for counted, column in (("seekers", households.seekers), ("jobs_held", households.wage_workers)):
        communes[counted][...] = sum_by_cell(column, households.cell, len(communes))


def settle_markets(households: Table, communes: Table, rates: np.ndarray, first: int) -> None:
    """Wage jobs, usual vacancies and calf sales at the start: beside the jobs held as many are open as are lost or left in a
    quarter, and calves bring their usual price."""
    p = rates[communes.replication - first]

    def by_commune(column: str) -> np.ndarray:
        return np.bincount(households.cell, weights=households[column], minlength=len(communes))

    casual = by_commune("without_contract")
    contract = by_commune("wage_workers") - casual
    lost = casual * p["lose_casual_job"] + contract * p["lose_contract_job"] + (casual + contract) * p["leave_wage_work"]
    communes.usual_vacancies[...] = np.floor(lost * MILLI + 0.5).astype(np.int64)
    communes.usual_calves[...] = by_commune("grown_animals") * p["calves_per_cow_year"] * 0.25
    count_seekers(households, communes)
    communes.usual_jobs[...] = communes.jobs_held * MILLI + communes.usual_vacancies
    communes.usual_seekers[...] = communes.seekers
