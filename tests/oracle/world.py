"""Starts for the oracle and the engine alike: a few hundred made-up households of three communes, a plan, its money.

The tables are made with an ordinary generator: they need not be likely, only full of everything the model knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

import sim.dynamics
from sim.agents.codebook import COMMUNE_COLUMNS, HOUSEHOLD_COLUMNS, NEVER, Standing
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.law.parameters import Parameter, draw, gather, load
from sim.policies.discovery import discover, parameters_of
from sim.scenario.shape import AREAS, Allocation, Envelope, Mix, Place, PopulationFacts, Runs, Scenario, Structure
from sim.standards.review import review_parameters
from tests.oracle.people import people_of

MIX = "plan"
MILLION = 1_000_000
FIRST_REPLICATION = 4  # not 0, so that a row of parameters is not the number of its replication
FACTS = PopulationFacts(2500.0, 0.1, 4.0, 0.2, 0.3, 0.1, 0.4, 0.8, 0.4)
LEVERS = {
    "livelihood_models": Allocation(share=0.45, priority=("disabled", "female_head")),
    "vocational_training": Allocation(share=0.1, options={"places": 2}),
    "preferential_credit": Allocation(share=1.0),
    "housing": Allocation(share=0.3),
    "health_insurance": Allocation(amount_dong=14 * MILLION, options={"paid_up_to": 0.9}),
}
MONEY = (
    Envelope("central", "recurrent", 2023, 420 * MILLION + 7),
    Envelope("central", "recurrent", 2024, 380 * MILLION + 1),
    Envelope("district", "investment", 2023, 500 * MILLION, place="B"),
    Envelope("provincial", "investment", 2024, 700 * MILLION + 11),
    Envelope("bank", "credit", 2023, 900 * MILLION),
    Envelope("bank", "credit", 2024, 1200 * MILLION + 1),
    Envelope("donors", "recurrent", 2024, 99 * MILLION, only=("another",)),
)


@dataclass(frozen=True)
class Start:
    """A start: ``drawn`` holds the yearly parameters, a record a replication; replications count from ``first``.

    ``logs`` are what growth, prices and jobs have grown by already and the population's own growth, by replication.
    A start is ``settled`` if its communes hold their usual jobs and calf sales; else these follow from the households.
    ``counted_as_of``: the day whose law says throughout what counts as income; None for the law of each day.
    """

    scenario: Scenario
    seed: int
    first: int
    parameters: Mapping[str, Parameter]
    drawn: np.ndarray
    households: Table
    communes: Table
    intercept: np.ndarray
    logs: Mapping[str, np.ndarray]
    settled: bool = False
    counted_as_of: Quarter | None = None


def scenario(households: int, end_year: int = 2025, **changes) -> Scenario:
    """A plan of 2023 and 2024 for three communes, signed in the second quarter of 2023."""
    places = tuple(Place(name, households, 0, 0, area, FACTS) for name, area in zip("ABC", AREAS, strict=True))
    plan = Scenario(
        key="oracle", path=Path("oracle.yaml"), name={"vi": "kiểm chứng", "en": "oracle"}, signed=Quarter(2023, 2), first_year=2023,
        last_year=min(2024, end_year), follow_years=max(end_year - 2024, 0), standard="vn_2022", stated=(), places=places, population=FACTS,
        money=MONEY, mixes={MIX: Mix(MIX, LEVERS)}, targets=(), delivery="as_delivered", runs=Runs(2, 1), parameters={},
        structure=Structure(),
    )
    return replace(plan, **changes)


def parameters_read() -> dict[str, Parameter]:
    """Every uncertain number that the two models read."""
    dynamics = sorted(Path(sim.dynamics.__file__).parent.glob("*.yaml"))
    return gather([*map(load, dynamics), review_parameters(), parameters_of(discover().values())])


def start(plan: Scenario, replications: int, seed: int, overrides: Mapping[str, object]) -> Start:
    """A start of a plan for some replications; the same seed gives the same start."""
    rng = np.random.default_rng(seed)
    parameters = parameters_read()
    drawn = draw(parameters, seed, FIRST_REPLICATION + np.arange(replications), overrides)
    communes = Table.zeros(COMMUNE_COLUMNS, replications * len(plan.places))
    communes.replication[...] = np.repeat(FIRST_REPLICATION + np.arange(replications), len(plan.places))
    communes.place[...] = np.tile(np.arange(len(plan.places)), replications)
    communes.area[...] = communes.place % 3
    communes.staff_capacity[...] = rng.uniform(0.5, 1.4, len(communes))
    communes.productivity[...] = 1.0
    support_communes(communes, np.random.default_rng(seed + 1))
    sizes = np.tile([place.households for place in plan.places], replications)
    households = Table.zeros(HOUSEHOLD_COLUMNS, int(sizes.sum()))
    households.cell[...] = np.repeat(np.arange(len(communes)), sizes)
    households.replication[...] = communes.replication[households.cell]
    per_replication = plan.households
    households.origin[...] = 1 + np.arange(len(households)) % per_replication
    furnish(households, rng)
    logs = {name: np.zeros(replications) for name in ("log_growth", "log_price", "log_jobs")}
    logs["own_growth"] = rng.normal(0.01, 0.005, replications)
    return Start(plan, seed, FIRST_REPLICATION, parameters, drawn, households, communes, rng.normal(-0.35, 0.1, len(communes)), logs)


def support_communes(c: Table, rng: np.random.Generator) -> None:
    """What programmes before the plan have left: trained officers, a campaign, works in use and works being built."""
    n = len(c)
    c.usual_staff_capacity[...] = c.staff_capacity * rng.uniform(0.8, 1.1, n)
    c.awareness[...] = rng.uniform(0.8, 1.5, n)
    c.infrastructure[...] = rng.uniform(0.0, 0.1, n)
    c.works_to_come[:9] = rng.uniform(0.0, 0.02, (9, n))
    c.works_upkeep[...] = rng.integers(0, 7, n)
    c.works_jobs[...] = rng.integers(0, 4000, n)
    c.works_jobs_running[...] = rng.integers(0, 3000, n)


def furnish(h: Table, rng: np.random.Generator) -> None:
    """Members, land, animals, money, debts, dwelling and lists of every household."""
    n = len(h)

    def some(share: float) -> np.ndarray:
        return rng.random(n) < share

    h.members[...] = people_of(rng, n)
    h.others[...] = (h.members != 0).all(axis=0)
    h.others[2:3] = 2
    h.village[...] = rng.integers(0, 4, n)
    h.urban[...], h.minority[...], h.merit[...] = some(0.2), some(0.3), some(0.1)
    h.land[...] = rng.choice([0.0, 0.02, 0.1, 0.4, 1.5], n)
    h.ability[...], h.propensity[...] = rng.normal(-0.5, 0.4, n), rng.normal(0.3, 1.0, n)
    h.persistent_shock[...], h.review_error[...] = rng.normal(0, 0.3, n), rng.normal(0, 0.2, n)
    h.outside_support[...] = np.where(some(0.15), rng.uniform(300, 6000, n), 0)
    h.capital[...] = rng.lognormal(8.5, 0.8, n)
    h.young_animals[...] = some(0.2) * rng.integers(1, 3, n)
    h.quarters_to_calving[...] = np.where(h.young_animals > 0, rng.integers(1, 9, n), 0)
    h.grown_animals[...] = some(0.3) * rng.integers(1, 5, n)
    for age in range(4):
        h.calves[...] |= (np.where(h.grown_animals > 0, rng.integers(0, 2, n), 0) << 4 * age).astype(np.uint16)
    h.coached_quarters[...], h.skill[...] = some(0.1) * rng.integers(1, 5, n), rng.uniform(0, 0.8, n)
    h.savings[...] = some(0.7) * rng.integers(0, 30000, n)
    h.loan[...] = some(0.25) * rng.integers(4, 60, n) * 1000
    h.loan_rate[...] = np.where(h.loan > 0, rng.choice([0.066, 0.0792, 0.0825], n), 0)
    h.loan_quarters_left[...] = np.where(h.loan > 0, rng.integers(1, 17, n), 0)
    h.overdue[...] = np.where((h.loan > 0) & some(0.1), h.loan // 10, 0)
    h.venture[...] = np.where(h.loan > 0, h.loan * rng.uniform(0, 1, n), 0)
    h.informal_debt[...] = some(0.2) * rng.integers(500, 9000, n)
    h.solid_parts[...] = rng.choice(4, n, p=[0.2, 0.25, 0.25, 0.3])
    h.floor_area_m2[...] = rng.uniform(12, 90, n)
    for service, share in (("clean_water", 0.6), ("hygienic_toilet", 0.5), ("internet", 0.5), ("devices", 0.6)):
        h[service][...] = some(share)
    h.claims[...] = some(0.8)
    for support in ("school_support", "matching", "nutrition_support", "forest_fee_quarters"):
        h[support][...] = some(0.3) * rng.integers(1, 9, n)
    h.forest_fee[...] = np.where(h.forest_fee_quarters > 0, rng.uniform(100, 3000, n), 0)
    h.remittance[...] = some(0.5) * rng.uniform(2000, 30000, n)
    h.coping[...] = np.where(some(0.1), 32, 0)
    h.standing[...] = rng.choice(3, n, p=[0.5, 0.2, 0.3])
    h.reviewed[...] = h.standing
    escaped = some(0.3)
    h.quarters_since_listed[...] = np.where(escaped & (h.standing == Standing.NOT_LISTED), rng.integers(0, 20, n), NEVER)
    h.quarters_since_poor[...] = np.where(escaped & (h.standing != Standing.POOR), rng.integers(0, 20, n), NEVER)


# Rare things made frequent, so that a few hundred households meet them all in three years.
EVENTFUL = {
    "animal_death": 0.3, "keep_calf": 0.6, "restock": 0.3, "trap": 1,
    "covariate_shock": 0.5, "large_illness": 0.1, "storm_breaks_dwelling": 0.4, "dwelling_wear": 0.05, "solid_part_cost": 6000,
    "birth_rate": 0.3, "infant_death": 0.1, "split_rate": 0.3, "marry_out_rate": 0.2, "move_rate": 0.03,
    "repayment_distress": 0.3, "list_pressure": 0.3, "pressure_band": 20,
    "training_take_up": 0.6, "course_completion": 0.6, "credit_take_up": 0.8,
}
CASES = {
    "likely": lambda: start(scenario(50), 2, 11, {}),
    "eventful": lambda: start(scenario(50), 2, 12, EVENTFUL),
    "alone": lambda: start(scenario(20, 2024, structure=Structure(couplings=False), delivery="as_planned"), 2, 13, EVENTFUL),
    "counted": lambda: replace(start(scenario(15, 2023), 2, 15, {}), counted_as_of=Quarter(2021, 1)),
    "perfect": lambda: start(scenario(10, 2024, structure=Structure(perfect_list=True), entitlements=False), 2, 14, {"ageing": 0}),
}
