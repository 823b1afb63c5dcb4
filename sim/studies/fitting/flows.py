"""Yearly flows between the lists as shares, from tables of households by where they were and where they went."""

from __future__ import annotations

import numpy as np

from sim.measures.flows import FROM, TO, Lists, transitions
from sim.studies.fitting.statistics import PERCENT

POOR, NEAR = ("poor",), ("near_poor", "near_poor_newly_escaped")
UNLISTED = ("not_listed", "not_listed_newly_escaped", "new_household")
ESCAPED = ("near_poor_newly_escaped", "not_listed_newly_escaped")
HALF = 0.5  # household added where none was seen, so that a share has a logit


def year_of_flows(households: object, year: int, rows: np.ndarray, replications: int) -> np.ndarray:
    """Households by replication, FROM and TO at the end of ``year``, after its review; ``rows`` are their replications from 0."""
    h: object = households
    lists = Lists(h.standing, h.reviewed, h.quarters_since_poor, h.quarters_since_listed, h.branch == year, year)  # type: ignore[attr-defined]
    return transitions(lists, rows, replications)


def count(table: np.ndarray, origins: tuple[str, ...], to: tuple[str, ...] = TO) -> np.ndarray:
    """Households that went from some origins to some places; ``table`` is (..., FROM, TO)."""
    rows = table[..., [FROM.index(origin) for origin in origins], :]
    return rows[..., [TO.index(one) for one in to]].sum(axis=(-2, -1))


def share(table: np.ndarray, origins: tuple[str, ...], *to: str) -> np.ndarray:
    """Of the households of some origins, percent that went somewhere."""
    return PERCENT * (count(table, origins, to) + HALF) / (count(table, origins) + 2 * HALF)


def shares(years: np.ndarray) -> dict[str, np.ndarray]:
    """The statistics of flows by replication; ``years`` is (replications, years, FROM, TO), of four years."""
    first, later = years[:, 0], years[:, 1:]
    relapsed = count(years[:, 1:3], ESCAPED, ("poor",)).sum(axis=1)
    exits = count(years[:, 1:3], POOR, ("near_poor", "not_listed")).sum(axis=1)
    return {
        "poor_to_near_poor": share(first, POOR, "near_poor"),
        "poor_to_not_listed": share(first, POOR, "not_listed"),
        "near_poor_to_not_listed": share(first, NEAR, "not_listed"),
        "near_poor_to_poor": share(first, NEAR, "poor"),
        "new_poor": share(first, UNLISTED, "poor"),
        "new_near_poor": share(first, UNLISTED, "near_poor"),
        "relapse": np.clip(PERCENT * (relapsed + HALF) / (exits + 2 * HALF), 0.0, PERCENT - 0.1),
        "exit_share": share(later, POOR, "near_poor", "not_listed").mean(axis=1),
    }
