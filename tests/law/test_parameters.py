"""Parameters: read with their sources, drawn by key."""

from __future__ import annotations

import numpy as np
import pytest

from sim.law.parameters import ByRow, draw, gather, load, read_parameters, replaced

WORDS = {"vi": "a", "en": "b", "unit": "share", "assumption": "for the test"}
MAPPING = {"one": {**WORDS, "prior": {"beta": [2, 3]}}, "two": {**WORDS, "prior": {"normal": [1, 0.1]}, "strength": "weak"}}


def test_a_value_hangs_on_seed_replication_and_name_alone():
    both, alone = draw(read_parameters(MAPPING), 5, 200), draw(read_parameters({"two": MAPPING["two"]}), 5, 50)
    assert np.array_equal(both["two"][:50], alone["two"])
    assert np.array_equal(both[[7, 3]], draw(read_parameters(MAPPING), 5, np.array([7, 3])))
    assert not np.array_equal(both["two"], draw(read_parameters(MAPPING), 6, 200)["two"])
    assert both["one"].dtype == np.float32


def test_draws_follow_the_prior():
    drawn = draw(read_parameters(MAPPING), 5, 20_000)
    assert drawn["one"].mean() == pytest.approx(0.4, abs=0.01)
    assert drawn["two"].std() == pytest.approx(0.1, abs=0.003)
    assert np.corrcoef(drawn["one"], drawn["two"])[0, 1] == pytest.approx(0, abs=0.03)


def test_overrides():
    parameters = read_parameters(MAPPING)
    drawn = draw(parameters, 5, 10, {"one": 0.25, "two": {"uniform": [3, 4]}})
    assert (drawn["one"] == 0.25).all() and (drawn["two"] > 3).all()
    assert replaced(parameters, {"one": 0.25, "two": {"normal": [1, 0.1]}}) == ["one"]
    with pytest.raises(ValueError, match="no parameter"):
        draw(parameters, 5, 10, {"three": 1})


def test_names_are_unique():
    with pytest.raises(ValueError, match="stands in"):
        gather([read_parameters(MAPPING, "a.yaml"), read_parameters(MAPPING, "b.yaml")])


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {**WORDS},
        {**WORDS, "prior": 1, "colour": "red"},
        {"vi": "a", "en": "b", "unit": "c", "prior": 1},
        {**WORDS, "prior": 1, "strength": "huge"},
        {**WORDS, "prior": {"beta": [1]}},
        "text",
    ],
)
def test_odd_entries_are_refused(entry):
    with pytest.raises(ValueError, match=r"here\.yaml"):
        read_parameters({"one": entry}, "here.yaml")


def test_a_file_without_parameters(tmp_path):
    path = tmp_path / "none.yaml"
    path.write_text("key: value\n", encoding="utf-8")
    assert load(path) == {}


def test_rows_get_the_values_of_their_replication():
    values = draw(read_parameters(MAPPING), 5, 3)
    rows = ByRow(values, np.array([2, 0, 0, 1]))
    assert np.array_equal(rows["one"], values["one"][[2, 0, 0, 1]])
    assert np.array_equal(rows.rows(slice(2, None))["two"], values["two"][[0, 1]])
