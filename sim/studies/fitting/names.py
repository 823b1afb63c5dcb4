"""What the numbers of a fit are called, in both languages."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sim.law.open import read_yaml
from sim.start import own_parameters
from sim.studies.fitting.free import HERE

MOST_DECIMALS = 5


def names() -> Mapping[str, Mapping[str, str]]:
    """``vi``, ``en`` and ``unit`` of everything that is drawn."""
    own = {name: {"vi": one.vi, "en": one.en, "unit": one.unit} for name, one in own_parameters().items()}
    beside = read_yaml(HERE / "free.yaml")["beside"]
    return own | {name: {key: str(entry[key]) for key in ("vi", "en", "unit")} for name, entry in beside.items()}


def digits(width: float) -> int:
    """Decimals that show a tenth of a width."""
    return min(max(1 - math.floor(math.log10(width)), 0), MOST_DECIMALS) if width > 0 else 2
