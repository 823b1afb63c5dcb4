"""What a plan's targets ask, against where the plan starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

from sim.kit.reading import read
from sim.scenario.findings import Finding, Number, percent, word
from sim.scenario.regions import POOR_DISTRICTS, places_of, start_rate
from sim.scenario.shape import Scenario
from sim.scenario.target import Target

STANDING_OF = {"official_poor_rate": "poor", "official_near_poor_rate": "near_poor"}
_ROUNDING = 0.0051  # percentage points: targets are printed with two decimals


@cache
def bounds() -> Mapping[str, Mapping[str, Any]]:
    """Bounds of judgement with unit and reason."""
    return read(Path(__file__).with_name("plausible.yaml")).data


def bound(name: str) -> float:
    """One bound of ``plausible.yaml``."""
    return float(bounds()[name]["value"])


def where(scenario: Scenario, place: str | None) -> Any:
    """A place's name; for the whole its only place, or the word for the whole."""
    if place is None and len(scenario.places) == 1:
        return scenario.places[0].name
    return word("whole") if place is None else word(place) if place == POOR_DISTRICTS else place


def start_of(scenario: Scenario, standing: str, place: str | None) -> int:
    """Households of a standing (poor, near_poor, households) at the start, in a place or in all."""
    return sum(getattr(p, standing) for p in places_of(scenario, place))


def target_levels(scenario: Scenario) -> Iterator[Finding]:
    """A target on a rate leaves some households, asks for no more than there is, and is not reached at the start."""
    for target in scenario.targets:
        end = _end(scenario, target)
        if end is None or target.since != scenario.first_year - 1:
            continue
        place, standing = target.over or target.place, STANDING_OF[target.measure]
        households, count = start_of(scenario, "households", place), start_of(scenario, standing, place)
        start = start_rate(scenario, target, standing)
        facts = {"target": target.says or target.name, "of": word(standing), "start": percent(start), "end": percent(end)}
        facts |= {"count": Number(count), "households": Number(households), "points": Number((start - end) * 100, 2)}
        facts["left"] = Number(end * households, 1)
        if end < -_ROUNDING / 100:
            yield Finding("target_below_zero", target.reference, facts)
        elif end * households < bound("households_left"):
            yield Finding("target_leaves_few", target.reference, facts)
        elif end > start + _ROUNDING / 100:
            yield Finding("target_is_reached", target.reference, facts)


def targets_against_each_other(scenario: Scenario) -> Iterator[Finding]:
    """A level and a fall of one measure by one time lead to the same rate."""
    for level, fall in permutations(scenario.targets, 2):
        about_one = level.by_year == fall.by_year and _about(level) == _about(fall)
        ends = _end(scenario, level), _end(scenario, fall)
        if not about_one or level.form != "level" or fall.form not in ("fall", "fall_per_year") or None in ends:
            continue
        one, other = ends
        if one is not None and other is not None and one < other - _ROUNDING / 50:
            start = start_rate(scenario, fall, STANDING_OF[fall.measure])
            facts = {"target": level.says or level.name, "other": fall.says or fall.name, "start": percent(start)}
            facts |= {"end": percent(one), "other_end": percent(other)}
            references = ", ".join(dict.fromkeys(t.reference for t in (level, fall) if t.reference))
            yield Finding("targets_disagree", references, {"of": word(STANDING_OF[level.measure]), **facts})


def starting_rates(scenario: Scenario) -> Iterator[Finding]:
    """A plan that states a change states where it starts."""
    stated_falls = [(s.of, s.place, s.since or 0, s.reference) for s in scenario.stated if s.what == "fall"]
    wanted = [
        (STANDING_OF[t.measure], t.over or t.place, t.since, t.reference)
        for t in scenario.targets
        if t.form in ("fall", "fall_per_year") and t.measure in STANDING_OF
    ]
    said = {(standing, place, year): reference for standing, place, year, reference in reversed(stated_falls + wanted)}
    for (standing, place, year), reference in reversed(said.items()):
        if not _is_stated(scenario, standing, place, year):
            yield Finding("no_starting_rate", reference, {"place": where(scenario, place), "of": word(standing), "at": year})


def _about(target: Target) -> tuple[str | None, ...]:
    """What a target measures, of whom and where."""
    return target.measure, target.group, target.place, target.over, target.mean


def _is_stated(scenario: Scenario, standing: str, place: str | None, year: int) -> bool:
    """Whether the plan gives a level: as a statement, or as a referenced count of its places at the start."""
    levels = [s for s in scenario.stated if s.what == standing and s.place == place and s.at == year]
    if levels or year != scenario.first_year - 1:
        return bool(levels)
    return all((p.sources[standing].reference or p.reference) and not p.sources[standing].assumption
               for p in places_of(scenario, place))  # fmt: skip


def _end(scenario: Scenario, target: Target) -> float | None:
    """The rate that a target leads to, as a fraction; None where it is not about a rate of the whole list."""
    if target.measure not in STANDING_OF or target.group or target.form not in ("level", "fall", "fall_per_year"):
        return None
    if target.form == "level":
        return target.value
    start = start_rate(scenario, target, STANDING_OF[target.measure])
    years = target.by_year - target.since if target.form == "fall_per_year" else 1
    return start - target.value * years / 100
