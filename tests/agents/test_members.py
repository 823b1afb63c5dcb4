"""A member word holds every field apart from the others, in a number and in an array."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents import members as m

VALUES = st.fixed_dictionaries({field.name: st.integers(0, field.mask) for field in m.FIELDS})


@given(VALUES)
def test_what_is_packed_is_read_back(values):
    assert m.name_fields(m.pack(**values)) == values


@given(VALUES, st.sampled_from(m.FIELDS), st.integers(0, 127))
def test_putting_a_field_changes_no_other(values, field, number):
    word = m.put(m.pack(**values), field.name, number & field.mask)
    assert m.name_fields(word) == {**values, field.name: number & field.mask}


@given(st.lists(VALUES, min_size=1, max_size=20), st.sampled_from(m.FIELDS))
def test_arrays_behave_like_numbers(people, field):
    words = np.array([m.pack(**values) for values in people], dtype=np.int32)
    assert m.get(words, field.name).tolist() == [values[field.name] for values in people]
    emptied = m.put(words, field.name, np.int32(0))
    assert emptied.dtype == np.int32
    assert emptied.tolist() == [m.pack(**{**values, field.name: 0}) for values in people]


def test_fields_do_not_overlap_and_leave_the_sign_alone():
    used = 0
    for field in m.FIELDS:
        bits = field.mask << field.shift
        assert used & bits == 0, field.name
        used |= bits
    assert used < 2**31


@pytest.mark.parametrize("field", m.FIELDS, ids=lambda field: field.name)
def test_the_kernels_constants_are_the_fields_shifts(field):
    assert getattr(m, field.name.upper()) == field.shift
    assert m.WIDTH_OF[field.shift] == field.width
    assert field.vi and field.en and field.vi != field.en


@pytest.mark.parametrize(("words", "field"), [(m.Work, "work"), (m.Disability, "disability")])
def test_codes_fit_their_field(words, field):
    assert max(words) <= m.BY_NAME[field].mask
