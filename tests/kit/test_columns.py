"""Tables of columns."""

import numpy as np
import pytest

from sim.kit.columns import Column, Table

COLUMNS = (Column("a", np.int32, "n", "a", "a", "test"), Column("b", np.float32, "n", "b", "b", "test", slots=3))


def test_zeros_take_and_weave():
    table = Table.zeros(COLUMNS, 4)
    table.a[...] = [3, 1, 2, 0]
    table.b[1] = [1, 2, 3, 4]
    taken = table.take(np.array([2, 0]))
    assert list(taken.a) == [2, 3] and list(taken.b[1]) == [3, 1]
    woven = table.weave(np.array([0, 2, 3]), taken, np.array([1, 3]))
    assert list(woven.a) == [3, 2, 2, 0, 3] and list(woven.b[1]) == [1, 3, 3, 4, 1]
    assert woven.nbytes == 5 * 4 * 4


def test_a_column_is_written_in_place_only():
    table = Table.zeros(COLUMNS, 2)
    with pytest.raises(AttributeError, match="in place"):
        table.a = np.ones(2)
    with pytest.raises(AttributeError, match="no column"):
        _ = table.c


def test_columns_must_match_in_name_and_length():
    with pytest.raises(ValueError, match="differ"):
        Table(COLUMNS, {"a": np.zeros(2)})
    with pytest.raises(ValueError, match="length"):
        Table(COLUMNS, {"a": np.zeros(2), "b": np.zeros((3, 3))})


def test_a_copy_is_independent():
    table = Table.zeros(COLUMNS, 2)
    other = table.copy()
    other.a[0] = 9
    assert table.a[0] == 0
