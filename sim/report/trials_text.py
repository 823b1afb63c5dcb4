"""Trials of levers in words and a table."""

from __future__ import annotations

from typing import Any

from sim.policies.discovery import discover
from sim.report.document import Block, Document, Grid, Heading, Paragraph
from sim.report.fit_text import band
from sim.report.study_words import StudyWords
from sim.studies.fitting.mechanisms import known_trials, untried
from sim.studies.fitting.names import digits
from sim.studies.fitting.trials import Tried

COLUMNS = ("trial", "published", "effect", "half", "inside")


def trials_text(tried: Tried, lang: str = "vi") -> Document:
    """All trials beside what is published, and why an effect lies outside."""
    words, settings = StudyWords(lang), tried.manifest["scenario"]
    numbers = settings["posterior"].get("name") or words.say("trials.priors")
    facts = {"replications": words.number(settings["replications"]), "seed": settings["seed"], "numbers": numbers, "run": tried.run_id}
    blocks: list[Block] = [Heading(words.say("trials.title"), level=1), Paragraph(words.say("trials.head", **facts), small=True)]
    blocks += [Paragraph(words.say("trials.intro")), table(tried, words), Paragraph(words.say("trials.caption"), small=True)]
    return Document((*blocks, *_verdict(tried, words)))


def table(tried: Tried, words: StudyWords) -> Grid:
    """A line a trial."""
    known, rows = known_trials(), []
    for row in tried.trials.itertuples():
        decimals = min(max(digits(row.high - row.low), 1), 2) if row.high > row.low else 1
        ends = (row.published_low, row.published_high)
        low, high = (words.number(value, digits(ends[1] - ends[0])) for value in ends)
        stated = words.say("trials.judged" if row.stated == "judged" else "trials.span", low=low, high=high)
        own = words.span(row.estimate, row.low, row.high, decimals)
        half = band(row.trial_median, row.trial_low, row.trial_high, words)
        inside = words.say("fit.lies_inside" if row.inside else "fit.lies_outside")
        name = words.name(known[row.trial], row.trial)
        rows.append((name, stated, own, half, inside))
    return Grid(tuple(words.say(f"trials.{name}") for name in COLUMNS), tuple(rows))


def _verdict(tried: Tried, words: StudyWords) -> list[Block]:
    """How many lie inside, why others do not, and which levers were not tried."""
    known, count = known_trials(), int(tried.trials["inside"].sum())
    facts = {"inside": words.number(count), "count": words.number(len(tried.trials))}
    said = words.say("trials.all_inside") if count == len(tried.trials) else words.say("trials.inside_count", **facts)
    blocks: list[Block] = [Paragraph(said, strong=True)]
    for row in tried.trials[~tried.trials["inside"]].itertuples():
        why: Any = known[row.trial].get("outside") or {}
        name = words.name(known[row.trial], row.trial)
        blocks.append(Paragraph(words.say("trials.outside", trial=name, why=" ".join(words.name(why, "?").split()))))
    levers = ", ".join(getattr(discover()[lever].file, words.lang) for lever in untried())
    return [*blocks, Paragraph(words.say("trials.untried", list=levers), small=True)]
