"""What the kernel sees: named tuples of the columns it reads or writes, and a block's scratch space."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.kit.columns import Table
from sim.kit.compiling import rule

# Rows worked together: a commune of one replication in one block, its scratch still in the second-level cache.
BLOCK = 2048

# Household columns by theme. A stage is given only the themes it needs: each array in an argument costs compiling time.
THEMES = {
    "who": "origin branch replication cell urban land ability propensity outside_support standing quarters_since_listed",
    "people": "members others",
    "tally": (
        "members_at_home members_counted children elderly workers able dependants disabled chronic unemployed seekers wage_workers "
        "without_contract abroad uninsured uninsured_from_6 undernourished young_untrained children_out_of_school trainable trained "
        "certified female_head head_schooling labourless"
    ),
    "means": "persistent_shock capital young_animals quarters_to_calving grown_animals calves coached_quarters skill venture",
    "aid": "claims school_support matching nutrition_support forest_fee forest_fee_quarters remittance",
    "money": "savings loan loan_rate loan_quarters_left overdue informal_debt repaid interest_paid",
    "dwelling": "solid_parts floor_area_m2 clean_water hygienic_toilet internet devices",
    "flows": "own_income wage_income remittance_income transfer_income uncounted_transfers consumption health_cost storm_loss",
    "record": "income_by_quarter income_per_head lasting_income shocks recent_shocks coping",
}
Who = namedtuple("Who", THEMES["who"])  # type: ignore[misc]
People = namedtuple("People", THEMES["people"])  # type: ignore[misc]
Tally = namedtuple("Tally", THEMES["tally"])  # type: ignore[misc]
Means = namedtuple("Means", THEMES["means"])  # type: ignore[misc]
Aid = namedtuple("Aid", THEMES["aid"])  # type: ignore[misc]
Money = namedtuple("Money", THEMES["money"])  # type: ignore[misc]
Dwelling = namedtuple("Dwelling", THEMES["dwelling"])  # type: ignore[misc]
Flows = namedtuple("Flows", THEMES["flows"])  # type: ignore[misc]
Record = namedtuple("Record", THEMES["record"])  # type: ignore[misc]
Households = namedtuple("Households", tuple(THEMES))  # type: ignore[misc]

COMMUNE_FIELDS = "productivity find_chance found calf_price calves_sold covariate_loss gained lost"
Communes = namedtuple("Communes", COMMUNE_FIELDS)  # type: ignore[misc]
# Scratch of one block: random words (4, rows), packed counts of members (4, rows), flags and lists (int32), and sums over members
# and production in the making (float32).
FLAGS = "found ill found_ill lost gained"
SUMS = "labour wage steady_labour steady_wage assistance illness calves_sold find food means produced factor have meant relied sent"
Scratch = namedtuple("Scratch", f"words counts {FLAGS} {SUMS}")  # type: ignore[misc]

# What the law and the world set for a quarter, a record for each replication.
# Multiples of the assistance standard for adults and for children and the elderly, and the ages that decide.
ASSISTANCE_FIELDS = ("severe", "severe_dependent", "extreme", "extreme_dependent", "old", "old_from", "elderly_from")
WORLD_FIELDS = ("nominal", "price_level", "growth_level", "assistance_standard", "assistance_counts", "electricity", "electricity_counts",
                *ASSISTANCE_FIELDS)
WORLD_DTYPE = np.dtype([(name, np.float32) for name in WORLD_FIELDS])


def households_frame(table: Table) -> Households:
    """The household columns that the kernel works on, by theme, not copied."""
    themes = (Who, People, Tally, Means, Aid, Money, Dwelling, Flows, Record)
    return Households(*[theme(*map(table.__getitem__, theme._fields)) for theme in themes])


def communes_frame(table: Table) -> Communes:
    """The commune columns that the kernel works on, not copied."""
    return Communes(*map(table.__getitem__, Communes._fields))


def reader(name: str, fields: str) -> Callable[[Any], Any]:
    """A rule that takes the named fields out of a record, as a named tuple that serves in the record's place.

    Taken before a loop, they are read once; a field that the loop itself would read under a condition keeps it from taking many
    rows at a time.
    """
    kind = namedtuple(name, fields)  # type: ignore[misc]
    return rule(eval(f"lambda p: kind({', '.join('p.' + field for field in fields.split())})", {"kind": kind}))


def records(values: np.ndarray) -> np.ndarray:
    """A structured array whose records are read as ``p.name``, compiled or not; the data are not copied."""
    return values.view(np.recarray)
