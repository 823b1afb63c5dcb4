"""A small made-up society and plan, for tests of levers and money."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.agents.codebook import COMMUNE_COLUMNS, HOUSEHOLD_COLUMNS, NEVER, Standing, commune_lever_columns, lever_columns
from sim.agents.members import Work, pack
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.law.parameters import draw, gather
from sim.policies.discovery import discover, parameters_of
from sim.policies.lever import Lever
from sim.policies.programme import Programme
from sim.scenario.shape import Allocation, Envelope, Mix
from sim.start import own_parameters

MILLION = 1_000_000
SEED = 7
SIGNED = Quarter(2024, 2)
FIRST = ("livelihood_models", "vocational_training", "preferential_credit", "housing", "health_insurance")


@dataclass
class Plan:
    """As much of a scenario as the policies look at."""

    money: list[Envelope]
    mixes: dict[str, Mix]
    delivery: str = "as_planned"
    structure: Any = field(default=None)


def levers_here() -> dict[str, Lever]:
    """Every lever, the five that these tests know by their slots first."""
    levers = discover()
    return {key: levers[key] for key in (*FIRST, *(key for key in levers if key not in FIRST))}


def slot_of(lever: str) -> int:
    """A lever's place in ``due``, ``owed``, ``received`` and ``outcome`` of these tests."""
    return list(levers_here()).index(lever)


def households(count: int = 60, replications: int = 2, places: int = 2) -> Table:
    """A third poor, a third near-poor, a third on no list and half of those newly escaped; all want for everything."""
    table = Table.zeros((*HOUSEHOLD_COLUMNS, *lever_columns(len(levers_here()))), count * replications)
    number = np.arange(count * replications)
    table.origin[...] = number % count
    table.replication[...] = number // count
    table.cell[...] = table.replication * places + table.origin * places // count
    table.village[...] = table.origin % 3
    table.standing[...] = 2 - number % 3
    table.quarters_since_poor[...] = np.where(number % 6 == 2, 4, NEVER)
    table.quarters_since_listed[...] = NEVER
    table.land[...] = 0.2
    table.female_head[...] = number % 4 == 0
    table.minority[...] = number % 5 == 0
    table.lasting_income[...] = 600 + number * 37 % 900
    table.savings[...] = 20_000
    table.floor_area_m2[...] = 20
    table.solid_parts[...] = number % 2
    for name, value in (("members_at_home", 3), ("members_counted", 3), ("able", 2), ("workers", 2), ("trainable", 2), ("uninsured", 3)):
        table[name][...] = value
    table.members[0] = pack(present=1, age=45, schooling=6, work=int(Work.OWN), head=1)
    table.members[1] = pack(present=1, age=22, female=1, schooling=9, work=int(Work.OWN))
    table.members[2] = pack(present=1, age=9, in_school=1)
    return table


def communes(replications: int = 2, places: int = 2) -> Table:
    """Ordinary communes with average staff and neutral experience."""
    table = Table.zeros((*COMMUNE_COLUMNS, *commune_lever_columns(len(levers_here()))), replications * places)
    table.replication[...] = np.arange(replications * places) // places
    table.place[...] = np.arange(replications * places) % places
    table.staff_capacity[...] = 1.0
    table.usual_staff_capacity[...] = 1.0
    table.awareness[...] = 1.0
    table.productivity[...] = 1.0
    table.confidence[...] = 1.0
    return table


def certain(**others: float) -> dict[str, Any]:
    """Overrides under which everybody wants everything, no project differs from another, and nothing goes wrong."""
    sure: dict[str, Any] = {name: 1.0 for name in parameters_of(discover().values()) if name.endswith("_take_up")}
    sure |= {"animal_unfit_at_handover": 0.0, "course_completion": 1.0, "course_certificate": 1.0, "house_finished_well": 1.0}
    sure |= {"cow_project_cost": 30_000.0, "cow_project_cost_spread": 0.0, "livelihood_household_share": 0.2, "loan_asked_spread": 0.0}
    return sure | others


def programme(plan: Plan, mix: str = "plan", replications: int = 2, places: int = 2, overrides: dict[str, Any] | None = None) -> Programme:
    """The programme of a mix with all levers, parameters certain unless said otherwise."""
    levers = levers_here()
    known = gather([own_parameters(), parameters_of(levers.values())])
    parameters = draw(known, SEED, replications, certain() if overrides is None else overrides)
    return Programme(plan, mix, levers, parameters, SEED, [f"place {n}" for n in range(places)])


def plan_of(
    lever: str, millions: int, *, kind: str = "recurrent", source: str = "central", delivery: str = "as_planned", **options: Any
) -> Plan:
    """One lever, one envelope of so many million dong, all of it the lever's."""
    allocation = Allocation(share=1.0, options=options)
    return Plan([Envelope(source, kind, 2024, millions * MILLION)], {"plan": Mix("plan", {lever: allocation})}, delivery)


def run_year(program: Programme, h: Table, c: Table, year: int = 2024, signed: int = 2, leaving: Any = None) -> None:
    """A year of the programme alone: nothing lives, only money and deliveries move."""
    program.open_year(Quarter(year, 1), h, c)
    for quarter in (1, 2, 3, 4):
        now = Quarter(year, quarter)
        if quarter == signed:
            program.choose(now, h, c)
        program.bank_flows(now, h, c)
        program.arrive(now, h, c)
        if leaving is not None and quarter == 3:
            program.release(h, leaving, now)
    program.close_year(Quarter(year, 4), h, c)


def state(h: Table, but: tuple[str, ...] = ()) -> dict[str, np.ndarray]:
    """A copy of all columns but some."""
    return {name: array.copy() for name, array in h.arrays().items() if name not in but}


def changed(before: dict[str, np.ndarray], h: Table) -> set[str]:
    """Names of the columns that differ from a copy."""
    return {name for name, array in before.items() if not np.array_equal(array, h[name])}


LISTED = (Standing.POOR, Standing.NEAR_POOR)
