"""The register of evidence in words: effects, how firmly each lever stands, and which numbers matter most."""

from __future__ import annotations

import math
from typing import Any

from sim.policies.discovery import discover
from sim.report.document import Block, Document, Grid, Heading, Paragraph, Points
from sim.report.study_words import StudyWords
from sim.studies.evidence import Register

MOST_NUMBERS = 25
STRENGTHS = ("strong", "medium", "weak", "assumed")


def evidence_text(register: Register, lang: str = "vi", lever: str = "") -> Document:
    """The whole register, or what concerns one lever."""
    words = StudyWords(lang)
    names = {key: one.file.name(lang) for key, one in discover(None).items()} | {"": words.say("evidence.else")}
    title = words.say("evidence.title") + (f": {names[lever]}" if lever else "")
    blocks: list[Block] = [Heading(title, level=1)]
    if not lever:
        blocks += _levers(register, names, words)
    effects = register.effects[register.effects["lever"] == lever] if lever else register.effects
    if len(effects):
        blocks.append(Heading(words.say("evidence.effects")))
    for key in effects["lever"].drop_duplicates():
        blocks += [] if lever else [Heading(names[key], level=3)]
        blocks.append(_effects(effects[effects["lever"] == key], words))
    numbers = register.numbers
    if lever:
        blocks += [Heading(words.say("evidence.numbers")), _numbers(numbers[numbers["lever"] == lever], words)]
    elif "weight" in numbers:
        blocks += [Heading(words.say("evidence.assumptions")), _numbers(numbers.head(MOST_NUMBERS), words)]
    if not lever:
        blocks.append(Paragraph(words.say("evidence.hint"), small=True))
    return Document(tuple(blocks))


def size_of(effect: Any, words: Any) -> str:
    """The size of an effect with its interval and unit."""
    if math.isnan(effect["value"]):
        return words.say("evidence.direction")
    unit = words.say(f"evidence.units.{effect['unit']}")
    size = f"{words.shortest(effect['value'])} {unit}".strip()
    if not effect["interval"]:
        return size
    span = {name: words.shortest(effect[name]) for name in ("low", "high")}
    return f"{size} ({words.say('evidence.interval' if effect['interval'] == '90' else 'evidence.range', **span)})"


def _levers(register: Register, names: dict[str, str], words: Any) -> list[Block]:
    header = tuple(words.say(f"evidence.{name}") for name in ("lever", "count", "firmest", "here", "its_numbers"))
    rows = []
    for row in register.levers.to_dict("records"):
        grades = [words.say(f"evidence.grades.{row[name]}") for name in ("firmest", "firmest_in_vietnam")]
        counts = words.say("evidence.counts", **{name: row[name] for name in STRENGTHS})
        rows.append((names[row["lever"]], words.number(row["effects"]), *grades, counts))
    own = register.levers[register.levers["lever"] != ""]
    bare, assumed = own[own["no_firm_study"]], own[own["mostly_assumed"] & ~own["no_firm_study"]]
    told = [
        Paragraph(words.say(f"evidence.{key}", levers="; ".join(names[lever].partition(" (")[0] for lever in some["lever"])), strong=True)
        for key, some in (("no_firm_study", bare), ("mostly_assumed", assumed))
        if len(some)
    ]
    return [Heading(words.say("evidence.levers")), Grid(header, tuple(rows)), *told]


def _effects(effects: Any, words: Any) -> Points:
    items = []
    for row in effects.to_dict("records"):
        told = [size_of(row, words), words.say(f"evidence.countries.{row['country']}"), words.say(f"evidence.designs.{row['design']}")]
        grade = f"{words.say('evidence.grade').lower()} {words.say('evidence.grades.' + row['grade'])}"
        items.append(f"{words.capital(row[words.lang])}: {', '.join([*told, grade])}. {row['source']}. <{row['address']}>")
    return Points(tuple(items))


def _numbers(numbers: Any, words: Any) -> Grid:
    weighed = "weight" in numbers
    header = [words.say(f"evidence.{name}") for name in ("number", *(["weight"] if weighed else []), "prior", "grade", "basis")]
    rows = []
    for row in numbers.to_dict("records"):
        low, middle, high = (words.shortest(float(f"{row[name]:.3g}")) for name in ("p05", "median", "p95"))
        prior = middle if low == high else words.say("to", median=middle, low=low, high=high)
        weight = [words.number(row["weight"], 2)] if weighed else []
        rows.append((row[words.lang], *weight, prior, words.say(f"evidence.grades.{row['strength']}"), row["basis"]))
    return Grid(tuple(header), tuple(rows))
