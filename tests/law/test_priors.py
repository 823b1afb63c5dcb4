"""Priors: quantiles against an independent library, truncation, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.law.priors import Prior

U = np.linspace(0.001, 0.999, 999)
OTHER = {
    "normal": stats.norm,
    "lognormal": lambda mu, sigma: stats.lognorm(sigma, scale=np.exp(mu)),
    "beta": stats.beta,
    "uniform": lambda a, b: stats.uniform(a, b - a),
}
EXAMPLES = [
    ("normal", (0.05, 0.05)),
    ("lognormal", (-1.43, 0.2)),
    ("beta", (34, 6)),
    ("beta", (1.6, 2.4)),
    ("beta", (7, 3)),
    ("uniform", (0.95, 0.99)),
]


@pytest.mark.parametrize(("kind", "numbers"), EXAMPLES)
def test_quantiles(kind, numbers):
    assert Prior(kind, numbers).quantile(U) == pytest.approx(OTHER[kind](*numbers).ppf(U), abs=1e-5)


@pytest.mark.parametrize(("kind", "numbers"), EXAMPLES)
def test_truncation_spreads_what_is_cut_off(kind, numbers):
    other = OTHER[kind](*numbers)
    low, high = (float(other.ppf(share)) for share in (0.3, 0.8))
    cut = Prior(kind, numbers, (low, high)).quantile(U)
    assert cut == pytest.approx(other.ppf(0.3 + 0.5 * U), abs=1e-5)
    assert cut.min() >= low and cut.max() <= high


def test_fixed_is_fixed():
    assert (Prior.read(3).quantile(U) == 3).all()
    assert Prior.read({"fixed": 3}) == Prior.read(3)


@given(kind=st.sampled_from(sorted(OTHER)), first=st.floats(0.1, 5), width=st.floats(0.1, 5))
def test_quantiles_rise(kind, first, width):
    numbers = (first, first + width) if kind == "uniform" else (first, width)
    assert (np.diff(Prior(kind, numbers).quantile(U)) >= 0).all()


@pytest.mark.parametrize(
    "data",
    [
        {"beta": [1]},
        {"beta": [0, 1]},
        {"normal": [0, -1]},
        {"gamma": [1, 2]},
        {},
        "many",
        True,
        {"beta": [1, 2], "normal": [0, 1]},
        {"uniform": [2, 1]},
        {"normal": [0, float("nan")]},
        {"normal": [0, 1], "truncate": [1, 1]},
        {"fixed": float("inf")},
        {"beta": ["a", 2]},
    ],
)
def test_odd_priors_are_refused(data):
    with pytest.raises(ValueError):
        Prior.read(data)


def test_nothing_left_between_the_ends():
    with pytest.raises(ValueError, match="nothing between"):
        Prior("uniform", (0, 1), (2, 3)).quantile(0.5)


def test_known_medians():
    assert Prior("lognormal", (0.0, 1.0)).median == pytest.approx(1)
    assert Prior("beta", (2, 2)).median == pytest.approx(0.5)
    assert str(Prior("beta", (2, 2), (0.1, 0.9))) == "beta(2, 2) in [0.1, 0.9]"


def test_the_bits_are_the_same_everywhere():
    bits = {"beta": ("0x1.051412baeee36p-1", "0x1.6d7262f54e5b6p-1"), "lognormal": ("0x1.3d210703bac4dp-3", "0x1.99c7874befb63p-3")}
    numbers = {"beta": (7, 3), "lognormal": (-1.609, 0.2)}
    for kind, expected in bits.items():
        assert tuple(float(value).hex() for value in Prior(kind, numbers[kind]).quantile([0.1, 0.5])) == expected
