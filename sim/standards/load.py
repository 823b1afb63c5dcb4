"""Reading a standard from its YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim.law.dated import Dated, Figure, day_of, read_series
from sim.law.open import read_yaml
from sim.standards.indicator import find_indicator
from sim.standards.rules import RULES
from sim.standards.standard import Item, Standard

FOLDER = Path(__file__).parent
KEYS = {"vi", "en", "document", "from", "until", "rule", "lines", "indexed_to_prices_of", "points", "cutoffs", "indicators", "score"}
LINE_NAMES = {
    "poor": ("Chuẩn nghèo về thu nhập", "Poverty line"),
    "second": ("Chuẩn thu nhập mức hai", "Second line"),
    "average": ("Chuẩn mức sống trung bình", "Average-living line"),
}
AREAS = {"rural": ("nông thôn", "rural"), "urban": ("thành thị", "urban")}
UNIT = "thousand dong a head and month"


def standards() -> tuple[str, ...]:
    """Keys of all standards."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if "rule" in read_yaml(path)))


def load_standard(key: str) -> Standard:
    """The standard ``key``, such as ``vn_2022``; LookupError if there is none."""
    path = FOLDER / f"{key}.yaml"
    if not path.is_file():
        raise LookupError(f"no standard is called {key!r}; there are {', '.join(standards())}")
    return read_standard(path)


def standard_in_force(when: object) -> Standard:
    """The national standard by which lists are drawn on a day; LookupError if none is known."""
    day = day_of(when)
    for key in standards():
        standard = load_standard(key)
        if standard.reviews and not standard.prices_of and standard.since <= day and (standard.until is None or day <= standard.until):
            return standard
    raise LookupError(f"no poverty standard is known for {day}")


@cache
def read_standard(path: Path) -> Standard:
    """The standard that stands in the file ``path``; ValueError says what is missing, unknown or wrong."""
    data = read_yaml(path)
    unknown, missing = (set(data) - KEYS, {"vi", "en", "document", "from", "rule"} - set(data))
    if unknown or missing:
        raise ValueError(f"{path}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    if data["rule"] not in RULES:
        raise ValueError(f"{path}: no rule is called {data['rule']!r}; there are {', '.join(RULES)}")
    return Standard(
        key=path.stem,
        vi=data["vi"],
        en=data["en"],
        document=data["document"],
        since=day_of(data["from"]),
        until=day_of(data["until"]) if data.get("until") else None,
        rule=data["rule"],
        lines={which: _lines(path, which, areas) for which, areas in (data.get("lines") or {}).items()},
        items=tuple(_item(path, entry, data) for entry in data.get("indicators") or ()),
        cutoffs=_figures(path, "cutoffs", data, "points"),
        score=_figures(path, "score", data, "points"),
        prices_of=data.get("indexed_to_prices_of"),
    )


def _lines(path: Path, which: str, areas: Mapping[str, Any]) -> dict[str, Dated]:
    if which not in LINE_NAMES or set(areas) != set(AREAS):
        raise ValueError(f"{path}: lines are {', '.join(LINE_NAMES)}, each rural and urban; not {which} of {list(areas)}")
    names = {area: {"vi": f"{LINE_NAMES[which][0]}, {AREAS[area][0]}", "en": f"{LINE_NAMES[which][1]}, {AREAS[area][1]}"} for area in AREAS}
    return {
        area: read_series(f"{path.stem}.{which}.{area}", {**names[area], "unit": UNIT, "values": areas[area]}, str(path)) for area in AREAS
    }


def _figures(path: Path, part: str, data: Mapping[str, Any], unit: str) -> dict[str, Figure]:
    """Figures that hold as long as the standard does, each ``{value, reference or assumption}``."""
    figures = {}
    for name, entry in (data.get(part) or {}).items():
        row = {"from": data["from"], **entry}
        series = read_series(f"{path.stem}.{part}.{name}", {"vi": name, "en": name, "unit": unit, "values": [row]}, str(path))
        figures[name] = series.figures[0]
    return figures


def _item(path: Path, entry: Mapping[str, Any], data: Mapping[str, Any]) -> Item:
    """One line of the list of indicators: its key, points, thresholds and source."""
    words = {"key", "points", "reference", "assumption"}
    found = find_indicator(entry["key"])
    thresholds = {name: float(value) for name, value in entry.items() if name not in words}
    if set(thresholds) - set(found.needs):
        raise ValueError(f"{path}: {found.key} knows no {sorted(set(thresholds) - set(found.needs))}; it reads {', '.join(found.needs)}")
    if not entry.get("reference") and not entry.get("assumption"):
        raise ValueError(f"{path}: {found.key} needs a reference, or an assumption with its reason")
    points = int(entry.get("points", data.get("points", 1)))
    return Item(found, points, thresholds, entry.get("reference", ""), entry.get("assumption", ""))
