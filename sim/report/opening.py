"""How the report on a study begins."""

from __future__ import annotations

from typing import Any

from sim.report.document import Block, Heading, Paragraph
from sim.report.study_words import StudyWords
from sim.studies.study import ScenarioStudy


def opening(
    study: ScenarioStudy, words: StudyWords, kind: str, *, head: str = "head", stopped: str = "stopped", **facts: Any
) -> list[Block]:
    """Title, what runs it rests on, and that it was interrupted; ``facts`` fill further gaps of these sentences."""
    frame = study.frame
    plan, runs = words.name(frame.name, frame.key), words.number(frame.replications)
    known = {"plan": plan, "seed": frame.seed, "run": study.run_id, "replications": runs, "done": runs, **facts}
    blocks: list[Block] = [Heading(words.say(f"{kind}.title", **known), level=1), Paragraph(words.say(head, **known), small=True)]
    return [*blocks, Paragraph(words.say(stopped, **known), strong=True)] if study.is_stopped else blocks
