"""A posterior: uncertain numbers fitted together, as weighted particles, in a file that says how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

import numpy as np
import yaml

from sim.kit import draws
from sim.law.open import read_yaml

SHIPPED = Path(__file__).parents[1] / "posterior"  # those that come with the program, by name
USUAL = "vietnam_drift"  # the one that the program's own plans use
PRIORS = "none"  # what a scenario names to have priors alone
KEYS = {"vi", "en", "reading", "made", "parameters", "particles"}
DIGITS = 6  # significant digits of a stored number, so that the last bit of a processor is not stored
PARTICLE = crc32(b"which particle of the posterior")


class Joint(Protocol):
    """Several numbers drawn together, a record for each replication, whatever the number of replications."""

    @property
    def names(self) -> tuple[str, ...]: ...

    def draw(self, seed: int, replications: np.ndarray) -> Mapping[str, np.ndarray]: ...

    def median(self, name: str) -> float: ...


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted particles: ``values`` of shape (particles, names), ``weights`` (particles,) that sum to one.

    ``made`` says how: command, version, seed, particles simulated, digest of the record, statistics.
    """

    key: str
    names: tuple[str, ...]
    values: np.ndarray
    weights: np.ndarray
    vi: str = ""
    en: str = ""
    reading: str = ""
    made: Mapping[str, Any] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Posterior) and (self.key, self.digest) == (other.key, other.digest)

    def __hash__(self) -> int:
        return hash((self.key, self.digest))

    def draw(self, seed: int, replications: np.ndarray) -> dict[str, np.ndarray]:
        """The numbers of one particle for each replication, which depends on seed and replication alone."""
        u = draws.uniform(seed, PARTICLE, draws.PARAMETER_BRANCH, replications, 0, 0)
        chosen = np.minimum(np.searchsorted(np.cumsum(self.weights), u, side="right"), len(self.weights) - 1)
        return {name: self.values[chosen, place] for place, name in enumerate(self.names)}

    def quantiles(self, name: str, shares: tuple[float, ...]) -> list[float]:
        """Weighted quantiles of one number."""
        values = self.values[:, self.names.index(name)]
        order = np.argsort(values, kind="stable")
        below = np.cumsum(self.weights[order])
        return [float(values[order][min(int(np.searchsorted(below, share * below[-1])), len(order) - 1)]) for share in shares]

    def median(self, name: str) -> float:
        """The weighted middle of one number."""
        return self.quantiles(name, (0.5,))[0]

    @property
    def digest(self) -> str:
        """Twelve hex digits of names, particles and weights."""
        text = " ".join(self.names) + _table(self.values, self.weights)
        return sha256(text.encode()).hexdigest()[:12]

    def plain(self) -> dict[str, str]:
        """What names it in a manifest."""
        return {"name": self.key, "digest": self.digest}

    def text(self) -> str:
        """The file's text; reading it gives the same posterior."""
        head = {"vi": self.vi, "en": self.en, "reading": self.reading, "made": dict(self.made), "parameters": list(self.names)}
        whole = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=130)
        rows = "".join(f"  {line}\n" for line in _table(self.values, self.weights).splitlines())
        return f"# Weight of each particle, then its numbers in the order of `parameters`.\n{whole}particles: |\n{rows}"


def read_posterior(path: Path) -> Posterior:
    """The posterior of a file; ValueError with the fault where it is none."""
    data = read_yaml(path)
    if not isinstance(data, Mapping) or set(data) - KEYS or {"parameters", "particles"} - set(data):
        raise ValueError(f"its keys are {', '.join(sorted(KEYS))}")
    names = tuple(str(name) for name in data["parameters"] or ())
    if not names or len(set(names)) < len(names):
        raise ValueError("parameters: a list of different names")
    try:
        rows = [[float(word) for word in line.split()] for line in str(data["particles"]).splitlines() if line.strip()]
    except ValueError as fault:
        raise ValueError(f"particles: {fault}") from None
    if not rows or any(len(row) != 1 + len(names) for row in rows):
        raise ValueError(f"particles: lines of {1 + len(names)} numbers, a weight and the parameters")
    table = np.array(rows, dtype=np.float64)
    weights = table[:, 0]
    if not (np.isfinite(table).all() and (weights >= 0).all() and weights.sum() > 0):
        raise ValueError("particles: finite numbers, weights from 0 and not all 0")
    words = {key: str(data.get(key) or "") for key in ("vi", "en", "reading")}
    return Posterior(path.stem, names, table[:, 1:], weights / np.cumsum(weights)[-1], made=dict(data.get("made") or {}), **words)


def shipped() -> list[str]:
    """Names of the posteriors that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def usual() -> Posterior | None:
    """The shipped posterior that the program's own plans use; None where none is shipped."""
    return read_posterior(SHIPPED / f"{USUAL}.yaml") if USUAL in shipped() else None


def rounded(values: np.ndarray) -> np.ndarray:
    """Numbers as a file keeps them."""
    return np.array([[float(f"{value:.{DIGITS}g}") for value in row] for row in np.atleast_2d(values)])


def _table(values: np.ndarray, weights: np.ndarray) -> str:
    lines = [" ".join(f"{number:.{DIGITS}g}" for number in (weight, *row)) for weight, row in zip(weights, values, strict=True)]
    return "\n".join(lines) + "\n"
