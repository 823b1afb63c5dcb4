"""The free numbers of a fit: their priors, and the particles drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from sim.kit import draws, maths
from sim.law.open import read_yaml
from sim.law.priors import Prior

HERE = Path(__file__).parent
LEAST = 1e-9  # a share of a prior's mass that no adjustment goes beyond


@dataclass(frozen=True)
class Reading:
    """One reading of the record: priors of the numbers kept (``free``) and not kept (``beside``), and numbers that are ``fixed``."""

    key: str
    vi: str
    en: str
    free: Mapping[str, Prior]
    beside: Mapping[str, Prior]
    fixed: Mapping[str, float]

    @property
    def drawn(self) -> tuple[str, ...]:
        """Names of all that is drawn, the free ones first."""
        return (*self.free, *self.beside)

    @property
    def kept(self) -> tuple[str, ...]:
        """Names of a posterior's numbers."""
        return (*self.free, *self.fixed)

    def scores(self, seed: int, particles: int) -> np.ndarray:
        """Normal scores of the particles under the prior, shape (particles, drawn); each depends on seed, particle and name alone."""
        rows = np.arange(particles)
        return np.stack([maths.normal_quantile(_uniform(seed, name, rows)) for name in self.drawn], axis=1)

    def values(self, scores: np.ndarray) -> dict[str, np.ndarray]:
        """The numbers with these normal scores (particles, drawn), and the fixed ones."""
        share = np.clip(maths.normal_cdf(scores), LEAST, 1.0 - LEAST)
        priors = {**self.free, **self.beside}
        found = {name: np.asarray(priors[name].quantile(share[:, at])) for at, name in enumerate(self.drawn)}
        return found | {name: np.full(len(scores), value) for name, value in self.fixed.items()}


@dataclass(frozen=True, eq=False)
class Table:
    """Numbers given replication by replication: what ``Posterior`` is for a scenario, without chance."""

    columns: Mapping[str, np.ndarray]

    @property
    def names(self) -> tuple[str, ...]:
        """The numbers given."""
        return tuple(self.columns)

    def draw(self, seed: int, replications: np.ndarray) -> dict[str, np.ndarray]:
        """The rows of these replications."""
        return {name: values[replications] for name, values in self.columns.items()}

    def median(self, name: str) -> float:
        """The middle of a column."""
        return float(np.median(self.columns[name]))


@cache
def readings() -> Mapping[str, Reading]:
    """The readings of ``free.yaml`` by name."""
    data: Mapping[str, Any] = read_yaml(HERE / "free.yaml")
    found = {}
    for key, entry in data["readings"].items():
        fixed = {str(name): float(value) for name, value in (entry.get("fixed") or {}).items()}
        merged = {name: (entry.get("free") or {}).get(name, one) for name, one in data["free"].items() if name not in fixed}
        found[key] = Reading(key, str(entry["vi"]), str(entry["en"]), _priors(merged), _priors(data["beside"]), fixed)
    return found


def noise(seed: int, name: str, particles: np.ndarray, width: int = 1) -> np.ndarray:
    """Normal numbers of an occasion by particle, shape (particles, width)."""
    columns = [maths.normal_quantile(_uniform(seed, name, particles, at)) for at in range(width)]
    return np.stack(columns, axis=1)


def _uniform(seed: int, name: str, rows: np.ndarray, moment: int = 0) -> np.ndarray:
    return draws.uniform(seed, crc32(f"fit {name}".encode()), draws.PARAMETER_BRANCH, rows, moment, 0)


def _priors(entries: Mapping[str, Any]) -> dict[str, Prior]:
    return {str(name): Prior.read(entry["prior"]) for name, entry in entries.items()}
