"""A fit in words and tables."""

from __future__ import annotations

from typing import Any

from sim.report.document import Block, Document, Grid, Heading, Paragraph
from sim.report.study_words import StudyWords
from sim.studies.fitting.fitted import Fitted
from sim.studies.fitting.free import readings
from sim.studies.fitting.names import digits, names
from sim.studies.fitting.statistics import statistics

PERCENT = 100.0


def fit_text(fitted: Fitted, lang: str = "vi") -> Document:
    """The whole fit in ``lang``: of each reading the numbers, the statistics and the calibration."""
    words, settings = StudyWords(lang), fitted.manifest["scenario"]
    first = next(iter(fitted.posteriors.values()))
    counts = {"particles": words.number(settings["particles"]), "effective": words.number(first.made["effective"])}
    head = words.say("fit.head", **counts, seed=settings["seed"], record=settings["record"], run=fitted.run_id)
    blocks: list[Block] = [Heading(words.say("fit.title"), level=1), Paragraph(head, small=True)]
    for key in fitted.posteriors:
        blocks.append(Heading(words.say("fit.reading", reading=words.name(vars(readings()[key]), key))))
        blocks += [*numbers(fitted, key, words), *predicted(fitted, key, words), calibrated(fitted, key, words), used(fitted, key, words)]
    return Document(tuple(blocks))


def numbers(fitted: Fitted, reading: str, words: StudyWords) -> list[Block]:
    """Each number before and after."""
    header = tuple(words.say(f"fit.{name}") for name in ("number", "prior", "posterior", "told"))
    rows = []
    for row in fitted.parameters[fitted.parameters["reading"] == reading].itertuples():
        before = band(row.prior_median, row.prior_low, row.prior_high, words)
        after = band(row.median, row.low, row.high, words)
        rows.append((words.name(names()[row.parameter], row.parameter), before, after, words.percent(PERCENT * row.told)))
    return [Grid(header, tuple(rows)), Paragraph(words.say("fit.numbers_caption"), small=True)]


def predicted(fitted: Fitted, reading: str, words: StudyWords) -> list[Block]:
    """Each statistic beside the record."""
    header = tuple(words.say(f"fit.{name}") for name in ("statistic", "record", "predicted", "without", "inside"))
    of, rows, outside = {one.key: one for one in statistics()}, [], []
    for row in fitted.predictions[fitted.predictions["reading"] == reading].itertuples():
        statistic = of[row.statistic]
        name = f"{words.name(vars(statistic), row.statistic)}, {words.name(UNITS.get(statistic.unit), statistic.unit)}"
        if not row.fitted:
            name = words.say("fit.checked", statistic=name)
        if not row.inside:
            outside.append(words.name(vars(statistic), row.statistic))
        record = words.number(row.observed, digits(row.high - row.low))
        own = band(row.own_median, row.own_low, row.own_high, words)
        inside = words.say("fit.lies_inside" if row.inside else "fit.lies_outside")
        rows.append((name, record, band(row.median, row.low, row.high, words), own, inside))
    verdict = words.say("fit.outside", list="; ".join(outside)) if outside else words.say("fit.none_outside")
    return [Grid(header, tuple(rows)), Paragraph(words.say("fit.statistics_caption"), small=True), Paragraph(verdict)]


def calibrated(fitted: Fitted, reading: str, words: StudyWords) -> Paragraph:
    """How often bands cover over pseudo-data near the record."""
    table = fitted.calibration[(fitted.calibration["reading"] == reading) & (fitted.calibration["pseudo_data"] == "near")]
    facts: dict[str, str] = {}
    for band_name, suffix in (("cover_80", ""), ("cover_90", "90")):
        figures = {"low": table[band_name].min(), "high": table[band_name].max(), "mean": table[band_name].mean()}
        facts |= {f"{key}{suffix}": words.percent(PERCENT * value) for key, value in figures.items()}
    return Paragraph(words.say("fit.calibration", count=words.number(int(table["count"].iloc[0])), **facts))


def used(fitted: Fitted, reading: str, words: StudyWords) -> Paragraph:
    """How a scenario takes it."""
    return Paragraph(words.say("fit.use", path=f"{fitted.posteriors[reading].key}.yaml"), small=True)


def band(median: float, low: float, high: float, words: StudyWords) -> str:
    """A median with its range, in as many decimals as small numbers need."""
    return words.span(median, low, high, digits(high - low))


UNITS: dict[str, Any] = {
    "%": {"vi": "%", "en": "%"},
    "normal scores": {"vi": "điểm chuẩn hóa", "en": "normal scores"},
    "log points a year": {"vi": "điểm log một năm", "en": "log points a year"},
    "log points": {"vi": "điểm log", "en": "log points"},
}
