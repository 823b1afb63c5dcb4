"""How far money goes: each further dong a household brings less, by an exponential that nears the whole."""

from __future__ import annotations

import numpy as np

from sim.kit import maths
from sim.policies.commune_lever import CommuneApplicants
from sim.policies.lever import in_prices_of

PRICES_OF = 2024  # the year of the scales in the levers' YAML


def share_reached(c: CommuneApplicants, value: np.ndarray, scale: str) -> np.ndarray:
    """The share, 0 to 1, of all that can be reached which ``value`` (thousand dong a commune) brings: float64.

    ``scale`` names the parameter, thousand dong of 2024 a household, at which the share is 1 - 1/e.
    """
    full = np.maximum(c.households, 1) * c.parameter(scale) * in_prices_of(c.moment.now, PRICES_OF)
    return 1.0 - maths.exp(-np.asarray(value, dtype=np.float64) / full)
