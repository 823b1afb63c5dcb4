"""Uncertain numbers: each a name, a meaning in two languages, a unit, a prior and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np

from sim.kit import draws
from sim.law.open import read_yaml
from sim.law.posterior import Joint
from sim.law.priors import Prior

__all__ = ["STRENGTHS", "ByRow", "Parameter", "Prior", "draw", "gather", "load", "override", "read_parameters", "replaced"]

STRENGTHS = ("strong", "medium", "weak", "assumed")
KEYS = {"en", "vi", "unit", "prior", "strength", "reference", "assumption"}


@dataclass(frozen=True)
class Parameter:
    """One uncertain number; ``reference`` or ``assumption`` (with its reason) says where the prior comes from."""

    name: str
    vi: str
    en: str
    unit: str
    prior: Prior
    strength: str = "assumed"
    reference: str = ""
    assumption: str = ""
    home: str = ""  # file that holds it

    @property
    def key(self) -> int:
        """The number under which its draws are made: unchanged when other parameters come or go."""
        return crc32(self.name.encode())


def load(path: str | Path) -> dict[str, Parameter]:
    """The parameters of the YAML file ``path`` (its ``parameters:`` mapping), by name; none if it has no such mapping."""
    data = read_yaml(path)
    return read_parameters(data.get("parameters") or {}, home=str(path))


def read_parameters(mapping: Mapping[str, object], home: str = "") -> dict[str, Parameter]:
    """Parameters from an already read ``parameters:`` mapping; every fault raises ValueError with name and file."""
    return {name: _read_one(str(name), entry, home) for name, entry in mapping.items()}


def _read_one(name: str, entry: object, home: str) -> Parameter:
    """One parameter from its mapping; ValueError when a part is missing, unknown or of no known kind."""
    where = f"{home}: parameter {name}"
    if not isinstance(entry, Mapping):
        raise ValueError(f"{where}: needs a mapping with {', '.join(sorted(KEYS))}")
    unknown, missing = set(entry) - KEYS, {"en", "vi", "unit", "prior"} - set(entry)
    if unknown or missing:
        raise ValueError(f"{where}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    if not entry.get("reference") and not entry.get("assumption"):
        raise ValueError(f"{where}: needs a reference, or an assumption with its reason")
    strength = str(entry.get("strength", "assumed"))
    if strength not in STRENGTHS:
        raise ValueError(f"{where}: strength is one of {', '.join(STRENGTHS)}, not {strength}")
    try:
        prior = Prior.read(entry["prior"])
    except ValueError as fault:
        raise ValueError(f"{where}: {fault}") from fault
    words = {key: str(entry.get(key, "")) for key in ("vi", "en", "unit", "reference", "assumption")}
    return Parameter(name=name, prior=prior, strength=strength, home=home, **words)


def gather(groups: Iterable[Mapping[str, Parameter]]) -> dict[str, Parameter]:
    """All parameters of several files in one mapping; a name used twice is a fault (ValueError)."""
    together: dict[str, Parameter] = {}
    for group in groups:
        for name, parameter in group.items():
            if name in together:
                raise ValueError(f"parameter {name} stands in {together[name].home} and in {parameter.home}")
            together[name] = parameter
    return together


def override(parameters: Mapping[str, Parameter], overrides: Mapping[str, object] | None) -> dict[str, Parameter]:
    """The parameters with some priors replaced by a number or a prior; ValueError for a name that does not exist."""
    changed = dict(parameters)
    for name, data in (overrides or {}).items():
        if name not in changed:
            raise ValueError(f"no parameter is called {name!r}")
        changed[name] = replace(changed[name], prior=Prior.read(data))
    return changed


def replaced(parameters: Mapping[str, Parameter], overrides: Mapping[str, object] | None) -> list[str]:
    """Names whose prior the overrides really change, in the order of ``parameters``."""
    after = override(parameters, overrides)
    return [name for name in parameters if after[name].prior != parameters[name].prior]


def draw(
    parameters: Mapping[str, Parameter],
    seed: int,
    replications: int | np.ndarray,
    overrides: Mapping[str, object] | None = None,
    joint: Joint | None = None,
) -> np.ndarray:
    """One row of parameter values for each replication: a structured array of float32 fields, shape (replications,).

    ``replications`` is a number of them (0, 1, ...) or an array of their indices. A value depends only on seed,
    replication, name and prior, so one more parameter or replication changes no other value. Numbers that ``joint`` (a fitted
    posterior) holds are drawn from it together, except those replaced by ``overrides``.
    """
    rows = np.arange(replications, dtype=np.int64) if isinstance(replications, (int, np.integer)) else np.asarray(replications)
    changed = override(parameters, overrides)
    values = np.zeros(len(rows), dtype=[(name, np.float32) for name in changed])
    fitted = {} if joint is None else {name: drawn for name, drawn in joint.draw(seed, rows).items() if name not in (overrides or {})}
    for name, parameter in changed.items():
        if name in fitted:
            values[name] = fitted[name]
            continue
        u = draws.uniform(seed, parameter.key, draws.PARAMETER_BRANCH, rows, 0, 0)
        values[name] = parameter.prior.quantile(u)
    return values


class ByRow:
    """Parameter values row by row, taken only when asked for: ``ByRow(values, h.replication)["leave_at_once"]``.

    It spares the copy of all parameters for every row that ``values[h.replication]`` would make; of a single replication all rows
    are one number (read-only).
    """

    def __init__(self, values: np.ndarray, replication: np.ndarray):
        self.values = values
        self.replication = replication

    def __getitem__(self, name: str) -> np.ndarray:
        if len(self.values) == 1:
            return np.broadcast_to(self.values[name], self.replication.shape)
        return self.values[name][self.replication]

    def rows(self, rows: slice | np.ndarray) -> ByRow:
        """The same for some of the rows."""
        return ByRow(self.values, self.replication[rows])
