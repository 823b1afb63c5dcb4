"""Views read like agents, follow their household when rows move, and cannot be written to."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass

import numpy as np
import pytest

from sim.agents.codebook import COMMUNE_COLUMNS, HOUSEHOLD_COLUMNS, Standing, lever_columns
from sim.agents.household_set import HouseholdSet
from sim.agents.identity import HouseholdGoneError, find_row, name_of, parse_id
from sim.agents.members import Work, pack
from sim.agents.views import HouseholdView, views
from sim.kit.columns import Table


@dataclass
class Village:
    """Something that holds tables."""

    households: Table
    communes: Table


@pytest.fixture
def village() -> Village:
    h = Table.zeros((*HOUSEHOLD_COLUMNS, *lever_columns(2)), 6)
    h.origin[...] = (1, 2, 2, 7, 1, 3)
    h.branch[...] = (0, 0, 2026, 0, 0, 0)
    h.cell[...] = (0, 0, 0, 0, 1, 1)
    h.replication[...] = (0, 0, 0, 0, 1, 1)
    h.land[...] = (0.5, 1.0, 0.0, 2.0, 0.1, 0.2)
    h.standing[...] = (0, 2, 1, 2, 0, 2)
    h.urban[...] = (1, 0, 0, 0, 0, 0)
    h.members[0] = pack(present=1, age=40, female=1, work=int(Work.OWN), head=1, insured=1)
    h.members[3, 1] = pack(present=1, age=9, in_school=1)
    h.income_by_quarter[:, 0] = (1, 2, 3, 4)
    c = Table.zeros(COMMUNE_COLUMNS, 2)
    c.find_chance[...] = (0.25, 0.75)
    return Village(h, c)


def test_a_household_reads_like_an_agent(village):
    first, second, branch = (HouseholdView(village, row) for row in range(3))
    assert (first.unique_id, second.unique_id, branch.unique_id) == ("1.0", "2.0", "2.2026")
    assert first.land == 0.5 and isinstance(first.land, float)
    assert first.urban is True and second.urban is False
    assert second.standing is Standing.POOR and second.is_poor and second.is_listed and not second.is_near_poor
    assert first.income_by_quarter == (1.0, 2.0, 3.0, 4.0)
    assert second.outcome == (0, 0)
    assert second.commune["find_chance"] == 0.25
    assert "land" in dir(first) and "is_poor" in dir(first)


def test_members_read_like_agents(village):
    head, child = HouseholdView(village, 1).members
    assert (head.age, head.female, head.work, head.head, head.slot) == (40, True, Work.OWN, True, 0)
    assert (child.age, child.in_school, child.insured, child.slot) == (9, True, False, 3)
    with pytest.raises(AttributeError, match="no 'wage'"):
        _ = child.wage
    assert pickle.loads(pickle.dumps(child)) == child


@pytest.mark.parametrize("name", ["land", "origin", "standing", "anything"])
def test_nothing_can_be_written(village, name):
    household = HouseholdView(village, 0)
    with pytest.raises(AttributeError, match="only reads"):
        setattr(household, name, 1)
    with pytest.raises(AttributeError, match="only reads"):
        delattr(household, name)
    with pytest.raises(AttributeError, match="only reads"):
        household.members[0].age = 3
    assert village.households.land[0] == 0.5


def test_an_unknown_word_is_an_attribute_error(village):
    with pytest.raises(AttributeError, match="no 'lend'"):
        _ = HouseholdView(village, 0).lend
    assert getattr(HouseholdView(village, 0), "lend", None) is None


def test_a_view_is_as_good_as_another(village):
    assert HouseholdView(village, 1) == HouseholdView(village, 1) != HouseholdView(village, 2)
    assert len({HouseholdView(village, row) for row in (1, 1, 2)}) == 2
    assert copy.copy(HouseholdView(village, 1)) == HouseholdView(village, 1)


def test_a_view_follows_its_household(village):
    kept, gone = HouseholdView(village, 3), HouseholdView(village, 1)
    village.households = village.households.take(np.array([2, 3, 4]))
    assert kept.row == 1 and kept.land == 2.0
    assert not gone.is_there
    with pytest.raises(HouseholdGoneError):
        _ = gone.land


@pytest.mark.parametrize("name", ["1.0", "1043.2026", "7.0@3"])
def test_names_are_read_back(name):
    assert name_of(*parse_id(name)) == name


@pytest.mark.parametrize("text", ["", "a", "1.b", "-1", "1.0@", "1..2", "٣"])
def test_what_is_no_name(text):
    if text == "1.0@":  # nothing after the sign is the first replication
        assert parse_id(text) == (1, 0, 0)
        return
    with pytest.raises(ValueError, match="no household"):
        parse_id(text)


def test_rows_are_found_by_commune_number_and_branch(village):
    h = village.households
    for row in range(len(h)):
        assert find_row(h, int(h.cell[row]), int(h.origin[row]), int(h.branch[row])) == row
    for missing in ((0, 3, 0), (1, 2, 0), (0, 2, 2025), (9, 1, 0)):
        with pytest.raises(HouseholdGoneError):
            find_row(h, *missing)


def test_a_set_reads_columns_as_views_do(village):
    everybody = HouseholdSet(village, random=__import__("random").Random(1))
    for name in ("land", "urban", "standing", "is_poor", "unique_id", "loan"):
        assert list(everybody.get(name)) == [getattr(view, name) for view in views(village, np.arange(6))]
    poor = everybody.select("is_poor")
    assert [view.unique_id for view in poor] == ["2.0", "7.0", "3.0@1"]
    assert [view.land for view in everybody.select(lambda view: view.land > 0.5)] == [1.0, 2.0]
    assert poor.agg("land", [min, max]) == [np.float32(0.2), np.float32(2.0)]
    assert {key: len(group) for key, group in everybody.groupby("standing").items()} == {0: 2, 2: 3, 1: 1}
    assert everybody.sort("land", ascending=True)[0].origin == 2
    assert len(everybody.select(at_most=0.5)) == 3 and len(everybody.select(at_most=2)) == 2
    with pytest.raises(TypeError, match="cannot be written"):
        everybody.set("land", 3)
