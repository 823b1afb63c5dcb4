"""A commune as a Mesa agent: its jobs, its calf market, the storms over it, and what neighbours have learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim.agents.purposes import Purpose
from sim.kit import draws, maths
from tests.oracle.luck import Luck
from tests.oracle.times import Times, hazard

if TYPE_CHECKING:
    from tests.oracle.household import Household

f4 = np.float32
f8 = np.float64
COUNTS = (
    "place", "home", "parts", "area", "usual_jobs", "jobs_held", "usual_vacancies", "vacancies", "seekers", "usual_seekers", "found",
    "calves_sold", "gained", "lost", "works_upkeep", "works_jobs", "works_jobs_running",
)  # fmt: skip
REAL = (
    "staff_capacity", "usual_staff_capacity", "awareness", "productivity", "infrastructure", "find_chance", "usual_calves", "calf_price",
    "covariate_loss", "confidence",
)  # fmt: skip
JOB = 1000  # vacancies are counted in thousandths of a job


class Commune(mesa.Agent):
    """A commune in one replication."""

    def __init__(self, model: mesa.Model, times: Times, row: dict[str, Any], intercept: float):
        super().__init__(model)
        self.times, self.replication, self.intercept = times, times.replication, f8(intercept)
        for name in COUNTS:
            setattr(self, name, int(row[name]))
        for name in REAL:
            setattr(self, name, f4(row[name]))
        self.works_to_come = [f4(value) for value in row["works_to_come"]]
        self.luck = Luck(model.seed_of_luck, self.place, draws.COMMUNE_BRANCH, self.replication)
        self.households: list[Household] = []

    def settle(self) -> None:
        """Usual jobs and calf sales at the start: as many jobs open as are lost and left, as many calves come as the cows give."""
        p, casual, contract, cows = self.times.rates, 0, 0, 0
        for household in self.households:
            counts = household.tallies()
            casual += counts["without_contract"]
            contract += counts["wage_workers"] - counts["without_contract"]
            cows += household.grown_animals
        free = f8(casual) * f8(p.lose_casual_job) + f8(contract) * f8(p.lose_contract_job) + f8(casual + contract) * f8(p.leave_wage_work)
        self.usual_vacancies = int(np.floor(free * JOB + 0.5))
        self.usual_calves = f4(f8(cows) * f8(p.calves_per_cow_year) * 0.25)
        self.count_seekers()
        self.usual_jobs, self.usual_seekers = self.jobs_held * JOB + self.usual_vacancies, self.seekers

    def count_seekers(self) -> None:
        """Those who look for wage work, and those who have it, at the end of a quarter."""
        self.seekers = sum(household.tallies()["seekers"] for household in self.households)
        self.jobs_held = sum(household.tallies()["wage_workers"] for household in self.households)

    def turn(self, quarter: int, couplings: bool) -> None:
        """The quarter ahead: jobs, price of a calf, a common shock, confidence; last quarter's counts start anew."""
        if not couplings:
            self.seekers = self.usual_seekers
            self.calves_sold = self.gained = self.lost = 0
        self._use_works()
        self._forget()
        self._open_jobs(couplings)
        self._price_calves()
        self._strike(quarter)
        p, limit = self.times.rates, f8(self.times.rates.confidence_range)
        experience = (f8(self.gained) - f8(p.loss_heard) * f8(self.lost)) / (f8(self.gained) + f8(self.lost) + f8(p.neighbours_to_convince))
        self.confidence = f4(1.0 + min(max(experience, -limit), limit))
        self.gained, self.lost = self.gained * 3 // 4, self.lost * 3 // 4
        self.found = self.calves_sold = 0

    def _use_works(self) -> None:
        """Works finished by now come into use; those in use wear, less while their upkeep is paid."""
        p, before = self.times.rates, f8(self.infrastructure)
        wear = f8(p.works_wear) * (1.0 - f8(p.upkeep_saves if self.works_upkeep else 0.0))
        finished, *self.works_to_come = [*self.works_to_come, f4(0.0)]
        self.infrastructure = f4(before - wear * before + f8(finished))
        self.productivity = f4(f8(self.productivity) * maths.exp(f8(self.infrastructure) - before))
        self.works_upkeep = max(self.works_upkeep - 1, 0)

    def _forget(self) -> None:
        """What officers were taught, and what people were told, is forgotten."""
        p, usual = self.times.rates, f8(self.usual_staff_capacity)
        self.staff_capacity = f4(usual + (f8(self.staff_capacity) - usual) * (1.0 - f8(p.staff_turnover)))
        self.awareness = f4(1.0 + (f8(self.awareness) - 1.0) * (1.0 - f8(p.awareness_fade)))

    @property
    def gained_capacity(self) -> np.float64:
        """Staff capacity over what it usually is."""
        return f8(self.staff_capacity) / max(f8(self.usual_staff_capacity), 0.1)

    def _works_jobs(self, usual: int) -> int:
        """Jobs that works open, less those that end with works: some who leave a job are then not replaced."""
        ended = min(int(np.ceil(self.works_jobs_running * f8(self.times.rates.works_jobs_end))), self.works_jobs_running, usual)
        takers = max(self.seekers * JOB - (usual - ended), 0)
        more = self.works_jobs - ended
        self.works_jobs_running += min(self.works_jobs, takers) - ended
        self.works_jobs = 0
        return more

    def _open_jobs(self, couplings: bool) -> None:
        """Jobs of the commune that nobody holds, and those that works open: nobody's until those too many have left."""
        growth = maths.exp(self.times.log_jobs)
        there = int(np.floor((self.usual_jobs if couplings else self.usual_vacancies) * growth + 0.5))
        usual = max(there + self.works_jobs_running - self.jobs_held * JOB, 0) if couplings else there
        self.vacancies = usual + self._works_jobs(usual)
        self.find_chance = f4(min(self.vacancies / (max(self.seekers, 1) * JOB), 1.0))

    def _price_calves(self) -> None:
        """A part of the price is lost for each tenth sold above the usual number, down to a floor."""
        p, usual = self.times.rates, max(f8(self.usual_calves), 1.0)
        tenths = max(self.calves_sold - usual, 0.0) / usual * 10.0
        factor = max(1.0 - f8(p.price_drop_per_tenth) * tenths, f8(p.calf_price_floor))
        self.calf_price = f4(f8(p.calf_price * self.times.price_level) * factor)

    def _strike(self, quarter: int) -> None:
        """A common shock takes a share of this quarter's own production."""
        p = self.times.yearly
        self.covariate_loss = f4(0.0)
        if self.luck.uniform(quarter, Purpose.COVARIATE_SHOCK) < hazard(p.covariate_shock):
            spread = f8(p.covariate_size_sd)
            size = maths.exp(spread * self.luck.normal(quarter, Purpose.COVARIATE_SIZE) - 0.5 * spread * spread)
            self.covariate_loss = f4(min(f8(f4(4.0) * p.covariate_loss) * size, 0.95))
