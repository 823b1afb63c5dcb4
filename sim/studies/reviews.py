"""This year's review results as a user gives them: a small table, CSV or XLSX, of poor and near-poor households."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.kit.complaints import Complaint, InputError, nearest
from sim.kit.sheets import read_sheet
from sim.measures.grouping import ALL
from sim.population.roster_words import fold

# What a heading may be called, folded: without accents and capitals.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "place": ("place", "dia ban", "xa", "huyen", "noi", "commune", "district"),
    "year": ("year", "nam"),
    "poor": ("poor", "ho ngheo", "ngheo", "poor households"),
    "near_poor": ("near_poor", "near poor", "near-poor", "ho can ngheo", "can ngheo", "near-poor households"),
}
NEEDED = ("year", "poor")
SILENT = ("", "-", "\N{EN DASH}")


@dataclass(frozen=True)
class Review:
    """Households on the lists of the review of ``year`` in a place (``all``: the whole plan); ``near_poor`` None where not told."""

    year: int
    poor: int
    near_poor: int | None = None
    place: str = ALL


def read_reviews(path: Path | str) -> tuple[Review, ...]:
    """The reviews of a file, a row each; ``InputError`` with every fault of it. A row without a place is the whole plan's."""
    sheet = read_sheet(Path(path), _choose)
    missing = [name for name in NEEDED if name not in sheet.columns]
    if missing:
        known = {"known": [HEADINGS[name][0] for name in missing]}
        raise InputError([Complaint("review_without_column", str(path), facts=known)])
    found, complaints = [], []
    for at, row in enumerate(sheet.row_numbers):
        cells = {name: column[at] for name, column in sheet.columns.items()}
        numbers = {name: _count(cells.get(name, "")) for name in ("year", "poor", "near_poor")}
        wrong = [name for name, number in numbers.items() if number is None and not (name == "near_poor" and cells.get(name, "") in SILENT)]
        complaints += [Complaint("review_not_a_count", str(path), row, name, cells.get(name, "")) for name in wrong]
        if not wrong:
            found.append(Review(numbers["year"] or 0, numbers["poor"] or 0, numbers["near_poor"], cells.get("place", "") or ALL))
    if complaints or not found:
        raise InputError(complaints or [Complaint("review_empty", str(path))])
    return tuple(found)


def checked(reviews: Sequence[Review], scenario: Any, places: Sequence[str]) -> tuple[Review, ...]:
    """The reviews under the names of the plan, if each is of a place and year that it runs; ``InputError`` otherwise."""
    complaints = list(_faults(reviews, scenario, places))
    if complaints:
        raise InputError(complaints)
    return tuple(Review(one.year, one.poor, one.near_poor, _named(one.place, places)) for one in reviews)


def _faults(reviews: Sequence[Review], scenario: Any, places: Sequence[str]) -> Iterator[Complaint]:
    file, seen, households = str(scenario.path), set(), _households(scenario)
    for one in reviews:
        place = _named(one.place, places)
        if place not in places:
            known: dict[str, Any] = {"known": [*places], "nearest": nearest(one.place, places)}
            yield Complaint("review_of_unknown_place", file, value=one.place, facts=known)
        elif not scenario.first_year <= one.year <= scenario.end_year:
            facts = {"first": scenario.first_year, "last": scenario.end_year}
            yield Complaint("review_of_other_year", file, value=str(one.year), facts=facts)
        elif (place, one.year) in seen:
            yield Complaint("review_twice", file, value=f"{one.place} {one.year}")
        elif min(one.poor, one.near_poor or 0) < 0 or one.poor + (one.near_poor or 0) > 2 * households.get(place, scenario.households):
            yield Complaint("review_too_many", file, value=f"{one.place} {one.year}", facts={"households": households.get(place, 0)})
        seen.add((place, one.year))


def _households(scenario: Any) -> dict[str, int]:
    """Households of each place and district at the start."""
    found: dict[str, int] = {ALL: scenario.households}
    for place in scenario.places:
        for name in {place.name, place.district or place.name}:
            found[name] = found.get(name, 0) + place.households
    return found


def _named(place: str, places: Sequence[str]) -> str:
    """The plan's own spelling of a place; an only place is the whole."""
    by_fold = {fold(name): name for name in places}
    return by_fold.get(fold(place), place)


def _count(text: str) -> int | None:
    """A whole number as offices write it (1.572 or 1,572); None for anything else."""
    plain = text.replace(".", "").replace(",", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None


def _choose(row: Sequence[str]) -> dict[str, int]:
    """Positions of the known headings of a row."""
    folded = [fold(cell) for cell in row]
    return {name: folded.index(word) for name, words in HEADINGS.items() for word in reversed(words) if word in folded}
