"""Exponential, logarithm, power and normal quantile from + - * / sqrt alone: the same bits on every processor.

Library versions of these functions differ in the last bit between processors, which would let one household's
history differ between two machines. The ``f4_*`` functions are float32 scalars for the kernel; the others take
float64 scalars or arrays.

Sources: Cephes (S. Moshier) for the float32 polynomials; Wichura (1988), algorithm AS 241, for the normal
quantile; Hart (1968) as given by West (2005) for the normal distribution function.
"""

from __future__ import annotations

import numpy as np

from sim.kit.compiling import rule

f4 = np.float32
i4 = np.int32

# 2^n for n from -127 to 128 (the ends as 0 and infinity): a table is exact and needs no bit tricks.
POWERS_OF_TWO = np.array([0.0] + [2.0**n for n in range(-126, 128)] + [np.inf], dtype=np.float32)


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
    # The mask keeps a not-a-number, which has no whole part, from reading outside the table: it stays one.
    return (series * (r * r) + r + f4(1.0)) * POWERS_OF_TWO[(n + 127) & 255]


@rule
def f4_log(x):
    """Natural logarithm in float32, relative error below 2e-7; x is held above the smallest normal number."""
    x = max(x, f4(1.17549435e-38))
    word = f4(x).view(np.int32)
    exponent = (word >> 23) - 126
    mantissa = i4((word & 0x007FFFFF) | 0x3F000000).view(np.float32)
    low = mantissa < f4(0.707106781)
    exponent = exponent - 1 if low else exponent
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


LOG2_HIGH = 6.93145751953125e-1
LOG2_LOW = 1.42860682030941723212e-6


def exp(x):
    """e to the x, float64, relative error below 1e-15."""
    x = np.clip(np.asarray(x, dtype=np.float64), -708.0, 709.0)
    n = np.floor(1.4426950408889634 * x + 0.5)
    r = (x - n * LOG2_HIGH) - n * LOG2_LOW
    square = r * r
    p = r * ((1.26177193074810590878e-4 * square + 3.02994407707441961300e-2) * square + 9.99999999999999999910e-1)
    q = ((3.00198505138664455042e-6 * square + 2.52448340349684104192e-3) * square + 2.27265548208155028766e-1) * square + 2.0
    return np.ldexp(1.0 + 2.0 * (p / (q - p)), n.astype(np.int64))


def log(x):
    """Natural logarithm, float64, relative error below 1e-15; -inf at 0 and nan below."""
    x = np.asarray(x, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mantissa, exponent = np.frexp(x)
        low = mantissa < 0.7071067811865476
        mantissa = np.where(low, 2.0 * mantissa, mantissa)
        e = np.where(low, exponent - 1, exponent).astype(np.float64)
        s = (mantissa - 1.0) / (mantissa + 1.0)
        square = s * s
        series = np.zeros_like(s)
        for odd in range(23, 1, -2):
            series = (series + 1.0 / odd) * square
        result = (2.0 * s + 2.0 * s * series + e * LOG2_LOW) + e * LOG2_HIGH
        result = np.where(x == 0.0, -np.inf, result)
        result = np.where((x < 0.0) | np.isnan(x), np.nan, result)
        return np.where(np.isposinf(x), np.inf, result)[()]


def power(x, a):
    """x to the a for x >= 0, float64."""
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0.0, exp(np.asarray(a) * log(np.where(x > 0.0, x, 1.0))), 0.0)[()]


def sqrt(x):
    """Square root: correctly rounded everywhere, so NumPy's own."""
    return np.sqrt(x)


def _horner(coefficients: tuple[float, ...], x: np.ndarray) -> np.ndarray:
    """A polynomial by Horner's rule, highest power first."""
    total = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        total = total * x + coefficient
    return total


CENTRE_P = (2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
            1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0)
CENTRE_Q = (5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
            5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0)
MIDDLE_P = (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
            3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0)
MIDDLE_Q = (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
            6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0)
TAIL_P = (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
          2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0)
TAIL_Q = (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
          1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0)


def normal_quantile(p):
    """The standard normal quantile of p in (0, 1), relative error about 1e-16 (AS 241)."""
    p = np.asarray(p, dtype=np.float64)
    q = p - 0.5
    r_centre = 0.180625 - q * q
    centre = q * _horner(CENTRE_P, r_centre) / _horner(CENTRE_Q, r_centre)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = np.sqrt(-log(np.minimum(p, 1.0 - p)))
        middle = _horner(MIDDLE_P, r - 1.6) / _horner(MIDDLE_Q, r - 1.6)
        tail = _horner(TAIL_P, r - 5.0) / _horner(TAIL_Q, r - 5.0)
        outer = np.where(r <= 5.0, middle, tail) * np.where(q < 0.0, -1.0, 1.0)
    return np.where(np.abs(q) <= 0.425, centre, outer)[()]


CDF_P = (3.52624965998911e-02, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376)
CDF_Q = (8.83883476483184e-02, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
         793.826512519948, 440.413735824752)


def normal_cdf(x):
    """The standard normal distribution function, absolute error below 1e-15."""
    x = np.asarray(x, dtype=np.float64)
    size = np.minimum(np.abs(x), 37.0)
    density = exp(-0.5 * size * size)
    near = density * _horner(CDF_P, size) / _horner(CDF_Q, size)
    far = density / (size + 1.0 / (size + 2.0 / (size + 3.0 / (size + 4.0 / (size + 0.65))))) / 2.506628274631
    upper = np.where(size < 7.07106781186547, near, far)
    return np.where(x > 0.0, 1.0 - upper, upper)[()]


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
