"""What each lever earns, in words and tables: households first, then targets, then pairs."""

from __future__ import annotations

import math
from typing import Any

from sim.report.document import Block, Document, Grid, Heading, Paragraph, Points
from sim.report.opening import opening
from sim.report.study_words import StudyWords
from sim.report.target_text import quantity
from sim.report.words import decimals_for
from sim.studies.contributed import Contributions, is_nothing, is_seen
from sim.studies.judging import ALL_TARGETS
from sim.studies.outcomes import CHANCE, ESCAPED, HOUSEHOLDS, TARGET

POINTS = 100.0
MOST_PAIRS = 6
MOST_DIGITS = 2  # of a rate, however narrow its interval
LEAST_TOLD = 0.01  # of the greatest in a sentence: what is less is next to nothing


def contributions_text(study: Contributions, lang: str = "vi") -> Document:
    """The whole study in ``lang``."""
    words = StudyWords(lang)
    blocks = opening(study, words, "contributions", mix=words.mix(study.mix), asked=words.number(study.asked))
    run = words.number(len(study.coalitions[["levers", "growth"]].drop_duplicates()))
    how = "contributions.sampled" if study.orders else "contributions.exact"
    blocks.append(Paragraph(words.say(how, coalitions=run, **({"orders": study.orders} if study.orders else {}))))
    blocks.append(Paragraph(words.say("contributions.money_rule")))
    return Document((*blocks, *_households(study, words), *_targets(study, words), *_pairs(study, words)))


def _households(study: Contributions, words: StudyWords) -> list[Block]:
    """Two tables that share their rows: households by count, and what was paid for them."""
    columns = study.columns()
    totals = [study.one("totals", kind=HOUSEHOLDS, name=name, year=year) for _, name, year in columns]
    gains = [(words.capital(words.say("contributions.rest")), *[words.mean(one.rest) for one in totals])]
    money = []
    for player in study.by_weight():
        found = [study.one("contributions", kind=HOUSEHOLDS, name=name, year=year, player=player) for _, name, year in columns]
        name = words.capital(words.player(study.frame, player))
        gains.append((name, *[_gain(row, words) for row in found]))
        if player in study.levers:
            money.append((name, *_paid(found[0], words), *[_per_billion(row, words) for row in found if row.more_is_better]))
    gains.append((words.capital(words.say("contributions.all")), *[words.mean(one.with_all) for one in totals]))
    header = [words.say(f"contributions.{key}", year=year) for key, _, year in columns]
    paid = [words.say(f"contributions.{name}", year=study.frame.last_planned_year) for name in ("grants", "loans")]
    first = words.say("contributions.player")
    blocks: list[Block] = [Heading(words.say("contributions.households")), Grid((first, *header), tuple(gains))]
    blocks.append(Paragraph(words.say("contributions.households_caption"), small=True))
    gained = [title for title, total in zip(header, totals, strict=True) if total.more_is_better]
    blocks += [Heading(words.say("contributions.per_money")), Grid((first, *paid, *gained), tuple(money))]
    return [*blocks, Paragraph(words.say("contributions.money_caption"), small=True)]


def _gain(row: Any, words: StudyWords) -> str:
    return "0" if is_nothing(row) else words.span(row.mean, row.mean_low, row.mean_high)


def _paid(row: Any, words: StudyWords) -> tuple[str, str]:
    return words.millions(row.grants), words.millions(row.loans)


def _per_billion(row: Any, words: StudyWords) -> str:
    if math.isnan(row.per_billion):
        return "–"
    return "0" if is_nothing(row) else words.span(row.per_billion, row.per_billion_low, row.per_billion_high)


def _targets(study: Contributions, words: StudyWords) -> list[Block]:
    """A line a target: both ends, and who brings it from one to the other."""
    numbers = {target.name: number for number, target in enumerate(study.frame.targets, start=1)}
    named = {target.name: target for target in study.frame.targets}
    blocks: list[Block] = []
    for total in study.rows("totals", kind=TARGET):
        digits = min(max(decimals_for(2.0 * total.error), 1), MOST_DIGITS) if total.unit not in ("households", "people", "dong") else None
        ends = {name: quantity(words, value, total.unit, digits) for name, value in (("rest", total.rest), ("all", total.with_all))}
        text = words.say("contributions.target", number=numbers[total.name], text=words.name_of(study.frame, named[total.name]), **ends)
        blocks += [Paragraph(text), Points(tuple(_of_target(study, total, words)))]
    joint = study.one("totals", kind=CHANCE, name=ALL_TARGETS)
    if joint is not None:
        blocks += [Paragraph(words.say("contributions.all_targets")), Points((_chance(study, joint, words),))]
    return [Heading(words.say("contributions.targets")), *blocks] if blocks else []


def _of_target(study: Contributions, total: Any, words: StudyWords) -> list[str]:
    rows = study.rows("contributions", kind=TARGET, name=total.name)
    if all(is_nothing(row) for row in rows):
        return [words.say("contributions.nothing")]
    chance = study.one("totals", kind=CHANCE, name=total.name)
    scale = 1e-6 if total.unit == "dong" else 1.0
    return [words.say("contributions.parts", parts=_parts(study, rows, scale, words)), _chance(study, chance, words)]


def _chance(study: Contributions, total: Any, words: StudyWords) -> str:
    rows = study.rows("contributions", kind=CHANCE, name=total.name)
    ends = {"rest": words.share(total.rest), "all": words.share(total.with_all)}
    if all(is_nothing(row) for row in rows):
        return words.say("contributions.chance_same", **{"all": ends["all"]})
    return words.say("contributions.chance", **ends, parts=_parts(study, rows, POINTS, words))


def _parts(study: Contributions, rows: list[Any], scale: float, words: StudyWords) -> str:
    """Those that can be told from zero, the greatest first."""
    greatest = max(abs(row.mean) for row in rows)
    seen = sorted([row for row in rows if is_seen(row) and abs(row.mean) >= LEAST_TOLD * greatest], key=lambda row: -abs(row.mean))
    if not seen:
        return words.say("contributions.none_seen")
    texts = []
    for row in seen:
        gain = words.span(row.mean * scale, row.mean_low * scale, row.mean_high * scale)
        texts.append(words.say("contributions.part", player=words.player(study.frame, row.player), gain=gain))
    return "; ".join(texts + ([words.say("contributions.unseen")] if len(seen) < len(rows) else []))


def _pairs(study: Contributions, words: StudyWords) -> list[Block]:
    """Pairs that help each other or overlap, by households escaped."""
    year = study.frame.last_planned_year
    rows = study.rows("interactions", kind=HOUSEHOLDS, name=ESCAPED, year=year)
    if not rows:
        return []
    seen = sorted([row for row in rows if row.mean_low > 0.0 or row.mean_high < 0.0], key=lambda row: -abs(row.mean))[:MOST_PAIRS]
    items = []
    for row in seen:
        names = {"player": words.capital(words.player(study.frame, row.player)), "other": words.player(study.frame, row.other)}
        gain = words.span(row.mean, row.mean_low, row.mean_high)
        items.append(words.say("contributions.pair_more" if row.mean > 0 else "contributions.pair_less", **names, gain=gain, year=year))
    body: list[Block] = [Points(tuple(items))] if items else [Paragraph(words.say("contributions.no_pair"))]
    note = [Paragraph(words.say("contributions.pairs_among"), small=True)] if rows[0].others_there else []
    return [Heading(words.say("contributions.pairs")), *body, *note]
