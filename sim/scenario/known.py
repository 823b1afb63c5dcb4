"""The names that a scenario may use: levers with the money that may buy them, standards, measures, parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sim.kit.complaints import Complaint, InputError
from sim.kit.reading import read_once
from sim.law.book import Book
from sim.law.parameters import Parameter, gather, load
from sim.measures import catalogue
from sim.policies.groups import GROUPS
from sim.policies.lever_file import LeverFile, read_lever_file
from sim.scenario.shape import KINDS, SOURCES
from sim.standards.load import load_standard

_SIM = Path(__file__).parents[1]
_HOMES_OF_PARAMETERS = ("population", "dynamics", "standards", "policies", "law")


@dataclass(frozen=True)
class LeverFacts:
    """What a mix must know of a lever: kinds and sources of money that may buy it, and its options (as in its YAML)."""

    kinds: tuple[str, ...] = KINDS
    sources: tuple[str, ...] = SOURCES
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    since: tuple[date, str] | None = None  # when its dated figures are all known, and which of them begins last
    file: LeverFile | None = None
    may_revolve: bool = False  # households may be asked to repay part of the support

    def may_use(self, kind: str, source: str, year: int, options: Mapping[str, Any] | None = None) -> bool:
        """Whether money of this kind, source and year may buy the lever with these options of a mix."""
        return kind in self.kinds and source in self.sources and (self.file is None or self.file.may_use(kind, source, year, options))

    def kinds_in(self, years: Iterable[int], options: Mapping[str, Any] | None = None) -> tuple[str, ...]:
        """The kinds of money that may buy the lever in one of the years, or those of any year if there are none."""
        open_kinds = tuple(kind for kind in self.kinds if any(self.may_use(kind, self.sources[0], year, options) for year in years))
        return open_kinds or self.kinds


@dataclass(frozen=True)
class Known:
    """Names that exist: levers with what a mix must know of them, the others as plain names."""

    levers: Mapping[str, LeverFacts]
    standards: frozenset[str]
    measures: Mapping[str, str]  # with their units
    parameters: frozenset[str] = field(default_factory=frozenset)
    groups: frozenset[str] = frozenset(GROUPS)  # that may come first in a queue
    families: Mapping[str, str] = field(default_factory=dict)  # of measures, one for each lever or indicator, with their units
    target_groups: frozenset[str] = field(default_factory=frozenset)  # that measures are given for

    def members(self, family: str, standard: str | None) -> tuple[str, ...]:
        """What a family of measures has one of: the levers, or the indicators of the scenario's standard (of all if there is none)."""
        if family not in catalogue.OF_INDICATORS:
            return tuple(sorted(self.levers))
        keys = (standard,) if standard in self.standards else sorted(self.standards)
        return tuple(dict.fromkeys(name for key in keys for name in load_standard(str(key)).indicators))

    def unit_of(self, measure: str, standard: str | None) -> str | None:
        """The unit of a measure; None for one that a run under this standard does not give."""
        family, _, of = measure.partition(":")
        if of:
            return self.families.get(family) if of in self.members(family, standard) else None
        return self.measures.get(measure)


def discover(levers_folder: Path | None = None) -> Known:
    """What the program holds now, with the user's own levers if there are any; ``InputError`` where these are not sound."""
    levers = dict(program_levers())
    if levers_folder is not None:
        levers |= _own_levers(levers_folder, levers)
    parameters = frozenset(known_parameters()) | _parameters_in(levers_folder)
    families, groups = catalogue.families(), frozenset(catalogue.groups())
    return Known(levers, _standards(), catalogue.measures(), parameters, families=families, target_groups=groups)


@cache
def program_levers() -> Mapping[str, LeverFacts]:
    """The levers of the program: a ``.yaml`` beside a ``.py``."""
    return {path.stem: _facts_of(read_lever_file(path)) for path in _pairs(_SIM / "policies")}


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
            found[path.stem] = _facts_of(file)
    if complaints:
        raise InputError(complaints)
    return found


def _facts_of(file: LeverFile) -> LeverFacts:
    """What a mix must know of a lever's file."""
    dates = [(series.since, name) for name, series in file.figures.items()]
    dates += [Book.load().known_from(file.law)] if file.law else []
    return LeverFacts(file.kinds, file.sources, file.options, max(dates, default=None), file, file.may_revolve)


def _pairs(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.yaml")) if path.with_suffix(".py").exists()]


@cache
def _standards() -> frozenset[str]:
    return frozenset(path.stem for path in (_SIM / "standards").glob("vn_*.yaml"))


@cache
def known_parameters() -> Mapping[str, Parameter]:
    """Every uncertain number of the program, by name."""
    homes = [path for home in _HOMES_OF_PARAMETERS for path in sorted((_SIM / home).rglob("*.yaml"))]
    return gather(load(path) for path in homes if isinstance(read_once(path).data.get("parameters"), dict))


def _parameters_in(folder: Path | None) -> frozenset[str]:
    if folder is None:
        return frozenset()
    return frozenset(name for path in sorted(folder.glob("*.yaml")) for name in (read_once(path).data.get("parameters") or {}))
