"""One target in words: what it says, what it means in households, how likely each mix makes it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from sim.law.open import read_yaml
from sim.measures import catalogue, targets
from sim.report.document import Block, Grid, Heading, Paragraph, Points
from sim.report.words import Words, decimals_for
from sim.studies.frame import NO_POLICY
from sim.studies.judging import Judged, counts
from sim.studies.results import Results

RECORD = "record.yaml"
COUNTS_FIRST_BELOW = 10_000  # households of a place in which single households show in the rate
FALLS = ("fall", "fall_per_year")
MONEY = "dong"
MILLION = 1_000_000


def quantity(words: Words, value: float, unit: str, decimals: int | None = None) -> str:
    """A figure of a target with its unit; a plan's own figure has no ``decimals`` prescribed."""
    if unit == "households":
        return words.households(value)
    if unit == "people":
        return words.people(value)
    if unit == MONEY:
        return words.money(value)
    number = words.shortest(value) if decimals is None else words.number(value, decimals)
    known = {"%": "percent", "points": "points", "points a year": "points_a_year"}
    return words.unit(known.get(unit, "count"), number)


def measure_name(results: Results, target: targets.Target, words: Words) -> str:
    """The measure with its group and place."""
    measure = catalogue.describe(target.measure, results.frame.labels)
    name = words.name({"vi": measure.vi, "en": measure.en}, target.measure)
    if target.group != "all":
        name = words.text("of_group", measure=name, group=words.name(catalogue.groups().get(target.group), target.group))
    return name if target.place == "all" else words.text("of_place", measure=name, place=words.place(target.place))


def say_target(results: Results, target: targets.Target, words: Words) -> str:
    """The target as one sentence."""
    form = f"level_{'more' if target.more_is_better else 'less'}" if target.form == "level" else target.form
    facts = {"measure": measure_name(results, target, words), "value": quantity(words, target.value, target.unit)}
    return words.text(f"forms.{form}", **facts, year=target.year, base_year=target.base_year)


def target_blocks(results: Results, number: int, judged: Sequence[Judged], words: Words) -> list[Block]:
    """Everything to say about one target; ``judged`` has one entry a mix."""
    target = judged[0].target
    blocks: list[Block] = [Heading(words.text("target.title", number=number, text=say_target(results, target, words)))]
    blocks += [Paragraph(text, small=True) for text in _wording(target, words)]
    if not judged[0].followed:
        return [*blocks, Paragraph(words.text("target.not_followed", year=target.year))]
    blocks.append(Paragraph(_verdict(results, judged, words), strong=True))
    blocks += [Paragraph(text) for text in (_meaning(judged[0], words),) if text]
    blocks += [_table(results, judged, words), Paragraph(words.text("table.caption"), small=True)]
    extra = [text for text in (_difference(results, judged[0], words), _later(judged[0], words)) if text]
    return blocks + ([Points(tuple(extra))] if extra else [])


def _wording(target: targets.Target, words: Words) -> list[str]:
    """What the plan writes, and how the measure differs from it."""
    texts = []
    if target.says:
        line = words.text("targets.line", reference=target.reference) if target.reference else ""
        texts.append(words.text("targets.says", says=words.name(target.says, ""), line=line).rstrip())
    texts += [words.text("targets.yardstick")] if target.yardstick else []
    return texts + ([words.text("targets.note", note=words.name(target.note, ""))] if target.note else [])


def _verdict(results: Results, judged: Sequence[Judged], words: Words) -> str:
    """The first mix's chance, and what no plan gives."""
    first, runs = judged[0], results.frame.replications
    bound = first.probability in (0.0, 1.0)
    facts = {
        "mix": words.mix(first.mix),
        "chance": words.chance(first.probability),
        "probability": words.probability(first.probability, first.mc_error),
        "met": words.number(round(first.probability * runs)),
        "replications": words.number(runs),
    }
    if not bound:
        facts["error"] = words.share(first.mc_error, decimals_for(first.mc_error * 100.0))
    text = words.text("target.verdict_bound" if bound else "target.verdict", **facts)
    nothing = next((one for one in judged if one.mix == NO_POLICY and one.mix != first.mix), None)
    if nothing is not None:
        text += " " + words.text("target.beside_nothing", probability=words.probability(nothing.probability, nothing.mc_error))
    return text


