"""What ``reach`` found, in words and tables: target by target, the answer first."""

from __future__ import annotations

import math
from typing import Any

from sim.measures.targets import error_of
from sim.report.document import Block, Document, Grid, Heading, Paragraph, Points
from sim.report.opening import opening
from sim.report.reach_reasons import reasons_of
from sim.report.study_words import StudyWords
from sim.report.target_text import quantity, say_target
from sim.report.words import decimals_for
from sim.studies.answer import ADDED, BY_MONEY, BY_PLAN, NO_AMOUNT, NO_NEED, REMEDIES, Reach
from sim.studies.judging import ALL_TARGETS

EVEN = 0.5
ASKS_NEARLY_ALL = 0.5  # share of the starting stock beyond every fall on record


def reach_text(study: Reach, lang: str = "vi") -> Document:
    """The whole answer in ``lang``."""
    words, frame = StudyWords(lang), study.frame
    blocks = opening(study, words, "reach", stopped="stopped_reach", mix=words.mix(study.mix))
    blocks.append(Paragraph(words.say("reach.money_is", money=words.money(study.total))))
    numbers = {target.name: number for number, target in enumerate(frame.targets, start=1)}
    for row in study.rows("targets"):
        named: Any = study  # sentences on targets ask for the frame alone
        target = next((target for target in frame.targets if target.name == row.name), None)
        said = "" if target is None else say_target(named, target, words)
        joint = row.name == ALL_TARGETS
        heading = words.say("reach.all_targets") if joint else words.say("reach.target", number=numbers[row.name], text=said)
        blocks += [Heading(heading), Paragraph(_answer(study, row, words), strong=True), Paragraph(_now(row, words))]
        blocks += [] if joint else [Points(tuple(_would_and_when(study, row, words)))]
        blocks += _money(study, row, words)
        if row.probability < EVEN:
            blocks += reasons_of(study, row, words)
    return Document(tuple(blocks))


def _answer(study: Reach, row: Any, words: StudyWords) -> str:
    """The one sentence: reachable, and by what; or not."""
    even = next(iter(study.rows("money", target=row.name, chance=EVEN)), None)
    now = words.probability(row.probability, row.mc_error)
    if even is None:
        return words.say("reach.unknown", probability=now)
    if even.status == NO_NEED:
        return words.say("reach.no_need", probability=words.probability(row.no_policy, row.no_policy_error))
    if even.status == BY_PLAN:
        return words.say("reach.by_plan", probability=now, money=words.money(even.money))
    if even.status == BY_MONEY:
        return words.say("reach.by_money", times=_times(even.factor, words), money=words.money(even.money))
    ladder = [found for remedy in REMEDIES[1:] for found in study.rows("reasons", target=row.name, remedy=remedy, how=ADDED)]
    if len(ladder) < len(REMEDIES) - 1:
        return words.say("reach.unknown", probability=now)
    reached = next((at for at, found in enumerate(ladder) if found.probability >= EVEN), None)
    if reached is None:
        best = max(ladder, key=lambda found: found.probability)
        return words.say("reach.unreachable", probability=words.probability(best.probability, best.mc_error))
    changes = [words.say(f"reach.{remedy}_in") for remedy in REMEDIES[: reached + 2]]
    return words.say("reach.by_change", changes=words.together(changes))


def _now(row: Any, words: StudyWords) -> str:
    """The plan as it is."""
    chances = {
        "probability": words.probability(row.probability, row.mc_error),
        "nothing": words.probability(row.no_policy, row.no_policy_error),
    }
    if math.isnan(row.shortfall_households_median):
        return words.say("reach.now_uncounted", **chances)
    write = words.people if row.missing_unit == "people" else words.households
    return words.say("reach.now", **chances, shortfall=write(row.shortfall_households_median))


def _would_and_when(study: Reach, row: Any, words: StudyWords) -> list[str]:
    """What would be reached with 50, 80 and 90 %, and by when the target stands."""
    digits = decimals_for(row.p95 - row.p05) if row.unit not in ("households", "people") else 0
    would = {f"v{chance}": quantity(words, getattr(row, f"would_{chance}"), row.unit, digits) for chance in (50, 80, 90)}
    notes = [words.say("reach.would", asked=quantity(words, row.value, row.unit), **would)]
    years = study.rows("years", target=row.name)
    if len(years) > 1:
        runs = study.frame.replications
        chances = [words.probability(one.probability, error_of(one.probability, runs)) for one in years]
        each = [words.say("reach.date", year=one.year, probability=chance) for one, chance in zip(years, chances, strict=True)]
        when = words.say("reach.a_date", year=row.date_50) if row.date_50 else words.say("reach.no_date", year=years[-1].year)
        notes.append(words.say("reach.dates", list=", ".join(each)) + " " + when)
    if row.asks >= ASKS_NEARLY_ALL:
        notes.append(words.say("reach.asks", share=words.share(row.asks)))
    return notes


def _money(study: Reach, row: Any, words: StudyWords) -> list[Block]:
    """Least money for 50, 80 and 90 %; where none does, what money without bound would spend."""
    found = study.rows("money", target=row.name)
    if not found:
        return []
    if all(one.status == NO_AMOUNT for one in found):
        return [Paragraph(_spends(study, row, words))]
    header = tuple(words.say(f"reach.{name}") for name in ("chance", "times", "money", "paid", "early"))
    if all(one.status == NO_NEED for one in found):
        return []
    return [Grid(header, tuple((words.share(one.chance), *_money_cells(one, words)) for one in found))]


def _money_cells(one: Any, words: StudyWords) -> tuple[str, ...]:
    if one.status in (NO_AMOUNT, NO_NEED):
        return (words.say("reach.no_amount" if one.status == NO_AMOUNT else "reach.none_needed"), "–", "–", "–")
    ends = [_times(factor, words) if math.isfinite(factor) else "∞" for factor in (one.factor, one.factor_low, one.factor_high)]
    times = ends[0] if len(set(ends)) == 1 else words.say("to", median=ends[0], low=ends[1], high=ends[2])
    return (times, *[words.millions(dong) for dong in (one.money, one.paid, one.paid_before_review)])


def _spends(study: Reach, row: Any, words: StudyWords) -> str:
    most = max(study.rows("tried", target=row.name), key=lambda one: one.factor)
    amounts = {"paid": words.money(most.paid), "early": words.money(most.paid_before_review)}
    refused = words.mean_households(most.refused_for_money)
    year = max(one.year for one in study.rows("targets"))
    return words.say("reach.spends", **amounts, refused=refused, year=year)


def _times(factor: float, words: StudyWords) -> str:
    """A factor with three digits that matter."""
    return words.number(factor, max(0, 2 - math.floor(math.log10(factor)))) if factor > 0 else "0"

