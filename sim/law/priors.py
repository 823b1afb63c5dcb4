"""A prior: what is believed about one uncertain number, as a distribution that can be inverted exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from sim.kit import maths

GRID = 4096  # cells of the grid on which a beta distribution is summed up
WORDS = {"fixed": 1, "normal": 2, "lognormal": 2, "beta": 2, "uniform": 2}


@dataclass(frozen=True)
class Prior:
    """A distribution: ``fixed: x``, ``normal: [m, sd]``, ``lognormal: [mu, sigma]``, ``beta: [a, b]``, ``uniform: [lo, hi]``.

    ``truncate`` cuts it to a closed interval (the mass outside is spread over the inside).
    """

    kind: str
    numbers: tuple[float, ...]
    truncate: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.kind not in WORDS:
            raise ValueError(f"no prior is called {self.kind!r}; there are {', '.join(WORDS)}")
        if len(self.numbers) != WORDS[self.kind]:
            raise ValueError(f"{self.kind} takes {WORDS[self.kind]} number(s), not {list(self.numbers)}")
        if not all(_is_finite(number) for number in (*self.numbers, *(self.truncate or ()))):
            raise ValueError(f"{self.kind} needs finite numbers, not {list(self.numbers)}")
        first, last = self.numbers[0], self.numbers[-1]
        if (self.kind in ("normal", "lognormal") and last <= 0) or (self.kind == "beta" and min(first, last) <= 0):
            raise ValueError(f"{self.kind} {list(self.numbers)}: a spread or shape must be above zero")
        if (self.kind == "uniform" and first >= last) or (self.truncate and self.truncate[0] >= self.truncate[1]):
            raise ValueError(f"{self.kind} {list(self.numbers)}: the lower end must be below the upper one")

    @classmethod
    def read(cls, data: object) -> Prior:
        """The prior written as in YAML: a plain number (fixed), or a mapping of one kind and perhaps ``truncate``."""
        if isinstance(data, Prior):
            return data
        if isinstance(data, (int, float)) and not isinstance(data, bool):
            return cls("fixed", (float(data),))
        if not isinstance(data, Mapping):
            raise ValueError(f"a prior is a number or a mapping such as {{beta: [6, 7]}}, not {data!r}")
        kinds = [key for key in data if key != "truncate"]
        if len(kinds) != 1:
            raise ValueError(f"a prior names exactly one of {', '.join(WORDS)}, not {kinds}")
        limits = data.get("truncate")
        truncate = None if limits is None else _pair(limits)
        return cls(str(kinds[0]), _numbers(data[kinds[0]]), truncate)

    def quantile(self, u: np.ndarray | float) -> np.ndarray:
        """The value below which the share ``u`` (in (0, 1)) of the distribution lies; float64, equal bits on every machine."""
        share = np.asarray(u, dtype=np.float64)
        if self.truncate is None or self.kind == "fixed":
            return INVERSE[self.kind](share, *self.numbers)
        low, high = (float(CUMULATIVE[self.kind](np.float64(limit), *self.numbers)) for limit in self.truncate)
        if not high > low:
            raise ValueError(f"{self.kind} {list(self.numbers)} has nothing between {self.truncate[0]} and {self.truncate[1]}")
        inside = np.minimum(np.maximum(low + share * (high - low), 1e-12), 1.0 - 1e-12)
        return np.minimum(np.maximum(INVERSE[self.kind](inside, *self.numbers), self.truncate[0]), self.truncate[1])

    @property
    def median(self) -> float:
        """The middle of the distribution."""
        return float(self.quantile(0.5))

    def __str__(self) -> str:
        inside = ", ".join(f"{number:g}" for number in self.numbers)
        cut = f" in [{self.truncate[0]:g}, {self.truncate[1]:g}]" if self.truncate else ""
        return f"{self.kind}({inside}){cut}" if self.kind != "fixed" else inside


def _is_finite(number: float) -> bool:
    return number - number == 0.0


def _numbers(data: object) -> tuple[float, ...]:
    """One number or a list of numbers as floats."""
    listed = data if isinstance(data, (list, tuple)) else [data]
    numbers = [float(number) for number in listed if isinstance(number, (int, float)) and not isinstance(number, bool)]
    if len(numbers) != len(listed):
        raise ValueError(f"a prior is made of numbers, not {data!r}")
    return tuple(numbers)


def _pair(data: object) -> tuple[float, float]:
    numbers = _numbers(data)
    if len(numbers) != 2:
        raise ValueError(f"truncate takes a lower and an upper end, not {data!r}")
    return numbers[0], numbers[1]


@cache
def _beta_table(a: float, b: float) -> tuple[np.ndarray, np.ndarray]:
    """Edges of the grid's cells and the distribution function there: ((GRID + 1,), (GRID + 1,)) float64."""
    middle = (np.arange(GRID, dtype=np.float64) + 0.5) / GRID
    log_density = (a - 1.0) * maths.log(middle) + (b - 1.0) * maths.log(1.0 - middle)
    density = maths.exp(np.maximum(log_density - log_density.max(), -700.0))
    below = np.concatenate([np.zeros(1), np.cumsum(density)])
    below /= below[-1]
    edges = np.arange(GRID + 1, dtype=np.float64) / GRID
    for array in (edges, below):
        array.flags.writeable = False
    return edges, below


def _beta_inverse(u: np.ndarray, a: float, b: float) -> np.ndarray:
    edges, below = _beta_table(a, b)
    return np.interp(u, below, edges)


def _beta_cumulative(x: np.ndarray, a: float, b: float) -> np.ndarray:
    edges, below = _beta_table(a, b)
    return np.interp(x, edges, below)


def _lognormal_cumulative(x: np.ndarray, mu: float, sigma: float) -> np.ndarray:
    return maths.normal_cdf((maths.log(np.maximum(x, 1e-300)) - mu) / sigma)


INVERSE: dict[str, Callable[..., np.ndarray]] = {
    "fixed": lambda u, x: np.full(u.shape, x),
    "normal": lambda u, m, sd: m + sd * maths.normal_quantile(u),
    "lognormal": lambda u, mu, sigma: maths.exp(mu + sigma * maths.normal_quantile(u)),
    "beta": _beta_inverse,
    "uniform": lambda u, low, high: low + u * (high - low),
}
CUMULATIVE: dict[str, Callable[..., np.ndarray]] = {
    "normal": lambda x, m, sd: maths.normal_cdf((x - m) / sd),
    "lognormal": _lognormal_cumulative,
    "beta": _beta_cumulative,
    "uniform": lambda x, low, high: np.minimum(np.maximum((x - low) / (high - low), 0.0), 1.0),
}
