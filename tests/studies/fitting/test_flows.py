"""Shares of flows by hand."""

import numpy as np
import pytest

from sim.measures.flows import FROM, TO
from sim.studies.fitting.flows import share, shares


def table(**flows: int) -> np.ndarray:
    """One replication and year: ``poor__near_poor=3`` is three households."""
    counts = np.zeros((len(FROM), len(TO)), dtype=np.int64)
    for name, number in flows.items():
        origin, to = name.split("__")
        counts[FROM.index(origin), TO.index(to)] = number
    return counts


def test_a_share_counts_half_a_household_more():
    found = share(table(poor__near_poor=3, poor__poor=7)[None], ("poor",), "near_poor")
    assert found == pytest.approx([100 * 3.5 / 11])


def test_the_statistics_of_four_years():
    first = table(poor__near_poor=120, poor__not_listed=110, poor__poor=770, near_poor__not_listed=400, near_poor__near_poor=600)
    later = table(poor__near_poor=50, poor__not_listed=100, poor__poor=850, not_listed_newly_escaped__poor=12, not_listed__not_listed=9000)
    found = shares(np.stack([first, later, later, later])[None])
    assert found["poor_to_near_poor"] == pytest.approx([12.0], abs=0.1)
    assert found["near_poor_to_not_listed"] == pytest.approx([40.0], abs=0.1)
    assert found["relapse"] == pytest.approx([100 * 24 / 300], abs=0.2)
    assert found["exit_share"] == pytest.approx([15.0], abs=0.1)
