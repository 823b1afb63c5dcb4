"""The codebook is whole: every column says what it is in both languages, its unit and its writers."""

from __future__ import annotations

import pytest

from sim.agents import codebook
from sim.agents.purposes import Purpose
from sim.kit.columns import Table

OF_HOUSEHOLDS = (*codebook.HOUSEHOLD_COLUMNS, *codebook.lever_columns(2))
OF_COMMUNES = (*codebook.COMMUNE_COLUMNS, *codebook.commune_lever_columns(2))
WRITERS = {"population", "dynamics", "review", "delivery"}


@pytest.mark.parametrize("column", (*OF_HOUSEHOLDS, *OF_COMMUNES), ids=lambda column: column.name)
def test_a_column_says_what_it_is(column):
    assert column.vi and column.en and column.unit
    assert column.vi != column.en
    named = column.writer.split(", ")
    assert len(set(named)) == len(named) and set(named) <= WRITERS
    assert column.name.islower() and column.name.isidentifier()
    assert not hasattr(Table, column.name), "a table's own word"


@pytest.mark.parametrize("columns", [OF_HOUSEHOLDS, OF_COMMUNES])
def test_names_are_used_once(columns):
    names = [column.name for column in columns]
    assert len(set(names)) == len(names)


def test_lever_columns_are_those_named():
    assert tuple(column.name for column in codebook.lever_columns(3)) == codebook.LEVER_COLUMNS
    assert {column.slots for column in codebook.lever_columns(3)} == {3}


@pytest.mark.parametrize(("words", "column"), [(codebook.Shock, "shocks"), (codebook.Coping, "coping")])
def test_bits_are_apart_and_fit_their_column(words, column):
    assert all(value & (value - 1) == 0 for value in words)
    table = Table.zeros(codebook.HOUSEHOLD_COLUMNS, 1)
    assert sum(words) < 2 ** (8 * table[column].dtype.itemsize)


def test_purposes_of_draws_are_apart():
    assert len({int(purpose) for purpose in Purpose}) == len(Purpose.__members__)
