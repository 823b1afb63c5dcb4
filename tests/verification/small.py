"""Small places, plans and switched-off worlds for the verification cases; all are the Hoàng Kim scenario with parts replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sim.agents.codebook import HOUSEHOLD_COLUMNS
from sim.engine import Begun, Simulation
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.policies.discovery import discover, parameters_of
from sim.scenario.read import read_scenario
from sim.scenario.shape import NO_POLICY, Allocation, Envelope, Mix, Place, Scenario, Structure
from sim.start import all_parameters

SEED = 31
MILLION = 1_000_000
LEVERS = ("livelihood_models", "vocational_training", "preferential_credit", "housing", "health_insurance")
STATE = tuple(column.name for column in HOUSEHOLD_COLUMNS)
SCENARIOS = Path(__file__).parents[2] / "scenarios"

# Everybody offered a support wants it, and nothing that is delivered fails.
CERTAIN = {
    **{name: 1.0 for name in parameters_of(discover().values()) if name.endswith("_take_up")},
    **{"animal_unfit_at_handover": 0.0, "course_completion": 1.0, "course_certificate": 1.0, "house_finished_well": 1.0},
    **{"livelihood_household_share": 0.0, "cow_project_cost_spread": 0.0, "loan_asked_spread": 0.0, "staff_spread": 0.0},
}
# Work stands still: nobody loses, finds, seeks or leaves a job.
WORK_STILL = dict.fromkeys(
    [
        "lose_contract_job",
        "lose_casual_job",
        "leave_wage_work",
        "formalise",
        "discouraged",
        "begin_search",
        "give_up_search",
        "stop_working",
        "job_growth",
    ],
    0.0,
)
# The world stands still: no growth, no price rises, no storm.
WORLD_STILL = dict.fromkeys(("growth", "growth_yearly_sd", "place_growth_sd", "inflation", "covariate_shock"), 0.0)
# Means stand still: tools neither wear nor are bought, nobody falls ill, debts cost nothing.
MEANS_STILL = dict.fromkeys(
    ("capital_wear", "investment_speed", "invested_share_of_spare", "restock", "large_illness", "informal_interest"), 0.0
)
# Dwelling, services and children stand still; nobody can afford to build.
LIVING_STILL = dict.fromkeys(
    [
        "deprivation_drift",
        "service_loss",
        "dwelling_wear",
        "storm_breaks_dwelling",
        "become_undernourished",
        "recover_nutrition",
        "dropout",
    ],
    0.0,
) | {"solid_part_cost": 1e8}
FAMILIES_STILL = {"ageing": 0.0}
EARNINGS_STILL = {"persistent_sd": 0.0, "passing_yearly_sd": 0.0}


@cache
def hoang_kim() -> Scenario:
    """The commune plan that every small plan starts from."""
    return read_scenario(SCENARIOS / "hoang_kim_2024.yaml")


def place(name: str = "Hoàng Kim", households: int = 500, poor: int = 80, near_poor: int = 60, **facts: float) -> Place:
    """A poor commune: 16 % poor, 12 % near-poor, otherwise as Hoàng Kim; ``facts`` replace figures of its population."""
    known = hoang_kim().places[0]
    return replace(known, name=name, households=households, poor=poor, near_poor=near_poor, facts=replace(known.facts, **facts))


def plan(
    places: Iterable[Place] | None = None,
    mixes: Mapping[str, Mapping[str, Allocation]] | None = None,
    money: Iterable[Envelope] = (),
    parameters: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Scenario:
    """A plan of 2024 for small poor communes; ``changes`` replace parts of the scenario (``follow_years``, ``structure``...)."""
    made = {name: Mix(name, levers) for name, levers in (mixes or {}).items()} | {NO_POLICY: Mix(NO_POLICY)}
    parts = {"places": tuple(places or (place(),)), "mixes": made, "money": tuple(money), "parameters": dict(parameters or {})}
    return replace(hoang_kim(), targets=(), **(parts | changes))


def money_for(lever: str, millions: float, place_name: str | None = None, year: int = 2024) -> Envelope:
    """An envelope that may pay for a lever: credit of the bank, investment money for houses, else recurrent money."""
    kind = {"preferential_credit": "credit", "housing": "investment"}.get(lever, "recurrent")
    source = "bank" if kind == "credit" else "central"
    return Envelope(source, kind, year, int(millions * MILLION), place_name)


def plan_of_levers(
    levers: Iterable[str] = LEVERS, millions: float = 300.0, options: Mapping[str, Any] | None = None, **more: Any
) -> Scenario:
    """A plan with one mix ``plan``: an envelope of each kind of money needed, evenly shared by the levers that are not credit.

    ``place_name`` among ``more`` names the one commune that has the money.
    """
    levers, place_name = tuple(levers), more.pop("place_name", None)
    spenders = [lever for lever in levers if lever != "preferential_credit"]
    shares = {lever: 1.0 / len(spenders) if lever in spenders else 1.0 for lever in levers}
    allocations = {lever: Allocation(share=shares[lever], options=dict(options or {})) for lever in levers}
    money = {envelope.kind: envelope for envelope in (money_for(lever, millions, place_name) for lever in levers)}
    return plan(mixes={"plan": allocations}, money=money.values(), **more)


def start(scenario: Scenario, replications: int = 1, first: int = 0, seed: int = SEED) -> Begun:
    """The start of a scenario."""
    return Simulation.start(scenario, range(first, first + replications), seed)


def run_years(begun: Begun, mix: str, years: int | None = None) -> Simulation:
    """A simulation run to its end, or for so many years."""
    simulation = Simulation(begun, mix)
    for _ in range(4 * (years or 99)):
        simulation.quarter()
    return simulation


def uncoupled(**others: bool) -> Structure:
    """No household's life depends on another's."""
    return Structure(couplings=False, **others)


@cache
def medians() -> dict[str, float]:
    """Every uncertain number at its median."""
    return {name: float(parameter.prior.median) for name, parameter in all_parameters(hoang_kim()).items()}


def identity(h: Table) -> np.ndarray:
    """One number a household: replication, origin and branch."""
    return (h.replication.astype(np.int64) << 48) | (h.origin.astype(np.int64) << 16) | h.branch.astype(np.int64)


def differing(one: Table, other: Table, columns: Iterable[str] = STATE) -> set[str]:
    """Names of the columns in which two tables differ by a single bit."""
    return {name for name in columns if one[name].tobytes() != other[name].tobytes()}


def first_quarter(year: int) -> Quarter:
    """1 January of a year."""
    return Quarter(year, 1)
