"""The verdict of a run: what a planner should take away, in one page."""

from __future__ import annotations

import numpy as np

from sim.report.districts import districts
from sim.report.document import Block, Document, Heading, Paragraph, Points
from sim.report.held_back import held_back, truth
from sim.report.money import calendar, money
from sim.report.target_list import all_together, is_long, outside, short_list
from sim.report.target_text import target_blocks
from sim.report.words import Words
from sim.studies.frame import NO_POLICY
from sim.studies.judging import Judged, judge_all
from sim.studies.results import Results


def verdict(results: Results, lang: str = "vi") -> Document:
    """The whole verdict in ``lang``: targets, what held the plan back, list and truth, money, the plan's own figures."""
    words, frame = Words(lang), results.frame
    blocks = _head(results, words) + _targets(results, words)
    if frame.leading != NO_POLICY:
        blocks += held_back(results, frame.leading, words)
    blocks += districts(results, frame.leading, words) + truth(results, frame.leading, words)
    blocks += money(results, frame.leading, words) + calendar(results, frame.leading, words)
    if frame.findings:
        blocks += [Heading(words.text("findings.title")), Points(tuple(finding[lang] for finding in frame.findings), numbered=True)]
    return Document(tuple(blocks))


def _targets(results: Results, words: Words) -> list[Block]:
    """All that is said of targets; of many a list comes first, and then each in brief."""
    judged, measured = judge_all(results), [target for target in results.frame.targets if target.is_judged]
    if not measured:
        return [Paragraph(words.text("target.none")), *outside(results, words)]
    many = is_long(results)
    blocks = short_list(results, judged, words) if many else []
    for number, target in enumerate(measured, start=1):
        of_target: list[Judged] = [one for one in judged if one.target == target]
        blocks += target_blocks(results, number, of_target, words, brief=many)
    if many:
        blocks.append(Paragraph(words.text("table.caption"), small=True))
    else:
        blocks += all_together(results, words)
    return blocks + outside(results, words)


def _head(results: Results, words: Words) -> list[Block]:
    """Name of the plan, size of the run, how things were delivered."""
    frame = results.frame
    households = float(np.median(results.at(frame.mixes[0], "households", frame.start_year)))
    line = words.text(
        "head.run",
        households=words.households(households),
        signed=words.quarter(frame.signed),
        replications=words.number(frame.replications),
        seed=frame.seed,
        run=results.run_id,
    )
    notes = [line, words.text(f"head.{frame.delivery}")]
    if frame.one_for > 1:
        notes.append(words.text("head.sampled", count=words.number(frame.one_for)))
    if frame.divided:
        facts = {"places": len(frame.divided), "all": len(frame.places), "communes": sum(frame.divided.values())}
        notes.append(words.text("head.divided", **{name: words.number(number) for name, number in facts.items()}))
    notes += [*_roster(results, words), *_numbers(results, words)]
    return [Heading(words.name(frame.name, frame.key), level=1), *[Paragraph(note, small=True) for note in notes]]


def _numbers(results: Results, words: Words) -> list[str]:
    """Where the uncertain numbers come from, and which ones the scenario replaces."""
    numbers = results.frame.numbers
    if not numbers:
        return []
    fitted = numbers["posterior"]
    notes = [words.text("head.priors")]
    if fitted:
        notes = [words.text("head.fitted", name=words.name(fitted, fitted["name"]), file=fitted["name"])]
    if numbers["replaced"]:
        told = "; ".join(f"{words.name(one, one['name'])} (`{one['name']}`): {one['by']}" for one in numbers["replaced"])
        notes.append(words.text("head.replaced", list=told))
    return notes


def _roster(results: Results, words: Words) -> list[str]:
    """The places' own review list, and what it leaves to chance, the most silent items first."""
    roster = results.frame.roster
    if not roster:
        return []
    households = roster["households"]
    text = words.text("head.roster", households=words.households(households))
    if not roster["drawn"]:
        return [text + " " + words.text("head.roster_whole")]
    silent = sorted(roster["drawn"], key=lambda item: -item["households"])
    whole = [words.name(item, "") for item in silent if item["households"] == households]
    parts = [words.text("head.roster_all", items=", ".join(whole))] if whole else []
    parts += [
        words.text("head.roster_some", item=words.name(item, ""), count=words.number(item["households"]))
        for item in silent
        if item["households"] < households
    ]
    return [text + " " + words.text("head.roster_drawn", list="; ".join(parts))]
