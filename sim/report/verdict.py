"""The verdict of a run: what a planner should take away, in one page."""

from __future__ import annotations

import numpy as np

from sim.report.document import Block, Document, Heading, Paragraph, Points
from sim.report.held_back import held_back, money, truth
from sim.report.target_list import all_together, outside, short_list
from sim.report.target_text import target_blocks
from sim.report.words import Words
from sim.studies.frame import NO_POLICY
from sim.studies.judging import Judged, judge_all
from sim.studies.results import Results


def verdict(results: Results, lang: str = "vi") -> Document:
    """The whole verdict in ``lang``: targets, what held the plan back, list and truth, money, the plan's own figures."""
    words, frame = Words(lang), results.frame
    blocks = _head(results, words)
    judged = judge_all(results)
    leading = next((mix for mix in frame.mixes if mix != NO_POLICY), NO_POLICY)
    blocks += short_list(results, judged, leading, words)
    measured = [target for target in frame.targets if target.is_judged]
    for number, target in enumerate(measured, start=1):
        of_target: list[Judged] = [one for one in judged if one.target == target]
        blocks += target_blocks(results, number, of_target, words)
    if not measured:
        blocks.append(Paragraph(words.text("target.none")))
    blocks += all_together(results, words) + outside(results, words)
    if leading != NO_POLICY:
        blocks += held_back(results, leading, words)
    blocks += truth(results, leading, words) + money(results, leading, words)
    if frame.findings:
        blocks += [Heading(words.text("findings.title")), Points(tuple(finding[lang] for finding in frame.findings), numbered=True)]
    return Document(tuple(blocks))


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
    return [Heading(words.name(frame.name, frame.key), level=1), *[Paragraph(note, small=True) for note in notes]]
