"""Exponential, logarithm, power and normal quantile from + - * / sqrt alone: the same bits on every processor.

Library versions of these functions differ in the last bit between processors, which would let one household's
history differ between two machines. The ``f4_*`` functions here are float32 scalars for the kernel; the others, from
``double_maths``, take float64 numbers or arrays.

Sources: Cephes (S. Moshier) for the float32 polynomials; Wichura (1988), algorithm AS 241, for the normal quantile.
"""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import rule
from sim.kit.double_maths import exp, log, normal_cdf, normal_quantile, power, sqrt

__all__ = ["exp", "f4_exp", "f4_log", "f4_normal", "f4_power", "f4_uniform", "log", "normal_cdf", "normal_quantile", "power", "sqrt"]

f4 = np.float32
i4 = np.int32


@rule
def f4_exp(x):
    """e to the x in float32, relative error below 2e-7; x is held within [-87, 88], and not-a-number stays so."""
    x = min(max(x, f4(-87.0)), f4(88.0))
    n = i4(np.floor(x * f4(1.44269504) + f4(0.5)))
    whole = f4(n)
    r = x - whole * f4(0.693359375)
    r = r + whole * f4(2.12194440e-4)
    series = f4(1.9875691500e-4)
    series = series * r + f4(1.3981999507e-3)
    series = series * r + f4(8.3334519073e-3)
    series = series * r + f4(4.1665795894e-2)
    series = series * r + f4(1.6666665459e-1)
    series = series * r + f4(5.0000001201e-1)
    # 2^n for n from -127 (as 0) to 128 (infinity), made of its bits; the mask keeps a not-a-number, which has no whole part, one.
    return (series * (r * r) + r + f4(1.0)) * i4(((n + 127) & 255) << 23).view(np.float32)


@rule
def f4_log(x):
    """Natural logarithm in float32, relative error below 2e-7; x is held above the smallest normal number."""
    x = max(x, f4(1.17549435e-38))
    word = f4(x).view(np.int32)
    exponent = i4((word >> 23) - 126)
    mantissa = i4((word & 0x007FFFFF) | 0x3F000000).view(np.float32)
    low = mantissa < f4(0.707106781)
    exponent = i4(exponent - 1) if low else exponent
    r = (mantissa + mantissa if low else mantissa) - f4(1.0)
    square = r * r
    series = f4(7.0376836292e-2)
    series = series * r + f4(-1.1514610310e-1)
    series = series * r + f4(1.1676998740e-1)
    series = series * r + f4(-1.2420140846e-1)
    series = series * r + f4(1.4249322787e-1)
    series = series * r + f4(-1.6668057665e-1)
    series = series * r + f4(2.0000714765e-1)
    series = series * r + f4(-2.4999993993e-1)
    series = series * r + f4(3.3333331174e-1)
    e = f4(exponent)
    tail = series * r * square + e * f4(-2.12194440e-4)
    return (r + (tail - f4(0.5) * square)) + e * f4(0.693359375)


@rule
def f4_power(x, a):
    """x to the a in float32 for x >= 0; zero to any positive power is 0."""
    return f4_exp(a * f4_log(x)) if x > f4(0.0) else f4(0.0)


@rule
def f4_uniform(word):
    """A float32 in the open interval (0, 1) from the upper 24 bits of a 32-bit random word."""
    return (f4(word >> np.uint64(8)) + f4(0.5)) * f4(5.9604644775390625e-08)


@rule
def f4_normal(word):
    """A standard normal float32 from a 32-bit random word, by inversion (AS 241, PPND7)."""
    p = f4_uniform(word)
    q = p - f4(0.5)
    r = f4(0.180625) - q * q
    over = ((f4(59.109374720) * r + f4(159.29113202)) * r + f4(50.434271938)) * r + f4(3.3871327179)
    under = ((f4(67.187563600) * r + f4(78.757757664)) * r + f4(17.895169469)) * r + f4(1.0)
    centre = q * over / under
    t = f4(np.sqrt(-f4_log(min(p, f4(1.0) - p)))) - f4(1.6)
    over = ((f4(0.17023821103) * t + f4(1.3067284816)) * t + f4(2.7568153900)) * t + f4(1.4234372777)
    under = (f4(0.12021132975) * t + f4(0.73700164250)) * t + f4(1.0)
    tail = over / under if q >= f4(0.0) else -(over / under)
    return centre if abs(q) <= f4(0.425) else tail
