"""One target in words: what it says, what it means in households, how likely each mix makes it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim.law.open import read_yaml
from sim.measures import catalogue, targets
from sim.report.document import Block, Heading, Paragraph, Points
from sim.report.honest import left_of_start, warnings
from sim.report.target_table import MONEY, counted, digits, target_table
from sim.report.words import Words, decimals_for
from sim.studies.frame import NO_POLICY
from sim.studies.judging import Judged, counts, outcome_of
from sim.studies.results import Results

RECORD = "record.yaml"
POOR = "official_poor"  # measures of what the record is about


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


def target_blocks(results: Results, number: int, judged: Sequence[Judged], words: Words, *, brief: bool = False) -> list[Block]:
    """Everything to say about one target; ``judged`` has one entry a mix, that of the plan first.

    ``brief``, for targets in a list that has told their chances: only the plan, its other reading and no plan, and no sentence
    on the chance.
    """
    first = judged[0]
    blocks: list[Block] = [Heading(words.text("target.title", number=number, text=say_target(results, first.target, words)))]
    blocks += [Paragraph(text, small=True) for text in _wording(first.target, words)]
    if not first.followed:
        return [*blocks, Paragraph(words.text("target.not_followed", year=first.target.year))]
    other = next((one for one in judged if one.mix == results.frame.other_reading(first.mix)), None)
    if brief:
        judged = [one for one in judged if one in (first, other) or one.mix == NO_POLICY]
    else:
        blocks.append(Paragraph(_verdict(results, judged, words), strong=True))
    blocks += [Paragraph(text) for text in (f"{_meaning(first, words)} {left_of_start(first, words)}".strip(),) if text]
    blocks += [target_table(results, judged, words)]
    blocks += [] if brief else [Paragraph(words.text("table.caption"), small=True)]
    extra = [_other_reading(results, first, other, words) if other else "", _difference(results, first, words)]
    extra += [_later(results, first, words), *_warnings(results, first, words)]
    extra = [text for text in extra if text]
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
    base = catalogue.describe(one.target.measure).of
    if math.isnan(one.households_allowed) or (not base and one.target.unit == "%"):
        return ""
    write = words.people if base == "people" else words.households
    text = words.text("target.means", start=write(one.start_households), allowed=write(one.households_allowed))
    if one.asks > 0 and one.target.measure.startswith(POOR):
        record = {name: entry["value"] for name, entry in read_yaml(catalogue.__file__.replace("catalogue.py", RECORD)).items()}
        rates = {"net": words.share(record["best_net_fall"]), "high": words.share(record["gross_exits_high"])}
        rates["low"] = words.number(record["gross_exits_low"] * 100.0)
        pace = words.text("target.asks_pace") if one.target.form == "fall_per_year" and one.target.years > 1 else ""
        text += " " + words.text("target.asks", share=words.share(one.asks), pace=pace, **rates)
    return text


def _other_reading(results: Results, one: Judged, other: Judged, words: Words) -> str:
    """What the other reading of delivery would change, run by run."""
    now, then = (words.probability(each.probability, each.mc_error) for each in (one, other))
    kind = "same" if now == then else "other" if _moves(results, one, other) else "unmoved"
    chance = words.text(f"target.chance_{kind}", other=then, own=now)
    facts = {"reading": words.text(f"target.{other.mix.partition('.')[2]}"), "chance": chance}
    if catalogue.describe(one.target.measure).of == "households":
        gap = counts(results, one.target, other.mix, one.target.year) - counts(results, one.target, one.mix, one.target.year)
        return words.text("target.reading_households", measure=counted(results, one.target, words), **_spread(gap, words), **facts)
    scale, unit = (1e-6, "million_dong") if one.target.unit == MONEY else (1.0, "")
    medians = {"other_median": other.median * scale, "own_median": one.median * scale}
    written = {name: words.number(value, 0 if unit else digits(one)) for name, value in medians.items()}
    same = written["other_median"] == written["own_median"]
    return words.text("target.reading_same_median" if same else "target.reading_medians", **written, **facts)


def _moves(results: Results, one: Judged, other: Judged) -> bool:
    """Whether runs that meet the target under one mix and miss it under the other are more than chance would have them."""
    own, others = (outcome_of(results, one.target, each.mix).met for each in (one, other))
    gained, lost = int(np.sum(others & ~own)), int(np.sum(own & ~others))
    return abs(gained - lost) > targets.NINETY * math.sqrt(gained + lost)


def _difference(results: Results, one: Judged, words: Words) -> str:
    """What the plan adds to no plan, run by run: the same luck under both."""
    target = one.target
    base = catalogue.describe(target.measure).of
    if one.mix == NO_POLICY or NO_POLICY not in results.frame.mixes or base != "households":
        return ""
    gap = counts(results, target, one.mix, target.year) - counts(results, target, NO_POLICY, target.year)
    return words.text("target.difference", measure=counted(results, target, words), year=target.year, **_spread(gap, words))


def _spread(gap: np.ndarray, words: Words) -> dict[str, str]:
    """A difference in households: its mean, as exact as the runs bear, and its 90 % band."""
    _, low, high = targets.band(gap)
    error = float(np.std(gap)) / math.sqrt(len(gap))
    mean = words.households(float(np.mean(gap)), min(decimals_for(2.0 * error), 1) if error else 0)
    return {"mean": mean, "low": words.number(low), "high": words.number(high)}


def _warnings(results: Results, one: Judged, words: Words) -> list[str]:
    """Where chance weighs more than what the target asks, or the runs are too few."""
    unit = "points" if one.target.unit == "%" else one.target.unit
    return warnings(results, one, lambda value: quantity(words, value, unit, max(decimals_for(value), 1)), words)


def _later(results: Results, one: Judged, words: Words) -> str:
    """The chance that the same change stands by the last year followed."""
    if len(one.met_by_year) < 2:
        return ""
    year, chance = one.met_by_year[-1]
    error = targets.error_of(chance, results.frame.replications)
    return words.text("target.later", year=year, probability=words.probability(chance, error))
