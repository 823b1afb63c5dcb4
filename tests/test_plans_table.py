"""The table of plans and targets in ``docs/`` is what its stored rows say, and these leave out no target of any plan."""

from __future__ import annotations

import pytest

from sim.scenario.read import read_scenario
from tests.doc_scripts import DOCS, script

PLANS = ("son_la_2020", "hung_yen_2022_2025", "hoang_kim_2024", "phan_rang_2021", "thanh_hoa_2017")


@pytest.fixture(scope="module")
def table():
    return script("plans")


def test_the_page_is_that_of_the_stored_rows(table):
    """Refresh it with ``python docs/plans.py``."""
    assert table.PAGE.read_text(encoding="utf-8") == table.page(table.stored())


@pytest.mark.parametrize("plan", PLANS)
def test_every_target_has_its_row(table, plan):
    """Run the plans anew with ``python docs/plans.py run``."""
    rows = {row["row"]: row for row in table.stored() if row["plan"] == plan}
    targets = read_scenario(DOCS.parent / "scenarios" / f"{plan}.yaml").targets
    assert [name for name in rows if not name.startswith(("stated_", "all_targets", "by_mix"))] == [target.name for target in targets]
    for target in targets:
        row = rows[target.name]
        assert (row["kind"] == "outside") == (target.form == "outside") == (not row["probability"])
        assert row["vi"] and row["en"] and row["reference"] == target.reference
    assert rows["all_targets"]["probability"]


def test_no_word_is_the_same_in_both_languages(table):
    for row in table.stored():
        assert row["vi"] != row["en"], row["row"]
