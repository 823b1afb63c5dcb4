"""A commune's own review list, read from CSV or XLSX: one row a household, identity left at the door.

Only columns whose headings stand for an item of ``roster.yaml`` are kept. A heading of the list's own is explained in a small file
beside it, ``LIST.headings.yaml``: ``item: heading``. Values of cells that are refused are repeated in a message only where they hold
no letter, so that a name in the wrong column goes nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.kit.complaints import Complaint, InputError, nearest
from sim.kit.reading import read
from sim.kit.sheets import Sheet, read_sheet
from sim.population.roster_words import Heading, factor_of, fold, heading_of, identifies, items, value_of

MOST_TOLD = 1000  # bad cells of a list that are listed
NOTHING = ("", "-", "\N{EN DASH}")
ANSWERS = ("yes_no", "mark", "kinh")  # kinds for which a dash says no


@dataclass(frozen=True)
class Roster:
    """A review list. ``values[item]`` is float64 by household, not-a-number where the list is silent; ``place`` and ``village`` are
    positions in ``places`` and ``villages`` (-1: silent)."""

    path: Path
    places: tuple[str, ...]
    villages: tuple[str, ...]
    place: np.ndarray
    village: np.ndarray
    values: Mapping[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.place)

    def item(self, name: str) -> np.ndarray:
        """An item by household, not-a-number throughout where the list has no such column."""
        return self.values[name] if name in self.values else np.full(len(self), np.nan)

    def counts(self, standing: int) -> np.ndarray:
        """Households of a standing in each of ``places``: int64."""
        return np.bincount(self.place[self.values["standing"] == standing], minlength=len(self.places))

    @property
    def digest(self) -> str:
        """Sixteen hex digits of all that the list tells, whatever file it came in."""
        told = hashlib.sha256(repr((self.places, self.villages, sorted(self.values))).encode())
        for array in (self.place, self.village, *[self.values[name] for name in sorted(self.values)]):
            told.update(array.tobytes())
        return told.hexdigest()[:16]

    def silent(self) -> dict[str, int]:
        """For each item, the households of which the list does not tell it: these are drawn."""
        return {name: int(np.isnan(self.item(name)).sum()) for name in items() if items()[name]["kind"] != "text"}


def read_roster(path: Path, first_year: int, places: Sequence[str]) -> Roster:
    """Read a list for a plan that starts in ``first_year``; ``places`` are the scenario's. Raises ``InputError`` with every bad cell."""
    own = _own_headings(path)
    sheet = read_sheet(path, lambda row: _choose(row, own))
    if "standing" not in sheet.columns:
        raise InputError([Complaint("roster_without_standing", str(path))])
    headings = {item: _heading(item, sheet, own) for item in sheet.columns}
    complaints: list[Complaint] = []
    values = {
        item: _column(sheet, item, heading, first_year, path, complaints)
        for item, heading in headings.items()
        if items()[item]["kind"] != "text"
    }
    place = _places(sheet, places, path, complaints)
    if not complaints and not len(sheet.row_numbers):
        complaints.append(Complaint("empty_roster", str(path)))
    if complaints:
        raise InputError(complaints[:MOST_TOLD])
    names = sheet.columns.get("village", [""] * len(sheet.row_numbers))
    villages = tuple(dict.fromkeys(name for name in names if name))
    numbers = {name: number for number, name in enumerate(villages)}
    village = np.array([numbers.get(name, -1) for name in names], dtype=np.int64)
    return Roster(path, tuple(places), villages, place, village, values)


def _own_headings(path: Path) -> dict[str, str]:
    """Folded headings that the list's owner explains, with the items they stand for."""
    beside = path.with_suffix(".headings.yaml")
    if not beside.exists():
        return {}
    document = read(beside)
    given = document.data if isinstance(document.data, dict) else {}
    complaints = []
    for item, heading in given.items():
        at = (str(beside), document.line_of((item,)), str(item))
        if item not in items():
            complaints.append(Complaint("unknown_roster_item", *at, "", {"nearest": nearest(str(item), items())}))
        elif not isinstance(heading, str) or identifies(heading):
            complaints.append(Complaint("identity_heading", *at, str(heading)))
    if complaints:
        raise InputError(complaints)
    return {fold(heading): item for item, heading in given.items()}


def _choose(row: Sequence[str], own: Mapping[str, str]) -> dict[str, int]:
    """Position of each known item in a row that may be the headings; the first of two columns for one item counts."""
    choice: dict[str, int] = {}
    for at, text in enumerate(row):
        known = heading_of(text)
        item = own.get(fold(text)) or (known.item if known else None)
        if item and item not in choice and fold(text):
            choice[item] = at
    return choice


def _heading(item: str, sheet: Sheet, own: Mapping[str, str]) -> Heading:
    written = sheet.headings[item]
    return heading_of(written) if fold(written) not in own else Heading(item, "vi", factor_of(item, written))  # type: ignore[return-value]


def _column(sheet: Sheet, item: str, heading: Heading, first_year: int, path: Path, complaints: list[Complaint]) -> np.ndarray:
    """A column as numbers; every text that occurs is read once. In a column of marks that never says no, an empty cell does."""
    cells, kind = sheet.columns[item], items()[item]["kind"]
    read_as: dict[str, float] = {}
    wrong = set()
    for text in dict.fromkeys(cells):
        try:
            silent = text == "" or (text in NOTHING and kind not in ANSWERS)
            read_as[text] = np.nan if silent else value_of(text, heading, first_year)
        except ValueError:
            wrong.add(text)
    if kind == "mark" and 0.0 not in read_as.values():
        read_as[""] = 0.0
    if item == "standing" and "" in read_as:
        wrong.add("")
    if wrong:
        complaints += _refused(sheet, item, kind, path, wrong)
    return np.array([read_as.get(text, np.nan) for text in cells], dtype=np.float64)


def _refused(sheet: Sheet, item: str, kind: str, path: Path, wrong: set[str]) -> list[Complaint]:
    rows = [(number, text) for number, text in zip(sheet.row_numbers, sheet.columns[item], strict=True) if text in wrong]
    return [
        Complaint("bad_cell_" + ("date" if kind in ("date", "year") else kind), str(path), number, sheet.headings[item], _harmless(text))
        for number, text in rows[:MOST_TOLD]
    ]


def _harmless(text: str) -> str:
    """A refused value as far as it may be repeated: it may be somebody's name in the wrong column."""
    return text if not any(letter.isalpha() for letter in text) and len(text) < 9 else ""


def _places(sheet: Sheet, places: Sequence[str], path: Path, complaints: list[Complaint]) -> np.ndarray:
    """Position of each row's place among the scenario's; a list that does not tell it belongs to the only place."""
    count = len(sheet.row_numbers)
    if "place" not in sheet.columns:
        if len(places) > 1:
            complaints.append(Complaint("roster_without_place", str(path)))
        return np.zeros(count, dtype=np.int64)
    known = {fold(name): number for number, name in enumerate(places)} | ({"": 0} if len(places) == 1 else {})
    at = {text: known.get(fold(text), -1) for text in set(sheet.columns["place"])}
    wrong = [(number, text) for number, text in zip(sheet.row_numbers, sheet.columns["place"], strict=True) if at[text] < 0]
    heading = sheet.headings["place"]
    facts = {"valid": list(places)}
    complaints += [Complaint("unknown_roster_place", str(path), number, heading, facts=facts) for number, _ in wrong[:MOST_TOLD]]
    return np.array([at[text] for text in sheet.columns["place"]], dtype=np.int64)
