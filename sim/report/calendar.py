"""The calendar of payments: what was to be paid in each quarter, and what is."""

from __future__ import annotations

import numpy as np

from sim.report.document import Block, Grid, Heading
from sim.report.words import Words
from sim.studies.payments import CalendarOfPayments, calendar_of_payments
from sim.studies.results import Results

MOST_QUARTERS = 8  # a longer plan is told by years
READINGS = ("planned", "delivered")


def calendar(results: Results, mix: str, words: Words) -> list[Block]:
    """Two tables of the mix, as planned beside as delivered: by quarter (by year for long plans), and by source."""
    found = calendar_of_payments(results, mix, "source")
    readings = tuple(reading for reading in READINGS if getattr(found, reading))
    if not readings:
        return []
    unit = words.unit("million_dong", "").strip()
    columns = tuple(f"{words.text(f'calendar.{reading}')}, {unit}" for reading in readings)
    sources = sorted({name for reading in readings for name in getattr(found, reading)})
    named = {_capital(words.name(results.frame.labels.get(source), source)): source for source in sources}
    by_source = [(name, *[words.millions(found.total(r, source).sum()) for r in readings]) for name, source in named.items()]
    total = (words.text("money.total"), *[words.millions(found.total(reading).sum()) for reading in readings])
    return [
        Heading(words.text("calendar.title", mix=words.mix(mix))),
        Grid((words.text("calendar.when"), *columns), (*_by_time(found, readings, words), total)),
        Grid((words.text("calendar.source"), *columns), (*by_source, total)),
    ]


def _by_time(found: CalendarOfPayments, readings: tuple[str, ...], words: Words) -> list[tuple[str, ...]]:
    if len(found.quarters) <= MOST_QUARTERS:
        return [
            (words.quarter(str(quarter)), *[words.millions(found.total(reading)[at]) for reading in readings])
            for at, quarter in enumerate(found.quarters)
        ]
    years = np.array([quarter.year for quarter in found.quarters])
    return [(str(year), *[words.millions(found.total(r)[years == year].sum()) for r in readings]) for year in np.unique(years).tolist()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
