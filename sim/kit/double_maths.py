"""Float64 maths from + - * / sqrt alone: the rules for one number, and the same over whole arrays.

``exp``, ``log``, ``power``, ``normal_quantile`` and ``normal_cdf`` take a number or an array and return the same shape. The loops
are compiled, which spares the dozen passes over memory that NumPy would make; the rules are plain Python and give equal bits.

Sources: Cephes (S. Moshier) for the exponential; Wichura (1988), algorithm AS 241, for the normal quantile; Hart (1968) as given
by West (2005) for the normal distribution function.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.kit.compiling import entry, rule

f8 = np.float64
i8 = np.int64

LOG2_HIGH = 6.93145751953125e-1
LOG2_LOW = 1.42860682030941723212e-6
SMALLEST = 2.0**-1022  # of the normal numbers
LOG_SERIES = tuple(1.0 / odd for odd in range(23, 1, -2))

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
CDF_P = (3.52624965998911e-02, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376)
CDF_Q = (8.83883476483184e-02, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
         793.826512519948, 440.413735824752)


@rule
def horner(coefficients, x):
    """A polynomial by Horner's rule, highest power first."""
    total = coefficients[0]
    for k in range(1, len(coefficients)):
        total = total * x + coefficients[k]
    return total


@rule
def f8_exp(x):
    """e to the x, relative error below 1e-15; x is held within [-708, 709]."""
    x = x if np.isnan(x) else min(max(x, -708.0), 709.0)
    n = np.floor(1.4426950408889634 * x + 0.5)
    r = (x - n * LOG2_HIGH) - n * LOG2_LOW
    square = r * r
    p = r * ((1.26177193074810590878e-4 * square + 3.02994407707441961300e-2) * square + 9.99999999999999999910e-1)
    q = ((3.00198505138664455042e-6 * square + 2.52448340349684104192e-3) * square + 2.27265548208155028766e-1) * square + 2.0
    two_to_n = i8((i8(0.0 if np.isnan(x) else n) + 1023) << 52).view(np.float64)
    return (1.0 + 2.0 * (p / (q - p))) * two_to_n


@rule
def f8_log(x):
    """Natural logarithm, relative error below 1e-15; -inf at 0 and nan below."""
    small = (x < SMALLEST) & (x > 0.0)
    word = f8(x * 2.0**54 if small else x).view(np.int64)
    exponent = ((word >> 52) & 2047) - (1022 + 54 if small else 1022)
    mantissa = i8((word & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000).view(np.float64)
    low = mantissa < 0.7071067811865476
    mantissa = 2.0 * mantissa if low else mantissa
    e = f8(exponent - 1 if low else exponent)
    s = (mantissa - 1.0) / (mantissa + 1.0)
    square = s * s
    series = 0.0
    for k in range(len(LOG_SERIES)):
        series = (series + LOG_SERIES[k]) * square
    result = (2.0 * s + 2.0 * s * series + e * LOG2_LOW) + e * LOG2_HIGH
    finite = result if x > 0.0 else f8(-np.inf if x == 0.0 else np.nan)
    return finite if x < np.inf else x


@rule
def f8_power(x, a):
    """x to the a; 0 where x is not above zero."""
    return f8_exp(a * f8_log(x)) if x > 0.0 else 0.0


@rule
def f8_normal_quantile(p):
    """The standard normal quantile of p in (0, 1), relative error about 1e-16 (AS 241)."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * horner(CENTRE_P, r) / horner(CENTRE_Q, r)
    r = np.sqrt(-f8_log(min(p, 1.0 - p)))
    if r <= 5.0:
        outer = horner(MIDDLE_P, r - 1.6) / horner(MIDDLE_Q, r - 1.6)
    else:
        outer = horner(TAIL_P, r - 5.0) / horner(TAIL_Q, r - 5.0)
    return outer * (-1.0 if q < 0.0 else 1.0)


@rule
def f8_normal_cdf(x):
    """The standard normal distribution function, absolute error below 1e-15."""
    size = x if np.isnan(x) else min(abs(x), 37.0)
    density = f8_exp(-0.5 * size * size)
    if size < 7.07106781186547:
        upper = density * horner(CDF_P, size) / horner(CDF_Q, size)
    else:
        upper = density / (size + 1.0 / (size + 2.0 / (size + 3.0 / (size + 4.0 / (size + 0.65))))) / 2.506628274631
    return 1.0 - upper if x > 0.0 else upper


@entry
def fill_exp(x, out):
    """``f8_exp`` of every element."""
    for i in range(len(x)):
        out[i] = f8_exp(x[i])


@entry
def fill_log(x, out):
    """``f8_log`` of every element."""
    for i in range(len(x)):
        out[i] = f8_log(x[i])


@entry
def fill_power(x, a, out):
    """``f8_power`` of every pair of elements."""
    for i in range(len(x)):
        out[i] = f8_power(x[i], a[i])


@entry
def fill_normal_quantile(x, out):
    """``f8_normal_quantile`` of every element."""
    for i in range(len(x)):
        out[i] = f8_normal_quantile(x[i])


@entry
def fill_normal_cdf(x, out):
    """``f8_normal_cdf`` of every element."""
    for i in range(len(x)):
        out[i] = f8_normal_cdf(x[i])


def _each(fill: Callable, *given):
    """A loop run over arrays of one shape, or numbers: the same shape comes back."""
    arrays = [np.asarray(one, dtype=np.float64) for one in given]
    arrays = arrays if len(arrays) == 1 else list(np.broadcast_arrays(*arrays))
    out = np.empty(arrays[0].size)
    fill(*[np.ascontiguousarray(one).reshape(-1) for one in arrays], out)
    return out.reshape(arrays[0].shape)[()]


def exp(x):
    """e to the x of a number or an array."""
    return _each(fill_exp, x)


def log(x):
    """Natural logarithm of a number or an array."""
    return _each(fill_log, x)


def power(x, a):
    """x to the a of numbers or arrays, 0 where x is not above zero."""
    return _each(fill_power, x, a)


def normal_quantile(p):
    """The standard normal quantile of a number or an array in (0, 1)."""
    return _each(fill_normal_quantile, p)


def normal_cdf(x):
    """The standard normal distribution function of a number or an array."""
    return _each(fill_normal_cdf, x)


def sqrt(x):
    """Square root: correctly rounded everywhere, so NumPy's own."""
    return np.sqrt(x)
