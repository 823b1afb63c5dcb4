"""Further figures that a user brings, in the long form or in that of the province tables, as tidy rows.

Long form: ``place,year,standard,measure,value,unit``. Province tables: ``name,code,year,poverty_rate_pct`` or
``name,code,year,mean,q1,...,q5`` or ``name,year,population_thousand``. Other columns are left aside.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from sim.kit.complaints import Complaint, InputError
from sim.kit.sheets import Choice, Sheet, read_sheet
from sim.record.places import code_of

COLUMNS = ("code", "place", "year", "standard", "measure", "value", "unit")
LONG = ("place", "year", "standard", "measure", "value", "unit")
WIDE = {"poverty_rate_pct": "percent", "population_thousand": "thousand persons"} | dict.fromkeys(
    ("mean", "q1", "q2", "q3", "q4", "q5"), "thousand dong"
)
SURVEY = "survey"
PREVIOUS_LINES_UNTIL = 2009  # survey rates to then stand on the lines of 2006-2010
_STANDARDS = (
    ("vn_2011", r"2011\s*-\s*2015|09/2011|vn_2011$"),
    ("vn_2016", r"2016\s*-\s*20(20|21)|59/2015|vn_2016"),
    ("vn_2022", r"202[12]\s*-\s*202[56]|0?7/2021|vn_2022"),
    ("vn_2027", r"202[67]\s*-\s*2030|vn_2027"),
)
_SURVEY_SAYS = r"survey|gso|vhlss|điều tra|khảo sát|indexed|price"
_MEASURES = {
    "poverty_rate_pct": r"poverty_rate(_pct|_percent)?|income_poverty_rate|survey_poor_rate|ty_le_ngheo",
    "poor_rate": r"poor_rate|poor_rate_pct|official_poor_rate|ty_le_ho_ngheo",
    "near_poor_rate": r"near_poor_rate|near_poor_rate_pct|official_near_poor_rate|ty_le_ho_can_ngheo",
}


def read_figures(path: Path) -> pd.DataFrame:
    """Figures of a CSV or XLSX file, a row each with ``COLUMNS``; ``code`` is empty for a place that is no province, region or country.

    Rows of a period rather than a year, or without a single number, are left aside where they are of no rate or income. Raises
    ``InputError`` with every row of a rate or income whose year or value is no number.
    """
    sheet = read_sheet(path, _choose)
    long = {"value", "measure"} <= sheet.columns.keys()
    if not (long or sheet.columns.keys() & WIDE.keys()) or "year" not in sheet.columns or not sheet.columns.keys() & {"place", "name"}:
        raise InputError([Complaint("no_headings", str(path))])
    complaints: list[Complaint] = []
    number = partial(_number, path, complaints)
    rows = []
    for at, line in enumerate(sheet.row_numbers):
        cell = partial(_cell, sheet, at)
        if long and _is_aside(cell("year"), cell("value"), measure_of(cell("measure"), cell("standard"))):
            continue
        place = cell("place") or cell("name")
        code = code_of(cell("code") or place) or code_of(place)
        year = number(line, "year", cell("year"))
        if long:
            standard, measure = standard_of(cell("standard")), measure_of(cell("measure"), cell("standard"))
            standard = SURVEY if measure == "poverty_rate_pct" else standard
            rows.append((code, place, year, standard, measure, number(line, "value", cell("value")), cell("unit")))
            continue
        rows += [(code, place, year, SURVEY, name, number(line, name, cell(name)), unit) for name, unit in WIDE.items() if cell(name)]
    if complaints:
        raise InputError(complaints)
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"year": "int64", "value": "float64"})
    share = frame["measure"].str.contains("rate") & frame["unit"].str.fullmatch(r"(?i)share|fraction|tỷ lệ|1")
    frame.loc[share, "value"] *= 100.0
    return frame


def standard_of(text: str) -> str:
    """The standard that a figure names: a key such as ``vn_2022``, ``survey`` for survey rates, else the words as they are."""
    low = text.casefold().strip()
    if not low or re.search(_SURVEY_SAYS, low):
        return SURVEY
    return next((key for key, pattern in _STANDARDS if re.search(pattern, low)), low)


def measure_of(text: str, standard: str = "") -> str:
    """The measure that a figure names, by its common spellings; a rate of the survey is ``poverty_rate_pct``."""
    low = re.sub(r"\W+", "_", text.casefold().strip()).strip("_")
    found = next((key for key, pattern in _MEASURES.items() if re.fullmatch(pattern, low)), low)
    if found == "poor_rate" and standard_of(standard) == SURVEY:
        return "poverty_rate_pct"
    return "poor_rate" if found == "poverty_rate_pct" and standard_of(standard) not in (SURVEY, "vn_2011") else found


def _is_aside(year: str, value: str, measure: str) -> bool:
    """Whether a row is of no use here: it tells of a period, or of something else than a rate or an income in words."""
    is_of_a_year = re.fullmatch(r"\s*\d{4}(\.0+)?\s*", year) is not None
    is_number = re.fullmatch(r"\s*-?\d+([.,]\d+)?\s*%?\s*", value) is not None
    return bool(re.fullmatch(r".*\d{4}\D+\d{2,4}.*", year)) or (measure not in {*_MEASURES, *WIDE} and not (is_of_a_year and is_number))


def _choose(row: Sequence[str]) -> Choice:
    wanted = {*LONG, "name", "code", *WIDE}
    return {heading.strip().casefold(): at for at, heading in enumerate(row) if heading.strip().casefold() in wanted}


def _cell(sheet: Sheet, at: int, name: str) -> str:
    return sheet.columns[name][at] if name in sheet.columns else ""


def _number(path: Path, complaints: list[Complaint], line: int, key: str, text: str) -> float:
    try:
        value = float(text.replace("%", "").strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if math.isnan(value) or (key == "year" and not 1990 <= value <= 2100):
        complaints.append(Complaint("figure_is_no_number", str(path), line, key, text))
        return 0.0
    return value
