"""The names that a scenario may use: levers with the money that may buy them, standards, measures, parameters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sim.kit.complaints import Complaint, InputError
from sim.kit.reading import read
from sim.law.parameters import Parameter, gather, load
from sim.policies.groups import GROUPS
from sim.policies.lever_file import read_lever_file
from sim.scenario.shape import KINDS, SOURCES

_SIM = Path(__file__).parents[1]
HEADLINE_MEASURES = dict.fromkeys(("official_poor_rate", "official_near_poor_rate", "true_poor_rate"), "%")
_HOMES_OF_PARAMETERS = ("population", "dynamics", "standards", "policies", "law")


@dataclass(frozen=True)
class LeverFacts:
    """What a mix must know of a lever: kinds and sources of money that may buy it, and its options (as in its YAML)."""

    kinds: tuple[str, ...] = KINDS
    sources: tuple[str, ...] = SOURCES
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def may_use(self, kind: str, source: str) -> bool:
        """Whether money of this kind and source may buy the lever."""
        return kind in self.kinds and source in self.sources


@dataclass(frozen=True)
class Known:
    """Names that exist: levers with what a mix must know of them, the others as plain names."""

    levers: Mapping[str, LeverFacts]
    standards: frozenset[str]
    measures: Mapping[str, str]  # with their units
    parameters: frozenset[str] = field(default_factory=frozenset)
    groups: frozenset[str] = frozenset(GROUPS)  # that may come first in a queue


def discover(levers_folder: Path | None = None) -> Known:
    """What the program holds now, with the user's own levers if there are any; ``InputError`` where these are not sound."""
    levers = dict(program_levers())
    if levers_folder is not None:
        levers |= _own_levers(levers_folder, levers)
    return Known(levers, _standards(), _measures(), frozenset(known_parameters()) | _parameters_in(levers_folder))


@cache
def program_levers() -> Mapping[str, LeverFacts]:
    """The levers of the program: a ``.yaml`` beside a ``.py``, with ``money: {kinds: [...]}``."""
    found = {}
    for path in _pairs(_SIM / "policies"):
        data = read(path).data
        money = data.get("money")
        if isinstance(money, dict) and money.get("kinds"):
            found[path.stem] = LeverFacts(tuple(money["kinds"]), tuple(money.get("sources") or SOURCES), data.get("options") or {})
    return found


def _own_levers(folder: Path, taken: Collection[str]) -> Mapping[str, LeverFacts]:
    """The user's levers, their files read as strictly as when they run."""
    found, complaints = {}, []
    for path in _pairs(folder):
        if path.stem in taken:
            complaints.append(Complaint("lever_known_already", str(path), value=path.stem))
            continue
        try:
            file = read_lever_file(path)
        except InputError as error:
            complaints += error.complaints
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            complaints.append(Complaint("own_lever_unreadable", str(path), facts={"fault": str(error)}))
        else:
            found[path.stem] = LeverFacts(file.kinds, file.sources, file.options)
    if complaints:
        raise InputError(complaints)
    return found


def _pairs(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.yaml")) if path.with_suffix(".py").exists()]


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
