"""Why a target is not reached: what each change would gain, and who is left when everything is changed."""

from __future__ import annotations

from typing import Any

from sim.measures import catalogue
from sim.report.document import Block, Grid, Heading, Paragraph, Points
from sim.report.study_words import StudyWords
from sim.report.target_text import measure_name, quantity
from sim.report.words import decimals_for
from sim.studies.answer import ADDED, ALONE, REMAINING, REMEDIES, Reach

MILLION = 1e6
POOR = "official_poor_households"
TITLES = {"households": "households", "people": "people", "dong": "dong"}
FEW = 0.05  # households of a run, in the mean, below which none are told


def reasons_of(study: Reach, row: Any, words: StudyWords) -> list[Block]:
    """Heading, table of changes, and what remains; nothing where the study did not come so far."""
    alone = {one.remedy: one for one in study.rows("reasons", target=row.name, how=ALONE)}
    added = {one.remedy: one for one in study.rows("reasons", target=row.name, how=ADDED)}
    if not alone:
        return []
    added.setdefault(REMEDIES[0], alone.get(REMEDIES[0]))
    rows = []
    for remedy in REMEDIES:
        cells = [cell for found in (alone.get(remedy), added.get(remedy)) for cell in _cells(found, words)]
        rows.append((words.say(f"reach.{remedy}_remedy"), *cells))
    joint = row.missing_unit == ""
    shown = [1, 3] if joint else [0, 1, 2, 3]
    titles = [words.say(f"reach.{name}") for name in ("gained_alone", "chance_alone", "gained_added", "chance_added")]
    header = (words.say("reach.change"), *[titles[at] for at in shown])
    blocks: list[Block] = [Heading(words.say("reach.why"), level=3)]
    blocks.append(Grid(header, tuple((name, *[cells[at] for at in shown]) for name, *cells in rows)))
    if not joint:
        unit = words.say(f"reach.{TITLES.get(row.missing_unit, 'points')}")
        blocks.append(Paragraph(words.say("reach.gained_caption", unit=unit), small=True))
        blocks.append(Points(tuple(_remains(study, row, added.get(REMEDIES[-1]), words))))
    return blocks


def _cells(found: Any, words: StudyWords) -> tuple[str, str]:
    """What was gained, and the chance."""
    if found is None:
        return "–", "–"
    scale = 1 / MILLION if found.unit == "dong" else 1.0
    low, high = found.gained_low * scale, found.gained_high * scale
    counted = found.unit in ("households", "people")
    mean = words.mean(found.gained) if counted else words.number(found.gained * scale, decimals_for(high - low))
    ends = [words.number(value, 0 if counted else decimals_for(high - low)) for value in (low, high)]
    gained = mean if low == high else words.say("to", median=mean, low=ends[0], high=ends[1])
    return gained, words.probability(found.probability, found.mc_error)


def _remains(study: Reach, row: Any, everything: Any, words: StudyWords) -> list[str]:
    """Who is left; where the target is not about the poor list, how far all changes lead."""
    notes = [words.say("reach.list_note")] if _is_of_the_poor_list(row.measure) else []
    if everything is None:
        return notes
    left = study.rows("remainder", year=row.year)
    if _is_of_the_poor_list(row.measure) and left and (row.place, row.group) == ("all", "all"):
        total = sum(one.households for one in left)
        parts = [
            words.say(f"reach.{one.why}", number=words.mean(one.households))
            for one in sorted(left, key=lambda one: REMAINING.index(one.why))
            if one.households >= FEW
        ]
        allowed = "" if row.households_allowed != row.households_allowed else words.households(row.households_allowed)
        said = words.say("reach.allowed", allowed=allowed) if allowed else ""
        if parts:
            facts = {"households": words.mean_households(total), "parts": "; ".join(parts), "allowed": said, "year": row.year}
            notes.append(words.say("reach.remains", **facts).rstrip())
    elif everything.probability < 0.5:
        target = next(target for target in study.frame.targets if target.name == row.name)
        named: Any = study
        digits = 0 if row.unit in ("households", "people") else decimals_for(row.p95 - row.p05)
        value = quantity(words, everything.achieved, row.unit, digits)
        notes.append(words.say("reach.falls_short", measure=measure_name(named, target, words), value=value))
    return notes


def _is_of_the_poor_list(measure: str) -> bool:
    return bool(measure) and POOR in (measure, catalogue.describe(measure).counted_by)
