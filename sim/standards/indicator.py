"""What an indicator of deprivation is, and how one is found by its name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

import numpy as np

DIMENSIONS = {
    "work": ("Việc làm", "Work"),
    "health": ("Y tế", "Health"),
    "education": ("Giáo dục", "Education"),
    "housing": ("Nhà ở", "Housing"),
    "water": ("Nước sinh hoạt và vệ sinh", "Water and sanitation"),
    "information": ("Thông tin", "Information"),
    "living": ("Mức sống", "Living standards"),
}


@dataclass(frozen=True)
class Indicator:
    """One yes-or-no test of deprivation over household columns.

    The names of the test's arguments say what it reads: columns of households, or thresholds that the standard gives.
    """

    key: str
    dimension: str
    vi: str
    en: str
    test: Callable[..., np.ndarray] = field(repr=False)
    needs: tuple[str, ...] = ()
    meaning: str = ""

    def __call__(self, **arguments: object) -> np.ndarray:
        return self.test(**arguments)

    def name(self, lang: str) -> str:
        """What the indicator is called, ``vi`` or ``en``."""
        return self.vi if lang == "vi" else self.en


def indicator(dimension: str, vi: str, en: str) -> Callable[[Callable[..., np.ndarray]], Indicator]:
    """Make an :class:`Indicator` of a function that is true where a household is deprived."""
    if dimension not in DIMENSIONS:
        raise ValueError(f"no dimension is called {dimension!r}; there are {', '.join(DIMENSIONS)}")

    def make(test: Callable[..., np.ndarray]) -> Indicator:
        needs = tuple(inspect.signature(test).parameters)
        meaning = (inspect.getdoc(test) or "").partition("\n")[0]
        return Indicator(test.__name__, dimension, vi, en, test, needs, meaning)

    return make


@cache
def find_indicator(key: str) -> Indicator:
    """The indicator that stands in ``sim/standards/indicators/<key>.py``; LookupError if there is none."""
    try:
        module = import_module(f"sim.standards.indicators.{key}")
    except ModuleNotFoundError as fault:
        raise LookupError(f"no indicator is called {key!r}") from fault
    found = getattr(module, key, None)
    if not isinstance(found, Indicator):
        raise LookupError(f"sim/standards/indicators/{key}.py holds no indicator of that name")
    return found
