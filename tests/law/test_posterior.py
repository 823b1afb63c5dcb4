"""A posterior: its file, and draws that depend on seed and replication alone."""

import numpy as np
import pytest

from sim.law.parameters import draw, read_parameters
from sim.law.posterior import Posterior, read_posterior

ABOUT = {"vi": "a", "en": "a", "unit": "1", "assumption": "a test"}
PARAMETERS = read_parameters({name: {**ABOUT, "prior": {"uniform": [0, 1]}} for name in ("one", "two", "three")})
VALUES, WEIGHTS = np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]), np.array([0.2, 0.5, 0.3])
JOINT = Posterior("test", ("one", "two"), VALUES, WEIGHTS, "v", "e", "drift", {"seed": 1})


def test_a_file_gives_the_same_posterior_back(tmp_path):
    (tmp_path / "test.yaml").write_text(JOINT.text(), encoding="utf-8")
    again = read_posterior(tmp_path / "test.yaml")
    assert again.names == JOINT.names and again.digest == JOINT.digest and again.made == {"seed": 1} and again.reading == "drift"
    assert np.array_equal(again.values, JOINT.values)


def test_numbers_are_drawn_together_as_often_as_their_weights_say():
    drawn = draw(PARAMETERS, 7, 40_000, joint=JOINT)
    assert np.array_equal(drawn["two"], 10 * drawn["one"])
    shares = np.bincount(drawn["one"].astype(int), minlength=4)[1:] / 40_000
    assert shares == pytest.approx(JOINT.weights, abs=0.01)


def test_a_replication_does_not_depend_on_the_others():
    whole, part = draw(PARAMETERS, 7, 100, joint=JOINT), draw(PARAMETERS, 7, np.array([90, 3]), joint=JOINT)
    assert np.array_equal(whole[[90, 3]], part)


def test_what_a_posterior_does_not_hold_is_drawn_as_without_it():
    assert np.array_equal(draw(PARAMETERS, 7, 50, joint=JOINT)["three"], draw(PARAMETERS, 7, 50)["three"])


def test_a_replaced_number_is_not_drawn_from_the_posterior():
    drawn, free = draw(PARAMETERS, 7, 50, {"one": 0.25}, JOINT), draw(PARAMETERS, 7, 50, joint=JOINT)
    assert (drawn["one"] == 0.25).all() and np.array_equal(drawn["two"], free["two"])


def test_quantiles_go_by_weight():
    assert JOINT.median("one") == 2.0 and JOINT.quantiles("two", (0.1, 0.9)) == [10.0, 30.0]


@pytest.mark.parametrize(
    "text",
    [
        "parameters: [a]\n",
        "parameters: [a, a]\nparticles: '1 2 3'\n",
        "parameters: [a]\nparticles: '1 x'\n",
        "parameters: [a]\nparticles: '1 2 3'\n",
        "parameters: [a]\nparticles: '0 2'\n",
        "parameters: [a]\nparticles: '1 nan'\n",
        "parameters: [a]\nparticles: '-1 2'\n",
        "parameters: [a]\nparticles: '1 2'\nmore: 3\n",
        "[1, 2]\n",
    ],
)
def test_a_file_that_is_none_is_told(tmp_path, text):
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):
        read_posterior(tmp_path / "bad.yaml")
