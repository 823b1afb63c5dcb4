"""The start from a plan's figures alone: households and communes of every replication.

Members come first, then land and jobs, then what income a household of that kind has in a place of that mean, then
what it owns and lacks. Two solves tie it to the plan: the level of income to the place's mean, and the level of
deprivation to the split of the listed into poor and near-poor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.agents.codebook import COMMUNE_COLUMNS, HOUSEHOLD_COLUMNS, NEVER, Area, Standing
from sim.agents.purposes import Purpose
from sim.kit import draws, maths
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.kit.draws import split_seed
from sim.population import people
from sim.population.frame import Start
from sim.population.incomes import give_incomes
from sim.population.lacks import settle_dwellings, settle_members
from sim.population.luck import numbers
from sim.population.tables import compiled_tables, facts_of, own_shares, thresholds, tilted_sizes
from sim.standards.load import standard_in_force
from sim.standards.standard import Standard

u8 = np.uint64


def synthesise(
    places: Sequence[Any],
    parameters: np.ndarray,
    seed: int,
    first_replication: int,
    replications: int,
    start: Quarter,
    law_facts: np.ndarray,
    standard: Standard | None = None,
    one_for: int = 1,
    only: range | None = None,
) -> tuple[Table, Table]:
    """Households and communes of ``replications`` replications from ``first_replication`` on.

    ``places`` have name, households, poor, near_poor, area and perhaps facts; ``parameters`` are the yearly ones, a
    record for each replication; ``law_facts`` is the world's record of the first quarter (dynamics/frames.py);
    ``standard`` is the one by which the list at the start is drawn, by default that in force; ``one_for`` how many
    households a row stands for. Lists are a first guess: the years before the start give them a memory, raking the exact
    counts. With ``only``, the same households, but of these places alone.
    """
    standard = standard or standard_in_force(start.first_day)
    begin = Start(places, parameters, seed, first_replication, replications, start, law_facts, standard, one_for, only)
    communes = _communes(begin)
    h = Table.zeros(HOUSEHOLD_COLUMNS, begin.rows)
    _identify(h, begin)
    _people(h, begin)
    log_income = give_incomes(h, communes, begin)
    first_list = settle_members(h, log_income, begin)
    settle_dwellings(h, communes, first_list, begin)
    _settle(h, standard, first_list)
    return h, communes


def _communes(begin: Start) -> Table:
    """The table of communes, a row for each commune in each replication."""
    communes = Table.zeros(COMMUNE_COLUMNS, begin.cells)
    communes.replication[...] = begin.cell_replication
    communes.place[...], communes.home[...] = begin.cell_place, begin.only.start + begin.cell_home
    communes.parts[...] = np.tile([commune.parts for commune in begin.communes], begin.replications)
    communes.area[...] = np.array([int(Area[place.area.upper()]) for place in begin.places])[begin.cell_home]
    key = (begin.seed, communes.place, draws.COMMUNE_BRANCH, communes.replication, 0)
    spread = begin.parameters["staff_spread"].astype(np.float64)[begin.cell_index]
    communes.staff_capacity[...] = maths.exp(spread * draws.normal(*key, int(Purpose.STAFF_START)))
    communes.usual_staff_capacity[...] = communes.staff_capacity
    communes.awareness[...] = 1.0
    communes.productivity[...] = 1.0
    communes.calf_price[...] = begin.rates["calf_price"][begin.cell_index]
    communes.confidence[...] = 1.0
    return communes


def _identify(h: Table, begin: Start) -> None:
    """Who each household is: number, commune, village, urban, minority, merit, and whether it claims its assistance."""
    h.origin[...], h.replication[...], h.cell[...] = begin.origin, begin.replication, begin.cell
    h.village[...] = begin.village
    u = numbers(begin.seed, h.origin, h.replication, int(Purpose.IDENTITY_START), normal=False)
    h.urban[...] = u[0] < begin.by_place("urban_share")
    h.minority[...] = u[1] < begin.by_place("minority_share")
    h.merit[...] = u[2] < begin.by_place("merit_share")
    h.claims[...] = u[3] < begin.by_row["assistance_drawn"]
    h.quarters_since_poor[...] = NEVER
    h.quarters_since_listed[...] = NEVER


def _people(h: Table, begin: Start) -> None:
    """Members: families, schooling, work, training, health."""
    facts = [facts_of(place) for place in begin.places]
    sizes = np.stack([thresholds(tilted_sizes(fact.household_size)) for fact in facts])
    own = np.stack([own_shares(fact.farm_labour_share) for fact in facts])
    k0, k1 = split_seed(begin.seed)
    people.found_families(
        0, len(h), u8(k0), u8(k1), h.origin, h.replication, begin.home, h.urban, sizes, own, compiled_tables(), h.members, h.others,
    )


def _settle(h: Table, standard: Standard, listed: np.ndarray) -> None:
    """The first list: the lowest scores, poor where they lack much."""
    h.deprivations[...] = standard.deprivations(h)
    first = np.ones(len(h), dtype=bool)
    found = standard.decide(first, first, h.deprivations)
    h.standing[...] = np.where(listed, np.maximum(found, Standing.NEAR_POOR), Standing.NOT_LISTED)
    h.reviewed[...] = h.standing
