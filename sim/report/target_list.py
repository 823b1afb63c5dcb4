"""All targets of a plan together: the short list, the chance of meeting all of them, and those that the model cannot speak to."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.document import Block, Grid, Heading, Paragraph, Points
from sim.report.target_text import measure_name, say_target
from sim.report.words import Words
from sim.studies.frame import NO_POLICY
from sim.studies.judging import Judged, jointly, together
from sim.studies.results import Results

LIST_FROM = 4  # targets from which a short list comes first, and each is told in brief


def is_long(results: Results) -> bool:
    """Whether there are so many targets that a list of them comes first."""
    return sum(target.is_judged for target in results.frame.targets) >= LIST_FROM


def short_list(results: Results, judged: Sequence[Judged], words: Words) -> list[Block]:
    """All together first, then a line a target with its chances and what it rests on."""
    frame = results.frame
    main = [mix for mix in dict.fromkeys((frame.leading, frame.other_reading(frame.leading), NO_POLICY)) if mix in frame.mixes]
    more = [mix for mix in frame.mixes if mix not in main]
    blocks: list[Block] = [Paragraph(block.text, strong=True) for block in all_together(results, words) if isinstance(block, Paragraph)]
    blocks += [_chances(results, judged, main, words, rests=True), Paragraph(words.text("targets.caption"), small=True)]
    return blocks + ([_chances(results, judged, more, words, rests=False)] if more else [])


def _chances(results: Results, judged: Sequence[Judged], mixes: Sequence[str], words: Words, *, rests: bool) -> Grid:
    """A line a target, a column a mix; ``rests`` tells each target in full and how many assumptions it rests on."""
    chance = {(one.target.name, one.mix): words.probability(one.probability, one.mc_error) for one in judged}
    rows = []
    for number, target in enumerate((target for target in results.frame.targets if target.is_judged), start=1):
        chances = [chance.get((target.name, mix), "–") for mix in mixes]
        name = say_target(results, target, words) if rests else measure_name(results, target, words)
        rows.append((f"{number}. {name}", *chances, *([words.number(target.rests_on)] if rests else [])))
    extra = [words.text("targets.rests_on")] if rests else []
    return Grid((words.text("targets.title"), *[words.mix(mix) for mix in mixes], *extra), tuple(rows))


def all_together(results: Results, words: Words) -> list[Block]:
    """The chance of all targets together, where there are several, and how many the model cannot speak to."""
    frame = results.frame
    if len(frame.targets) < 2 or not together(results):
        return []
    chances = {mix: words.probability(*jointly(results, mix)) for mix in frame.mixes}
    parts = [words.text("target.jointly_one", mix=words.mix(mix), probability=chance) for mix, chance in chances.items()]
    text = words.text("target.jointly", list="; ".join(parts))
    left_out = len(frame.targets) - len(together(results))
    if left_out:
        text += " " + words.text("targets.counted", judged=words.number(len(together(results))), all=words.number(len(frame.targets)))
    return [Paragraph(text)]


def outside(results: Results, words: Words) -> list[Block]:
    """Targets that the plan states and the model cannot judge, each with the reason."""
    items = [
        words.text("targets.outside_one", says=words.name(target.says, target.name), reason=words.name(target.outside, ""))
        + _line(target.reference, words)
        for target in results.frame.targets
        if not target.is_judged
    ]
    return [Heading(words.text("targets.outside")), Points(tuple(items))] if items else []


def _line(reference: str, words: Words) -> str:
    return " " + words.text("targets.line", reference=reference) if reference else ""
