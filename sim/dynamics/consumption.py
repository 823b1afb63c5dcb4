"""Consumption: a floor for each adult equivalent, and a part of expected income above it."""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import rule

f4 = np.float32


@rule
def adult_equivalents(people, children, p):
    """Adult equivalents: a child counts as a part of an adult."""
    return f4(people) - (f4(1.0) - p.child_equivalent) * f4(children)


@rule
def desired_consumption(expected_income, equivalents, price_level, p):
    """What the household means to consume in a quarter out of the income it expects, thousand dong."""
    floor = f4(3.0) * p.consumption_floor * price_level * equivalents
    below = min(expected_income, floor)
    above = max(expected_income - floor, f4(0.0))
    return (f4(1.0) - p.saving_rate_of_the_poor) * below + p.marginal_consumption * above
