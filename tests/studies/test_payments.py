"""Payments by quarter hold every dong of the ledger, in its quarter, for both readings."""

from __future__ import annotations

import numpy as np
import pytest

from sim.studies.payments import payments, quarters, span
from tests.studies.fake_engine import finished


@pytest.mark.parametrize("by", ["source", "lever", "kind"])
def test_both_readings_hold_what_the_ledger_holds(by):
    results = finished()
    for mix in results.frame.planned_and_delivered("plan"):
        ledger, tables = results.ledger[mix], payments(results, mix, by)
        shape = (results.frame.replications, len(quarters(results)))
        assert {table.shape for table in tables.values()} == {shape}
        assert sum(int(table.sum()) for table in tables.values()) == ledger.total("paid") > 0
        for number, quarter in enumerate(quarters(results)):
            here = ledger.total("paid", year=quarter.year, quarter=quarter.quarter)
            assert sum(int(table[:, number].sum()) for table in tables.values()) == here


def test_what_is_shown_begins_and_ends_with_money():
    tables = [np.array([[0, 3, 0, 0]]), np.array([[0, 0, 2, 0]])]
    assert span(tables) == slice(1, 3)
    assert span([]) == slice(0, 0)
