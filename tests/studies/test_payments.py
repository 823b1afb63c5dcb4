"""The calendar of payments holds every dong of the ledger, in its quarter, for both readings."""

from __future__ import annotations

import pytest

from sim.studies.payments import calendar_of_payments, payments, quarters
from tests.studies.fake_engine import finished


@pytest.mark.parametrize("by", ["source", "lever", "kind"])
def test_both_readings_hold_what_the_ledger_holds(by):
    results = finished()
    planned, delivered = results.frame.planned_and_delivered("plan")
    calendar = calendar_of_payments(results, "plan", by)
    for reading, mix in (("planned", planned), ("delivered", delivered)):
        paid = results.ledger[mix].total("paid") / results.frame.replications
        assert calendar.total(reading).sum() == pytest.approx(paid) and paid > 0
        assert sum(calendar.total(reading, name).sum() for name in getattr(calendar, reading)) == pytest.approx(paid)
    assert calendar.total("planned", "nobody").sum() == 0


def test_the_calendar_begins_and_ends_with_money():
    results = finished()
    calendar = calendar_of_payments(results, "plan", "source")
    assert set(calendar.quarters) <= set(quarters(results)) and len(calendar.quarters) < len(quarters(results))
    both = calendar.total("planned") + calendar.total("delivered")
    assert both[0] > 0 and both[-1] > 0
    assert {table.shape[1] for table in payments(results, "plan", "source").values()} == {len(quarters(results))}
