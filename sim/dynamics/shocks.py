"""What hits a household: illness by age and chronic state, storms, and what an insurance card changes."""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import rule
from sim.kit.maths import f4_exp

f4 = np.float32


@rule
def illness_chance(age, chronic, p):
    """Chance of a large health expense this quarter: three times as high for the chronically ill and the old."""
    often = min(p.large_illness * p.illness_ratio_chronic, f4(1.0))
    return often if (chronic == 1) | (age >= 60) else p.large_illness


@rule
def illness_cost(noise, insured, price_level, p):
    """What a large illness costs the household, thousand dong: a card takes a part of the cost, not the illness."""
    cost = p.illness_cost_median * price_level * f4_exp(p.illness_cost_sd * noise)
    own_part = cost * (f4(1.0) - p.insurance_relief)
    return own_part if insured == 1 else cost


@rule
def own_storm_loss(common_loss, exposed):
    """Share of own production that a common shock takes from this household; none where it was spared."""
    return min(common_loss, f4(0.95)) if exposed else f4(0.0)