def _meaning(one: Judged, words: Words) -> str:
    """The target in households, and the share of the starting stock it asks beside the best on record."""
    if math.isnan(one.households_allowed):
        return ""
    base = catalogue.describe(one.target.measure).of
    write = words.people if base == "people" else words.households
    text = words.text("target.means", start=write(one.start_households), allowed=write(one.households_allowed))
    if one.asks > 0:
        record = {name: entry["value"] for name, entry in read_yaml(catalogue.__file__.replace("catalogue.py", RECORD)).items()}
        rates = {"net": words.share(record["best_net_fall"]), "high": words.share(record["gross_exits_high"])}
        rates["low"] = words.number(record["gross_exits_low"] * 100.0)
        pace = words.text("target.asks_pace") if one.target.form == "fall_per_year" and one.target.years > 1 else ""
        text += " " + words.text("target.asks", share=words.share(one.asks), pace=pace, **rates)
    return text


def _table(results: Results, judged: Sequence[Judged], words: Words) -> Grid:
    """A line a mix."""
    target = judged[0].target
    if target.unit == MONEY:
        return _money_table(judged, words)
    of = catalogue.describe(target.measure).of
    decimals = 0 if target.unit in ("households", "people") else None
    parts: list[tuple[str, Callable[[Judged], str]]] = [
        (_counted(results, target, words), lambda one: words.band(*one.end_households, 0)),
        (words.text(f"table.{_own_column(target)}"), lambda one: words.band(one.median, one.p05, one.p95, decimals)),
        (words.text(f"table.short_{of or 'households'}"), lambda one: words.number(one.shortfall_households_median)),
        (words.text("table.short_points"), lambda one: words.number(one.missing_median, decimals_for(one.p95 - one.p05))),
    ]
    if not of:
        parts = [parts[1], parts[3] if catalogue.describe(target.measure).unit == "%" else parts[2]]
    elif target.form == "cover":
        parts = parts[1:]
    elif _households(results) >= COUNTS_FIRST_BELOW:
        parts = [parts[1], parts[0], parts[3], parts[2]]
    parts.insert(0, (words.text("table.probability"), lambda one: words.probability(one.probability, one.mc_error)))
    rows = tuple((words.mix(one.mix), *[cell(one) for _, cell in parts]) for one in judged)
    return Grid((words.text("table.mix"), *[title for title, _ in parts]), rows)


def _money_table(judged: Sequence[Judged], words: Words) -> Grid:
    """A line a mix, amounts in million dong."""
    header = [words.text(f"table.{name}") for name in ("mix", "probability", "spent", "short_money")]
    rows = []
    for one in judged:
        spent = words.band(one.median / MILLION, one.p05 / MILLION, one.p95 / MILLION, 0)
        rows.append((words.mix(one.mix), words.probability(one.probability, one.mc_error), spent, words.millions(one.missing_median)))
    return Grid(tuple(header), tuple(rows))


def _own_column(target: targets.Target) -> str:
    """Title of the column in the target's own terms."""
    if target.form in FALLS:
        return "fall_per_year" if target.form == "fall_per_year" and target.years > 1 else "fall"
    return {"cover": "reached", "level": "level"}.get(target.form, "count")


def _households(results: Results) -> float:
    return float(np.median(results.at(results.frame.mixes[0], "households", results.frame.start_year)))


def _counted(results: Results, target: targets.Target, words: Words) -> str:
    """What the target's measure counts: poor households for the poverty rate."""
    counted = catalogue.describe(catalogue.describe(target.measure).counted_by or target.measure, results.frame.labels)
    return words.name({"vi": counted.vi, "en": counted.en}, target.measure)


def _difference(results: Results, one: Judged, words: Words) -> str:
    """What the plan adds to no plan, run by run: the same luck under both."""
    target = one.target
    base = catalogue.describe(target.measure).of
    if one.mix == NO_POLICY or NO_POLICY not in results.frame.mixes or base != "households":
        return ""
    gap = counts(results, target, one.mix, target.year) - counts(results, target, NO_POLICY, target.year)
    _, low, high = targets.band(gap)
    error = float(np.std(gap)) / math.sqrt(len(gap))
    mean = words.households(float(np.mean(gap)), decimals_for(2.0 * error) if error else 0)
    facts = {"mean": mean, "low": words.number(low), "high": words.number(high)}
    return words.text("target.difference", measure=_counted(results, target, words), year=target.year, **facts)


def _later(one: Judged, words: Words) -> str:
    """The chance that the same change stands by the last year followed."""
    if len(one.met_by_year) < 2:
        return ""
    year, chance = one.met_by_year[-1]
    return words.text("target.later", year=year, probability=words.share(chance))
