"""Flows between lists: each case as an official would put it, and the books close."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import NEVER, Standing
from sim.measures import flows
from sim.measures.flows import FROM, TO, Lists, close, stock, transitions


def _lists(standing: int, reviewed: int, since_poor: int = NEVER, since_listed: int = NEVER, new: bool = False) -> Lists:
    columns = (standing, reviewed, since_poor, since_listed, new)
    return Lists(*(np.array([value]) for value in columns), when=2024)


def test_standings_are_those_of_the_codebook() -> None:
    assert (flows.NOT_LISTED, flows.NEAR_POOR, flows.POOR) == (Standing.NOT_LISTED, Standing.NEAR_POOR, Standing.POOR)
    assert flows.NEVER < NEVER


def test_leaving_the_poor_list_for_near_poor_is_an_escape() -> None:
    lists = _lists(2, 1)
    assert lists.escaped[0] and lists.newly_escaped[0] and not lists.left_lists[0]


def test_leaving_near_poor_is_newly_escaped_but_no_escape_from_poverty() -> None:
    lists = _lists(1, 0)
    assert lists.newly_escaped[0] and lists.left_lists[0] and not lists.escaped[0]


def test_back_within_36_months_is_a_relapse_and_later_is_not() -> None:
    assert _lists(0, 2, since_poor=11).fallen_back[0]
    assert not _lists(0, 2, since_poor=15).fallen_back[0]
    assert not _lists(0, 2).fallen_back[0]


def test_kept_out_begins_at_the_end_of_the_third_year() -> None:
    assert [bool(_lists(0, 0, since_poor=quarters).kept_out[0]) for quarters in (3, 7, 11, 15, NEVER)] == [False, False, True, True, False]
    assert not _lists(0, 2, since_poor=15).kept_out[0]


def test_a_new_household_found_poor_is_newly_poor_and_has_not_stayed() -> None:
    lists = _lists(2, 2, new=True)
    assert lists.newly_poor[0] and not lists.stayed[0]


def test_stocks_and_flows_close() -> None:
    luck = np.random.default_rng(3)
    rows, cells = 500, 4
    cell = np.sort(luck.integers(0, cells, rows))
    before = luck.integers(0, 3, rows)
    alive = luck.random(rows) < 0.97
    reviewed = luck.integers(0, 3, rows)
    clock = luck.choice([3, 11, 15, NEVER], rows)
    lists = Lists(before[alive], reviewed[alive], clock[alive], clock[alive], np.zeros(alive.sum(), dtype=bool), when=2024)
    closed = close(transitions(lists, cell[alive], cells), stock(before, cell, cells))
    assert closed[:, :, TO.index("gone")].sum() == rows - alive.sum()
    after = stock(reviewed[alive], cell[alive], cells)
    for to in ("poor", "near_poor", "not_listed"):
        assert (closed[:, :, TO.index(to)].sum(axis=1) == after[:, TO.index(to)]).all()
    poor_before = stock(before, cell, cells)[:, TO.index("poor")]
    assert (closed[:, FROM.index("poor"), :].sum(axis=1) == poor_before).all()
