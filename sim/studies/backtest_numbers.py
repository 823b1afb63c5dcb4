"""The numbers of ``backtest.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim.law.open import read_yaml


@cache
def numbers() -> Mapping[str, Mapping[str, Any]]:
    """Each with value, unit, words and its source or assumption."""
    return read_yaml(Path(__file__).with_name("backtest.yaml"))


def number(name: str) -> float:
    """Its value."""
    return float(numbers()[name]["value"])
