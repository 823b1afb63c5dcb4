"""Every disputable number of the program in one list, wherever its file stands: what ``thoatngheo law`` shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sim.law.dated import Dated, Figure, day_of, read_series
from sim.law.open import read_yaml
from sim.law.parameters import Parameter, read_parameters
from sim.law.priors import Prior

SIM = Path(__file__).parents[1]
FLOORS = ("law", "population", "dynamics", "standards", "policies")


@dataclass(frozen=True)
class Entry:
    """One number with its home. Dated figures have ``since``; priors have ``prior`` and no date."""

    home: str  # file, relative to the package
    key: str
    vi: str
    en: str
    unit: str
    value: float
    reference: str
    assumption: str
    since: date | None = None
    prior: str = ""

    def name(self, lang: str) -> str:
        """What the number is called, ``vi`` or ``en``."""
        return self.vi if lang == "vi" else self.en


def from_series(series: Dated, figure: Figure) -> Entry:
    """The entry of one dated figure."""
    home = _relative(series.home)
    return Entry(home, series.name, series.vi, series.en, series.unit, figure.value, figure.reference, figure.assumption, figure.since)


def from_parameter(parameter: Parameter) -> Entry:
    """The entry of one uncertain number; its value is the median."""
    prior, home = parameter.prior, _relative(parameter.home)
    words = (parameter.vi, parameter.en, parameter.unit)
    return Entry(home, parameter.name, *words, prior.median, parameter.reference, parameter.assumption, prior=str(prior))


def _relative(home: str) -> str:
    path = Path(home)
    return str(path.relative_to(SIM)) if path.is_relative_to(SIM) else home


def entries(day: date) -> Iterator[Entry]:
    """All dated figures in force on ``day`` and all priors in ``law/``, ``dynamics/``, ``policies/`` and their like.

    What a standard says (lines, scores, cut-offs) is not among them: see ``sim.standards.numbers``.
    """
    for floor in FLOORS:
        for path in sorted((SIM / floor).rglob("*.yaml")):
            yield from file_entries(path, day)


def file_entries(path: Path, day: date) -> Iterator[Entry]:
    """The dated figures in force on ``day`` and the priors of one YAML file, in its order."""
    data = read_yaml(path)
    for key, node in _series_below(data, path.stem):
        rows = [row for row in node["values"] if day_of(row["from"]) <= day]
        if rows and "prior" in rows[-1]:
            yield _from_dated_prior(path, key, node, rows[-1])
        elif rows:
            series = read_series(key, node, str(path))
            yield from_series(series, series.on(day))
    for parameter in read_parameters(data.get("parameters") or {}, home=str(path)).values():
        yield from_parameter(parameter)


def _from_dated_prior(path: Path, key: str, node: Mapping[str, Any], row: Mapping[str, Any]) -> Entry:
    """The entry of a prior that holds from a day on."""
    prior = Prior.read(row["prior"])
    source = row if "reference" in row or "assumption" in row else node
    words = (str(node["vi"]), str(node["en"]), str(node["unit"]))
    since = day_of(row["from"])
    return Entry(
        _relative(str(path)), key, *words, prior.median, source.get("reference", ""), source.get("assumption", ""), since, str(prior)
    )


def _series_below(node: Any, key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Dated series anywhere below a node of a YAML tree: mappings with ``values`` and a ``unit``."""
    if not isinstance(node, Mapping):
        return
    if "values" in node and "unit" in node:
        yield key, node
        return
    for name, child in node.items():
        if name != "parameters":
            yield from _series_below(child, f"{key}.{name}")


@cache
def _units() -> Mapping[str, str]:
    return read_yaml(Path(__file__).with_name("units.yaml"))


def unit_in(unit: str, lang: str) -> str:
    """A unit's name in ``vi`` or ``en``; as it stands where no translation is known."""
    return _units().get(unit, unit) if lang == "vi" else unit
