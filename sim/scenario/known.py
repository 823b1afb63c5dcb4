"""The names that a scenario may use: levers with the money that may buy them, standards, measures, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sim.kit.reading import read
from sim.law.parameters import Parameter, gather, load
from sim.scenario.shape import KINDS

_SIM = Path(__file__).parents[1]
HEADLINE_MEASURES = ("official_poor_rate", "official_near_poor_rate", "true_poor_rate")
_HOMES_OF_PARAMETERS = ("population", "dynamics", "standards", "policies", "law")


@dataclass(frozen=True)
class Known:
    """Names that exist: levers with the kinds of money that may buy them, the others as plain names."""

    levers: Mapping[str, tuple[str, ...]]
    standards: frozenset[str]
    measures: frozenset[str]
    parameters: frozenset[str] = field(default_factory=frozenset)


def discover(levers_folder: Path | None = None) -> Known:
    """What the program holds now, with the user's own levers if there are any."""
    levers = dict(_levers_in(_SIM / "policies"))
    if levers_folder is not None:
        levers |= _levers_in(levers_folder)
    return Known(levers, _standards(), _measures(), frozenset(known_parameters()) | _parameters_in(levers_folder))


@cache
def _levers_in(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Levers of a folder: a ``.yaml`` beside a ``.py``, with ``money: {kinds: [...]}``."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        money = read(path).data.get("money") if path.with_suffix(".py").exists() else None
        if isinstance(money, dict) and "kinds" in money:
            found[path.stem] = tuple(kind for kind in money["kinds"] if kind in KINDS)
    return found


@cache
def _standards() -> frozenset[str]:
    return frozenset(path.stem for path in (_SIM / "standards").glob("vn_*.yaml"))


@cache
def _measures() -> frozenset[str]:
    catalogue = _SIM / "measures" / "catalogue.yaml"
    if not catalogue.exists():
        return frozenset(HEADLINE_MEASURES)
    data = read(catalogue).data
    return frozenset(data.get("measures", data)) | frozenset(HEADLINE_MEASURES)


@cache
def known_parameters() -> Mapping[str, Parameter]:
    """Every uncertain number of the program, by name."""
    homes = [path for home in _HOMES_OF_PARAMETERS for path in sorted((_SIM / home).rglob("*.yaml"))]
    return gather(load(path) for path in homes if isinstance(read(path).data.get("parameters"), dict))


def _parameters_in(folder: Path | None) -> frozenset[str]:
    if folder is None:
        return frozenset()
    return frozenset(name for path in sorted(folder.glob("*.yaml")) for name in (read(path).data.get("parameters") or {}))
