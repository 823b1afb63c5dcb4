"""One target as a table: a line a mix, with its chance, what it reaches in the target's terms and in households, what is short."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.measures import catalogue
from sim.measures.targets import Target
from sim.report.document import Grid
from sim.report.words import Words, decimals_for
from sim.studies.judging import Judged
from sim.studies.results import Results

COUNTS_FIRST_BELOW = 10_000  # households of a place in which single households show in the rate
FALLS = ("fall", "fall_per_year")
COUNTED = ("households", "people")
MONEY = "dong"
MILLION = 1_000_000
Cell = Callable[[Judged], str]


def target_table(results: Results, judged: Sequence[Judged], words: Words) -> Grid:
    """The table of one target under the mixes of ``judged``."""
    target = judged[0].target
    if target.unit == MONEY:
        return _money_table(judged, words)
    measure = catalogue.describe(target.measure)
    reached: tuple[str, Cell] = (
        words.text(f"table.{_own_column(target)}"),
        lambda one: words.band(one.median, one.p05, one.p95, digits(one)),
    )
    behind: tuple[str, Cell] = (counted(results, target, words), lambda one: words.band(*one.end_households, 0))
    short: tuple[str, Cell] = (_short_title(target, words), lambda one: _short(one, words))
    parts = [reached, short]
    if measure.of and target.form != "cover":
        parts = [reached, behind, short] if _households(results) >= COUNTS_FIRST_BELOW else [behind, reached, short]
    parts.insert(0, (words.text("table.probability"), lambda one: words.probability(one.probability, one.mc_error)))
    rows = tuple((words.mix(one.mix), *[cell(one) for _, cell in parts]) for one in judged)
    return Grid((words.text("table.mix"), *[title for title, _ in parts]), rows)


def _short(one: Judged, words: Words) -> str:
    """The median shortfall: households or people, with points in brackets where the target is a share of these."""
    measure = catalogue.describe(one.target.measure)
    points, number = words.number(one.missing_median, digits(one)), words.number(one.shortfall_households_median)
    if measure.unit != "%":
        return number
    return f"{number} ({points})" if measure.of else points


def _short_title(target: Target, words: Words) -> str:
    """What the shortfall is counted in."""
    measure = catalogue.describe(target.measure)
    if measure.unit != "%":
        return words.text("table.short_people" if target.unit == "people" else "table.short_households")
    return words.text(f"table.short_{measure.of}_points" if measure.of else "table.short_points")


def digits(one: Judged) -> int:
    """Decimals of what a target reaches: none for counts; of a rate what its band bears, and one where the band is below ten points,
    as mixes share their luck and lie close."""
    width = one.p95 - one.p05
    return 0 if one.target.unit in COUNTED else max(decimals_for(width), int(width < 10))


def counted(results: Results, target: Target, words: Words) -> str:
    """What the target's measure counts: poor households for the poverty rate."""
    what = catalogue.describe(catalogue.describe(target.measure).counted_by or target.measure, results.frame.labels)
    return words.name({"vi": what.vi, "en": what.en}, target.measure)


def _money_table(judged: Sequence[Judged], words: Words) -> Grid:
    """A line a mix, amounts in million dong."""
    header = [words.text(f"table.{name}") for name in ("mix", "probability", "spent", "short_money")]
    rows = []
    for one in judged:
        spent = words.band(one.median / MILLION, one.p05 / MILLION, one.p95 / MILLION, 0)
        rows.append((words.mix(one.mix), words.probability(one.probability, one.mc_error), spent, words.millions(one.missing_median)))
    return Grid(tuple(header), tuple(rows))


def _own_column(target: Target) -> str:
    """Title of the column in the target's own terms."""
    if target.form in FALLS:
        return "fall_per_year" if target.form == "fall_per_year" and target.years > 1 else "fall"
    return {"cover": "reached", "level": "level"}.get(target.form, "count")


def _households(results: Results) -> float:
    return float(np.median(results.at(results.frame.mixes[0], "households", results.frame.start_year)))
