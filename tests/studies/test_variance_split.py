"""The split of variance and the worth of knowing, where both are known in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.studies.information import of_everything, of_number, of_numbers
from sim.studies.variance_split import all_sides, split, split_of

SOURCES = ("parameters", "world", "delivery", "luck", "population")


def _draws(replications: int, seed: int, sources: int = 5) -> np.ndarray:
    """Two sides of each source: (sources, 2, replications)."""
    return np.random.default_rng(seed).normal(size=(sources, 2, replications))


def _linear(weights, replications: int, seed: int):
    x = _draws(replications, seed, len(weights))
    return lambda sides: sum(w * x[k, side] for k, (w, side) in enumerate(zip(weights, sides, strict=True)))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("weights", [(3.0, 2.0, 1.0, 1.0, 0.5), (0.0, 0.0, 0.0, 1.0, 0.0), (1.0, 1.0, 1.0, 1.0, 1.0)])
def test_shares_of_a_linear_model_are_those_of_its_variance(weights, seed: int) -> None:
    parts = split_of(_linear(weights, 1500, seed), SOURCES)
    truth = np.square(weights) / np.square(weights).sum()
    assert sum(part.share for part in parts) == pytest.approx(1.0, abs=1e-9)
    for part, share in zip(parts, truth, strict=True):
        assert part.share == pytest.approx(share, abs=0.05)
        assert part.low <= part.share + 1e-9 and part.share - 1e-9 <= part.high


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    weights, held = (2.0, 1.0, 1.0), 0
    truth = 4.0 / 6.0
    for seed in range(60):
        part = split_of(_linear(weights, 60, seed), ("a", "b", "c"))[0]
        held += part.low <= truth <= part.high
    assert held >= 45  # 54 expected of 60 at 90 %


def test_an_interaction_is_shared_evenly() -> None:
    """The product of two sources: neither explains anything alone, each half of it all."""
    x = _draws(4000, 1, 3)
    parts = split_of(lambda sides: x[0, sides[0]] * x[1, sides[1]], ("a", "b", "c"))
    assert [part.share for part in parts] == pytest.approx([0.5, 0.5, 0.0], abs=0.05)
    assert [part.alone for part in parts] == pytest.approx([0.0, 0.0, 0.0], abs=0.05)
    assert [part.with_all for part in parts] == pytest.approx([1.0, 1.0, 0.0], abs=0.05)


def test_a_source_without_any_part_gets_nothing_at_all() -> None:
    parts = split_of(_linear((1.0, 0.0, 2.0), 30, 3), ("a", "b", "c"))
    assert parts[1].share == parts[1].low == parts[1].high == 0.0


def test_what_never_varies_has_no_shares() -> None:
    runs = {sides: np.ones(10) for sides in all_sides(2)}
    assert all(math.isnan(part.share) for part in split(("a", "b"), runs))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 100.0), st.floats(-1e3, 1e3))
def test_scale_and_level_do_not_matter(seed: int, scale: float, level: float) -> None:
    model = _linear((1.0, 2.0), 20, seed)
    plain = split_of(model, ("a", "b"))
    moved = split_of(lambda sides: level + scale * model(sides), ("a", "b"))
    assert [part.share for part in moved] == pytest.approx([part.share for part in plain], abs=1e-6)


def _normal_loss(mean: float, spread: float) -> float:
    """E max(0, X) - max(0, E X) of a normal X: what it is worth to know X before choosing between it and nothing."""
    z = abs(mean) / spread
    return spread * (math.exp(-0.5 * z * z) / math.sqrt(2 * math.pi) - z * 0.5 * math.erfc(z / math.sqrt(2)))


@pytest.mark.parametrize("mean", [0.0, 0.5, -1.0])
def test_the_worth_of_a_number_is_that_of_the_closed_form(mean: float) -> None:
    """Two mixes; the second gains mean + 2 x + noise. Knowing x is worth the unit normal loss of spread 2."""
    luck = np.random.default_rng(7)
    x, noise, idle = luck.normal(size=(3, 40_000))
    gains = np.column_stack([np.zeros_like(x), mean + 2.0 * x + 3.0 * noise])
    assert of_number(gains, x).value == pytest.approx(_normal_loss(mean, 2.0), abs=0.04)
    assert of_everything(gains).value == pytest.approx(_normal_loss(mean, math.sqrt(13.0)), abs=0.05)
    assert abs(of_number(gains, idle).value) < 0.03
    assert of_numbers(gains, np.column_stack([x, noise])).value == pytest.approx(_normal_loss(mean, math.sqrt(13.0)), abs=0.05)


def test_knowing_what_changes_no_choice_is_worth_nothing() -> None:
    luck = np.random.default_rng(8)
    x = luck.normal(size=500)
    gains = np.column_stack([x, x + 10.0])
    assert of_number(gains, x).value == 0.0 and not of_number(gains, x).is_seen


def test_luck_is_not_taken_for_knowledge() -> None:
    """A hundred idle numbers on a hundred runs: their worth is zero give or take, though in the sample each would fit."""
    luck = np.random.default_rng(9)
    gains, numbers = luck.normal(size=(100, 3)), luck.normal(size=(100, 100))
    worths = [of_number(gains, number).value for number in numbers.T]
    assert np.mean(worths) < 0.02
