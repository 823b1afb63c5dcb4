"""The names that a scenario may use: levers with the money that may buy them, standards, measures, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sim.kit.reading import read
from sim.law.parameters import Parameter, gather, load
from sim.policies.groups import GROUPS
from sim.scenario.shape import KINDS, SOURCES

_SIM = Path(__file__).parents[1]
HEADLINE_MEASURES = dict.fromkeys(("official_poor_rate", "official_near_poor_rate", "true_poor_rate"), "%")
_HOMES_OF_PARAMETERS = ("population", "dynamics", "standards", "policies", "law")


@dataclass(frozen=True)
class LeverFacts:
    """What a mix must know of a lever: kinds and sources of money that may buy it, and its options with their defaults."""

    kinds: tuple[str, ...] = KINDS
    sources: tuple[str, ...] = SOURCES
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """Names that exist: levers with what a mix must know of them, the others as plain names."""

    levers: Mapping[str, LeverFacts]
    standards: frozenset[str]
    measures: Mapping[str, str]  # with their units
    parameters: frozenset[str] = field(default_factory=frozenset)
    groups: frozenset[str] = frozenset(GROUPS)  # that may come first in a queue

    def kinds_of(self, lever: str) -> tuple[str, ...]:
        """Kinds of money that may buy a lever; none if there is no such lever."""
        return self.levers[lever].kinds if lever in self.levers else ()


def discover(levers_folder: Path | None = None) -> Known:
    """What the program holds now, with the user's own levers if there are any."""
    levers = dict(_levers_in(_SIM / "policies"))
    if levers_folder is not None:
        levers |= _levers_in(levers_folder)
    return Known(levers, _standards(), _measures(), frozenset(known_parameters()) | _parameters_in(levers_folder))


@cache
def _levers_in(folder: Path) -> Mapping[str, LeverFacts]:
    """Levers of a folder: a ``.yaml`` beside a ``.py``, with ``money: {kinds: [...]}``."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        data = read(path).data if path.with_suffix(".py").exists() else {}
        money = data.get("money")
        if isinstance(money, dict) and money.get("kinds"):
            options = {name: option.get("default") for name, option in (data.get("options") or {}).items()}
            found[path.stem] = LeverFacts(tuple(money["kinds"]), tuple(money.get("sources") or SOURCES), options)
    return found


@cache
def _standards() -> frozenset[str]:
    return frozenset(path.stem for path in (_SIM / "standards").glob("vn_*.yaml"))


@cache
def _measures() -> Mapping[str, str]:
    catalogue = _SIM / "measures" / "catalogue.yaml"
    listed = read(catalogue).data["measures"] if catalogue.exists() else {}
    return HEADLINE_MEASURES | {name: words["unit"] for name, words in listed.items()}


@cache
def known_parameters() -> Mapping[str, Parameter]:
    """Every uncertain number of the program, by name."""
    homes = [path for home in _HOMES_OF_PARAMETERS for path in sorted((_SIM / home).rglob("*.yaml"))]
    return gather(load(path) for path in homes if isinstance(read(path).data.get("parameters"), dict))


def _parameters_in(folder: Path | None) -> frozenset[str]:
    if folder is None:
        return frozenset()
    return frozenset(name for path in sorted(folder.glob("*.yaml")) for name in (read(path).data.get("parameters") or {}))
