"""Dwelling and services: what a household comes by, by its own means or with the times, and what wears out."""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import rule
from sim.kit.maths import f4_exp

f4 = np.float32


@rule
def gain_chance(propensity, ease, p):
    """Chance that a household without a service comes by it this quarter: with the times, later for the deeply deprived.

    ``ease`` tells how readily this service spreads; the drift is that of the whole deprivation index.
    """
    chance = f4(0.25) * p.deprivation_drift * ease * f4_exp(-p.propensity_weight * propensity)
    return min(chance, f4(0.5))


@rule
def next_service(has, u, gain, loss):
    """A service had or not, a quarter on."""
    kept = 0 if u > f4(1.0) - loss else 1
    come = 1 if u < gain else 0
    return kept if has == 1 else come


@rule
def thin_chance(food, fed, p):
    """Chance that a small child becomes undernourished: by lasting income over basic needs, lower in a nutrition programme."""
    chance = p.become_undernourished / max(food, f4(0.5))
    cut = chance * (f4(1.0) - p.nutrition_onset_cut)
    return cut if fed else chance


@rule
def can_build(savings, price_level, p):
    """Whether savings pay for one solid part of the dwelling, with a reserve kept back."""
    return f4(savings) > p.savings_to_build * p.solid_part_cost * price_level
