"""What drives the verdict, in words: sources of spread, assumptions, and what evidence would be worth."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any

from sim.report.document import Block, Document, Grid, Heading, Paragraph, Points
from sim.report.opening import opening
from sim.report.study_words import StudyWords
from sim.report.words import decimals_for
from sim.studies.sensible import EVERYTHING, GROUP, NUMBER, REST, Sensitivity
from sim.studies.sources import SOURCES

MOST_GROUPS, MOST_NUMBERS, MOST_WORTH = 8, 6, 4
PERCENT = 100.0


def sensitivity_text(study: Sensitivity, lang: str = "vi") -> Document:
    """The whole study in ``lang``: the answer, sources of spread, assumptions, worth of evidence, and how it was found."""
    words = StudyWords(lang)
    blocks = opening(study, words, "sensitivity", head="sensitivity.head", stopped="stopped_reach", mix=words.mix(study.mix))
    blocks += [Paragraph(text, strong=number == 0) for number, text in enumerate(_answer(study, words))]
    blocks += _sources(study, words) + _groups(study, words) + _numbers(study, words) + _worth(study, words)
    runs = {name: words.number(count) for name, count in study.runs.items()}
    return Document((*blocks, Heading(words.say("sensitivity.how")), Paragraph(words.say("sensitivity.how_many", **runs), small=True)))


def _answer(study: Sensitivity, words: StudyWords) -> Iterator[str]:
    """Which source and which assumptions matter most to the main outcome."""
    name = words.outcome(study.frame, study.main)
    shares = [row for row in study.rows("split", outcome=study.main) if not isnan(row.share)]
    if shares:
        first, second = sorted(shares, key=lambda row: -row.share)[:2]
        facts = {"first": words.say(f"sensitivity.sources.{first.source}"), "second": words.say(f"sensitivity.sources.{second.source}")}
        yield words.say("sensitivity.most_of", outcome=name, share=words.share(first.share), share_2=words.share(second.share), **facts)
    elif study.rows("outcomes", outcome=study.main):
        yield words.say("sensitivity.never_varies", outcome=name)
    moved = [row for row in _by_effect(study) if row.mu_star > 0]
    if moved:
        groups = words.together([words.numbers_of(study.frame, row.group) for row in moved[:3]])
        yield words.say("sensitivity.foremost", groups=groups)


def _by_effect(study: Sensitivity) -> list[Any]:
    return sorted(study.rows("screening", outcome=study.main), key=lambda row: -row.mu_star)


def _sources(study: Sensitivity, words: StudyWords) -> list[Block]:
    """Shares of the variance: the main outcome with intervals, the others beside it."""
    if not len(study.split):
        return []
    blocks: list[Block] = [Heading(words.say("sensitivity.where"))]
    own = study.rows("split", outcome=study.main)
    if own and not isnan(own[0].share):
        rows = []
        for row in own:
            shares = [words.share(value) for value in (row.share, row.low, row.high)]
            rows.append((words.capital(words.say(f"sensitivity.sources.{row.source}")), *shares))
        header = [words.say(f"sensitivity.{name}") for name in ("source", "share", "from", "until")]
        blocks += [Paragraph(words.outcome(study.frame, study.main)), Grid(tuple(header), tuple(rows))]
    others = []
    for outcome in dict.fromkeys(study.split["outcome"]):
        found = {row.source: row.share for row in study.rows("split", outcome=outcome)}
        if outcome != study.main and not any(map(isnan, found.values())):
            others.append((words.outcome(study.frame, outcome), *[words.share(found[source]) for source in SOURCES]))
    if others:
        header = [words.say("sensitivity.outcome"), *[words.say(f"sensitivity.short.{source}") for source in SOURCES]]
        blocks += [Paragraph(words.say("sensitivity.others")), Grid(tuple(header), tuple(others))]
    return [*blocks, Paragraph(words.say("sensitivity.split_caption"), small=True)]


def _groups(study: Sensitivity, words: StudyWords) -> list[Block]:
    """The groups of assumptions that move the main outcome, the most first."""
    rows = []
    indexed = {row.group: row for row in study.rows("indices", outcome=study.main)}
    for row in [row for row in _by_effect(study) if row.mu_star > 0][:MOST_GROUPS]:
        one = indexed.get(row.group)
        digits = decimals_for(2.0 * row.mu_star_error)
        moved = f"{words.number(row.mu_star, digits)} ± {words.number(row.mu_star_error, digits)}"
        name = words.capital(words.numbers_of(study.frame, row.group))
        rows.append((name, moved, _index(one, "first", words), _index(one, "total", words)))
    if REST in indexed and rows:
        rest = indexed[REST]
        rows.append((words.capital(words.say("sensitivity.groups.rest")), "", _index(rest, "first", words), _index(rest, "total", words)))
    if not rows:
        return []
    header = [words.say(f"sensitivity.{name}") for name in ("group", "moves", "first", "total")]
    caption = words.say("sensitivity.groups_caption", outcome=words.outcome(study.frame, study.main))
    return [Heading(words.say("sensitivity.which")), Grid(tuple(header), tuple(rows)), Paragraph(caption, small=True)]


def _index(row: Any, name: str, words: StudyWords) -> str:
    """A Sobol' index in percent with half its interval, no further than 0 and 100."""
    value = getattr(row, name) if row is not None else float("nan")
    if isnan(value):
        return "–"
    inside = min(max(value, 0.0), 1.0)
    return f"{words.number(PERCENT * inside)} ± {words.percent(PERCENT * getattr(row, f'{name}_error'))}"


def _numbers(study: Sensitivity, words: StudyWords) -> list[Block]:
    """The single numbers that go with the main outcome beyond what luck brings."""
    rows = [row for row in study.rows("numbers", outcome=study.main) if abs(row.correlation) > row.noise]
    told = []
    for row in sorted(rows, key=lambda row: -abs(row.correlation))[:MOST_NUMBERS]:
        meaning = words.name(study.meanings.get(row.number), row.number)
        key = "rises_with" if row.correlation > 0 else "falls_with"
        facts = {"meaning": words.capital(meaning), "number": row.number, "value": words.number(row.correlation, 2)}
        told.append(words.say(f"sensitivity.{key}", **facts))
    if not told:
        return []
    title = Paragraph(words.say("sensitivity.numbers", count=words.number(len(study.rows("numbers", outcome=study.main)))))
    return [title, Points(tuple(told))]


def _worth(study: Sensitivity, words: StudyWords) -> list[Block]:
    """What knowing more would be worth for the choice of a mix."""
    whole = next(iter(study.rows("information", what=EVERYTHING)), None)
    if whole is None:
        return []
    said = [words.say("sensitivity.everything", value=words.mean_households(whole.value), mixes=words.number(len(study.mixes)))]
    seen = sorted((row for row in study.rows("information") if row.what in (GROUP, NUMBER) and row.seen), key=lambda row: -row.value)
    for row in seen[:MOST_WORTH]:
        name = words.numbers_of(study.frame, row.name) if row.what == GROUP else words.name(study.meanings.get(row.name), row.name)
        worth = f"{words.number(row.value, 2)} ± {words.number(row.error, 2)}"
        said.append(words.say("sensitivity.worth_of", name=words.capital(name), value=worth))
    if not seen:
        said.append(words.say("sensitivity.worth_nothing"))
    return [Heading(words.say("sensitivity.worth")), Points(tuple(said)), Paragraph(words.say("sensitivity.worth_caption"), small=True)]
