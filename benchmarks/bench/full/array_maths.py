"""Maths of the whole-array quarter: NumPy's own functions in single precision, and its generator."""

from __future__ import annotations

from typing import Any

import numpy as np

RNG = np.random.default_rng(1)
INTEGER, REAL = np.int32, np.float32


def small(value: Any) -> Any:
    """A Python number as a single-precision or 32-bit one, so that columns stay small."""
    if isinstance(value, bool):
        return np.bool_(value)
    if isinstance(value, int):
        return INTEGER(value)
    return REAL(value) if isinstance(value, float) else value


def where(condition: Any, one: Any, other: Any) -> Any:
    """The one where the condition holds, else the other."""
    return np.where(condition, small(one), small(other))


def cast(value: Any, kind: Any) -> Any:
    """A column or number in another type."""
    return value.astype(kind, copy=False) if isinstance(value, np.ndarray) else kind(value)


def f4(value: Any) -> Any:
    """Single precision."""
    return cast(value, REAL)


def f8(value: Any) -> Any:
    """Double precision."""
    return cast(value, np.float64)


def i4(value: Any) -> Any:
    """Whole numbers of 32 bits."""
    return cast(value, INTEGER)


def u8(value: Any) -> Any:
    """Random words: 32 bits are enough without the engine's products of 64."""
    return cast(value, np.uint32)


minimum, maximum, f4_exp, f4_log = np.minimum, np.maximum, np.exp, np.log


def f4_power(x: Any, a: Any) -> Any:
    """x to the a."""
    return x**a


def f4_uniform(words: Any) -> Any:
    """Numbers in (0, 1) from random words."""
    return (words >> np.uint32(8)).astype(REAL) * REAL(5.9604644775390625e-08)


def f4_normal(words: Any) -> Any:
    """As many fresh standard normal numbers."""
    return RNG.standard_normal(len(words), dtype=REAL)
