"""Maths of the Mesa model: the standard library's, under the names of ``sim.kit.maths``."""

from math import exp, log, sqrt

from sim.kit.maths import f4_uniform

__all__ = ["exp", "f4_exp", "f4_log", "f4_power", "f4_uniform", "log", "power", "sqrt"]

f4_exp, f4_log = exp, log


def power(x: float, a: float) -> float:
    """x to the a."""
    return x**a


f4_power = power
