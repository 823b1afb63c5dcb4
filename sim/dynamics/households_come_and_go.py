"""Households that dissolve or move away, and couples that leave their parents to found one.

A couple leaving is the main official source of new poor households: it starts with a small part of the parents'
means. Identity is (origin, branch): the couple keeps the parents' origin and takes the year as its branch. Only
original households (branch 0) split, at most once a year, so that no identity is ever used twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.agents.codebook import LEVER_COLUMNS, NEVER
from sim.agents.members import Work, get, pack, put
from sim.agents.purposes import Purpose
from sim.dynamics.household_loops import grown_children, people_in
from sim.kit import draws
from sim.kit.columns import Table
from sim.law.parameters import ByRow


@dataclass(frozen=True)
class Comings:
    """Households that came and went in a year: counts over all rows of a run."""

    splits: int
    dissolved: int
    moved: int


def by_row(households: Table, parameters: np.ndarray) -> ByRow:
    """Yearly parameters by household row; the first row is of the first replication."""
    return ByRow(parameters, households.replication - (households.replication[0] if len(households) else 0))


def draw_leavers(households: Table, parameters: np.ndarray, year_moment: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Masks of households that have dissolved (none of the eight members left) and that move away this year."""
    p = by_row(households, parameters)
    luck = draws.uniform(seed, households.origin, households.branch, households.replication, year_moment, Purpose.FAMILY)
    dissolved = people_in(households.members) == 0
    return dissolved, ~dissolved & (luck < p["move_rate"] * p["ageing"])


def found_households(
    households: Table, parameters: np.ndarray, rates: np.ndarray, year: int, year_moment: int, seed: int, staying: np.ndarray
) -> Table:
    """Couples that leave this year, as a table of new households; takes them and their part out of ``households``.

    Only households of the mask ``staying`` are looked at. A second grown child may marry into another household and is
    gone, which balances the spouses who come in.
    """
    count, slot = grown_children(households.members)
    asked = np.flatnonzero(staying & (count > 0))
    p, grown, branch = by_row(households, parameters), np.minimum(count[asked], 2), households.branch[asked]
    luck = draws.uniform(seed, households.origin[asked], branch, households.replication[asked], year_moment, Purpose.SPLIT)
    rates_here = p.rows(asked)
    splits = (branch == 0) & (luck < rates_here["split_rate"] * rates_here["ageing"] * grown)
    marries = ~splits & (luck > 1.0 - rates_here["marry_out_rate"] * rates_here["ageing"] * grown)
    gone, rows = asked[marries], asked[splits]
    households.members[slot[gone], gone] = 0
    new = households.take(rows)
    leaver = households.members[slot[rows], rows]
    households.members[slot[rows], rows] = 0
    _share_means(households, new, rows, p.rows(rows))
    spread = by_row(households, rates).rows(rows)["persistent_sd"]
    _settle_couple(new, leaver, p.rows(rows), spread, year, seed, year_moment)
    return new


def _share_means(parents: Table, new: Table, rows: np.ndarray, p: ByRow) -> None:
    """Land, tools and savings of the parents divided; animals, loans, debts and supports stay with the parents.

    Whether the household claims its assistance is a habit that the couple takes along.
    """
    share = p["heir_share"]
    for name in ("land", "capital"):
        new[name][...] = parents[name][rows] * share
        parents[name][rows] -= new[name]
    new.savings[...] = np.floor(parents.savings[rows] * share.astype(np.float64)).astype(np.int32)
    parents.savings[rows] -= new.savings
    for name in ("young_animals", "grown_animals", "calves", "quarters_to_calving", "coached_quarters", "venture", "loan", "loan_rate",
                 "loan_quarters_left", "overdue", "informal_debt", "repaid", "interest_paid", "outside_support", "others", "skill",
                 "school_support", "matching", "nutrition_support", "forest_fee", "forest_fee_quarters", "remittance"):
        new[name][...] = 0
    for name in LEVER_COLUMNS:
        if name in new:
            new[name][...] = 0


def _settle_couple(new: Table, leaver: np.ndarray, p: ByRow, spread: np.ndarray, year: int, seed: int, year_moment: int) -> None:
    """The couple itself: the leaver as head, a spouse from outside, likeness to the parents, a small dwelling of its own."""
    new.branch[...] = year
    key = (seed, new.origin, new.branch, new.replication, year_moment)
    words = draws.bits(*key, Purpose.SPOUSE).astype(np.int64)
    new.members[...] = 0
    new.members[0] = put(put(leaver, "head", 1), "quarters_in_state", 0)
    age = np.clip(get(leaver, "age") + words[:, 0] % 5 - 2, 18, 45)
    schooling = np.clip(get(leaver, "schooling") + words[:, 1] % 5 - 2, 0, 12)
    sex = 1 - get(leaver, "female")
    new.members[1] = pack(present=1, age=age, female=sex, schooling=schooling, work=int(Work.OWN), insured=get(leaver, "insured"))
    likeness = p["heir_likeness"].astype(np.float64)
    own = np.sqrt(1.0 - likeness * likeness)
    new.ability[...] = likeness * new.ability + own * p["heir_ability_sd"].astype(np.float64) * draws.normal(*key, Purpose.HEIR_ABILITY)
    new.propensity[...] = likeness * new.propensity + own * draws.normal(*key, Purpose.HEIR_PROPENSITY)
    new.persistent_shock[...] = spread * draws.normal(*key, Purpose.HEIR_SHOCK)
    new.review_error[...] = likeness * new.review_error
    new.solid_parts[...] = np.maximum(new.solid_parts.astype(np.int64) - (words[:, 2] < _of_words(p["heir_part_lost"])), 0)
    new.floor_area_m2[...] = np.minimum(new.floor_area_m2, p["heir_floor_area"])
    new.hygienic_toilet[...] = new.hygienic_toilet & (words[:, 3] >= _of_words(p["heir_toilet_lost"]))
    for name in ("standing", "reviewed", "applies", "shocks", "recent_shocks", "coping", "deprivations"):
        new[name][...] = 0
    new.quarters_since_poor[...] = NEVER
    new.quarters_since_listed[...] = NEVER


def _of_words(chance: np.ndarray) -> np.ndarray:
    """The number below which a random word of 32 bits lies with this chance."""
    return chance.astype(np.float64) * 2.0**32


def turn_households(
    households: Table, parameters: np.ndarray, rates: np.ndarray, year: int, year_moment: int, seed: int, leaving: np.ndarray
) -> tuple[Table, int]:
    """The households of the new year: without those that leave, with the couples that found one; and how many founded.

    Rows stay sorted by replication, commune, origin and branch: a couple, whose branch is the highest, follows its kin.
    """
    new = found_households(households, parameters, rates, year, year_moment, seed, ~leaving)
    kept = np.flatnonzero(~leaving)
    lineage = (households.cell.astype(np.int64) << 32) | households.origin
    after = np.searchsorted(lineage[kept], (new.cell.astype(np.int64) << 32) | new.origin, side="right")
    return households.weave(kept, new, after), len(new)
