"""What the kernel sees: named tuples of the columns it reads or writes, and a block's scratch space."""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from sim.agents.codebook import COMMUNE_COLUMNS, HOUSEHOLD_COLUMNS
from sim.kit.columns import Table

BLOCK = 512

NOT_IN_KERNEL = {
    "village", "minority", "merit", "quarters_since_poor",
    "applies", "review_error", "score", "deprivations", "reviewed",
}
HOUSEHOLD_FIELDS = tuple(column.name for column in HOUSEHOLD_COLUMNS if column.name not in NOT_IN_KERNEL)
COMMUNE_FIELDS = tuple(column.name for column in COMMUNE_COLUMNS)

Households = namedtuple("Households", HOUSEHOLD_FIELDS)  # type: ignore[misc]
Communes = namedtuple("Communes", COMMUNE_FIELDS)  # type: ignore[misc]
# Scratch of one block: random words, sums over members that the household stages need, and production in the making.
Scratch = namedtuple("Scratch", "words labour wage assistance illness calves_sold means produced factor have meant")

# What the law and the world set for a quarter, a record for each replication.
WORLD_FIELDS = ("nominal", "price_level", "growth_level", "assistance_standard", "assistance_counts", "electricity")
WORLD_DTYPE = np.dtype([(name, np.float32) for name in WORLD_FIELDS])


def households_frame(table: Table) -> Households:
    """The household columns that the kernel works on, not copied."""
    return Households(*[table[name] for name in HOUSEHOLD_FIELDS])


def communes_frame(table: Table) -> Communes:
    """The commune columns, not copied."""
    return Communes(*[table[name] for name in COMMUNE_FIELDS])


def records(values: np.ndarray) -> np.ndarray:
    """A structured array whose records are read as ``p.name``, compiled or not; the data are not copied."""
    return values.view(np.recarray)
