"""The numbers that standards hold, as entries of the list that ``thoatngheo law`` shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sim.law.homes import Entry, from_series
from sim.standards.indicator import DIMENSIONS
from sim.standards.load import load_standard, standards
from sim.standards.standard import Item, Standard

SCORE = {
    "slope": ("Điểm A trên mỗi điểm log thu nhập", "Points of score A for each log point of income"),
    "rural": ("Ngưỡng điểm A, nông thôn", "Threshold of score A, rural"),
    "urban": ("Ngưỡng điểm A, thành thị", "Threshold of score A, urban"),
    "second_rural": ("Ngưỡng điểm A mức hai, nông thôn", "Second threshold of score A, rural"),
    "second_urban": ("Ngưỡng điểm A mức hai, thành thị", "Second threshold of score A, urban"),
}
CUTOFFS = {
    "many": ("Điểm thiếu hụt từ đó là nghèo", "Points of deprivation from which a household counts as poor"),
    "some": ("Điểm thiếu hụt từ đó là dễ bị tổn thương", "Points of deprivation from which a household counts as vulnerable"),
}


def standard_entries(day: date) -> Iterator[Entry]:
    """The numbers of every standard that is in force on ``day``."""
    for key in standards():
        standard = load_standard(key)
        if standard.since <= day and (standard.until is None or day <= standard.until):
            yield from entries_of(standard, day)


def entries_of(standard: Standard, day: date) -> Iterator[Entry]:
    """Lines, score thresholds, cut-offs and indicators (with their points or thresholds) of one standard."""
    for areas in standard.lines.values():
        for series in areas.values():
            yield from_series(series, series.on(max(day, series.figures[0].since)))
    yield from _figures(standard, "score", standard.score, SCORE)
    yield from _figures(standard, "cutoffs", standard.cutoffs, CUTOFFS)
    for item in standard.items:
        yield from _item(standard, item)


def _figures(standard: Standard, part: str, figures: Mapping, words: Mapping[str, tuple[str, str]]) -> Iterator[Entry]:
    home = f"standards/{standard.key}.yaml"
    for name, figure in figures.items():
        key = f"{standard.key}.{part}.{name}"
        yield Entry(home, key, *words[name], "points", figure.value, figure.reference, figure.assumption, standard.since)


def _item(standard: Standard, item: Item) -> Iterator[Entry]:
    """An indicator with its points, then its thresholds."""
    found, home = item.indicator, f"standards/{standard.key}.yaml"
    vi_dimension, en_dimension = DIMENSIONS[found.dimension]
    names = f"{vi_dimension}: {found.vi}", f"{en_dimension}: {found.en}"
    source = item.reference, item.assumption
    yield Entry(home, f"{standard.key}.{found.key}", *names, "points", float(item.points), *source, standard.since)
    for name, value in item.thresholds.items():
        yield Entry(home, f"{standard.key}.{found.key}.{name}", *names, THRESHOLD_UNITS.get(name, "years"), value, *source, standard.since)


THRESHOLD_UNITS = {"most_dependants_share": "share of the members", "least_solid_parts": "parts", "least_area_m2_per_head": "m2 a head"}
