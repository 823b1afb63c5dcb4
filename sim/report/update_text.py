"""A forecast moved by a review, in words: what was found, what is expected now, and why it moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.measures.grouping import ALL
from sim.report.document import Block, Document, Grid, Heading, Paragraph, Points
from sim.report.opening import opening
from sim.report.study_words import StudyWords
from sim.report.target_text import say_target
from sim.studies.judging import ALL_TARGETS
from sim.studies.updated import CAUSES, Update

POOR = "official_poor_households"
MOST_NUMBERS = 5
LITTLE = 0.05  # of the width of the forecast: a move that is none


def update_text(study: Update, lang: str = "vi") -> Document:
    """The whole study in ``lang``: the answer, the reviews, the forecast, targets, and why it moved."""
    words = StudyWords(lang)
    blocks = opening(study, words, "update", head="update.head", mix=words.mix(study.mix), asked=words.number(study.asked))
    blocks += [Paragraph(_answer(study, words), strong=True), Paragraph(_trust(study, words), strong=study.rests_on_few)]
    if study.surprises:
        far = words.together([_label(row, words) for row in study.surprises])
        blocks.append(Paragraph(words.say("update.surprise", what=far), strong=True))
    blocks += _reviews(study, words) + _forecast(study, words) + _targets(study, words)
    return Document((*blocks, *_why(study, words)))


def _answer(study: Update, words: StudyWords) -> str:
    """What the next year's forecast was and is; of the reviewed year where none follows."""
    last = max(row.year for row in study.rows("reviews"))
    rows = study.rows("forecast", measure=POOR)
    row = next((row for row in rows if row.year == last + 1), rows[-1])
    facts = {when: _band(row, when, words) for when in ("before", "after")}
    move, width = row.mean_after - row.mean_before, row.high_before - row.low_before
    key = "same" if abs(move) <= LITTLE * max(width, 1.0) else "fewer" if move < 0 else "more"
    return words.say(f"update.{key}", year=row.year, **facts)


def _band(row: Any, when: str, words: StudyWords) -> str:
    median, low, high = (getattr(row, f"{part}_{when}") for part in ("median", "low", "high"))
    return words.span(median, low, high, 0)


def _trust(study: Update, words: StudyWords) -> str:
    """How many runs the forecast rests on."""
    facts = {"effective": words.number(study.effective), "replications": words.number(study.frame.replications)}
    return words.say("update.few" if study.rests_on_few else "update.enough", **facts)


def _label(row: Any, words: StudyWords) -> str:
    """Which count of which review."""
    place = words.say("update.whole") if row.place == ALL else words.place(row.place)
    return words.say(f"update.{row.list}", place=place, year=row.year)


def _reviews(study: Update, words: StudyWords) -> list[Block]:
    """Each count beside its forecast."""
    rows = []
    for row in study.rows("reviews"):
        expected = words.span(row.median, row.low, row.high, 0)
        rows.append((_label(row, words), words.number(row.observed), expected, words.share(row.share_with_fewer)))
    header = [words.say(f"update.{name}") for name in ("what", "found", "expected", "below")]
    caption = Paragraph(words.say("update.reviews_caption"), small=True)
    return [Heading(words.say("update.reviewed")), Grid(tuple(header), tuple(rows)), caption]


def _forecast(study: Update, words: StudyWords) -> list[Block]:
    """Households by year, before and after."""
    blocks: list[Block] = [Heading(words.say("update.forecast"))]
    rows = []
    for measure in dict.fromkeys(study.forecast["measure"]):
        for row in study.rows("forecast", measure=measure):
            moved = words.number(row.mean_after - row.mean_before, 1 if abs(row.mean_after - row.mean_before) < 100 else 0)
            name = words.say("update.of_year", measure=words.capital(words.measure(measure)), year=row.year)
            rows.append((name, _band(row, "before", words), _band(row, "after", words), moved))
    header = [words.say(f"update.{name}") for name in ("what", "before", "after", "moved")]
    return [*blocks, Grid(tuple(header), tuple(rows)), Paragraph(words.say("update.forecast_caption"), small=True)]


def _targets(study: Update, words: StudyWords) -> list[Block]:
    """Chances before and after."""
    named: Any = study  # sentences on targets ask for the frame alone
    rows, said = [], []
    for number, target in enumerate([target for target in study.frame.targets if target.is_judged], start=1):
        for row in study.rows("targets", target=target.name):
            said.append(f"{number}. {say_target(named, target, words)}")
            rows.append((str(number), *_chances(row, words)))
    rows += [(words.say("update.all_targets"), *_chances(row, words)) for row in study.rows("targets", target=ALL_TARGETS)]
    if not rows:
        return []
    header = [words.say(f"update.{name}") for name in ("target", "chance_before", "chance_after")]
    listed: list[Block] = [Paragraph(text) for text in said]
    return [Heading(words.say("update.targets")), *listed, Grid(tuple(header), tuple(rows))]


def _chances(row: Any, words: StudyWords) -> tuple[str, str]:
    return words.probability(row.before, row.before_error), words.probability(row.after, row.after_error)


def _why(study: Update, words: StudyWords) -> list[Block]:
    """The move of each later year by cause, and the numbers that moved."""
    years = list(dict.fromkeys(study.causes["year"]))
    table = {(row.year, row.cause): row.households for row in study.rows("causes")}
    rows = []
    for cause in CAUSES:
        if any((year, cause) in table for year in years):
            rows.append((words.say(f"update.causes.{cause}"), *[words.number(table.get((year, cause), 0.0), 1) for year in years]))
    whole = [sum(table.get((year, cause), 0.0) for cause in CAUSES) for year in years]
    rows.append((words.say("update.whole_move"), *[words.number(total, 1) for total in whole]))
    header = (words.say("update.cause"), *[str(year) for year in years])
    told = tuple(_numbers(study, words))
    caption = Paragraph(words.say("update.why_caption"), small=True)
    blocks: list[Block] = [Heading(words.say("update.why")), Grid(header, tuple(rows)), caption]
    return blocks + ([Paragraph(words.say("update.numbers")), Points(told)] if told else [])


def _numbers(study: Update, words: StudyWords) -> Iterator[str]:
    """Uncertain numbers that the review moved farthest."""
    for row in study.rows("numbers")[:MOST_NUMBERS]:
        meaning = words.capital(words.name(study.meanings.get(row.number), row.number))
        facts = {"before": words.number(row.before, 3), "after": words.number(row.after, 3), "moved": words.number(row.moved, 1)}
        yield words.say("update.number", meaning=meaning, number=row.number, **facts)
