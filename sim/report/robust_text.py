"""Mixes over futures in words: who regrets least, which targets hold, and when they are missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sim.report.document import Block, Document, Grid, Heading, Paragraph, Points
from sim.report.opening import opening
from sim.report.study_words import StudyWords
from sim.report.target_text import say_target
from sim.studies.judging import ALL_TARGETS
from sim.studies.robustness import MET, WORST, Robust, is_as_good

MOST_COLUMNS = 3  # of mixes under their names; more are numbered


def robust_text(study: Robust, lang: str = "vi") -> Document:
    """The whole study in ``lang``: the answer, regret, targets, rules, and what the futures are."""
    words = StudyWords(lang)
    done = {"done": words.number(len(study.futures)), "asked": words.number(study.asked)}
    blocks = opening(study, words, "robust", stopped="robust.stopped", **done)
    blocks += [Paragraph(text, strong=number == 0) for number, text in enumerate(_answer(study, words))]
    blocks += _regret(study, words) + _targets(study, words) + _rules(study, words)
    return Document((*blocks, *_futures(study, words)))


def _answer(study: Robust, words: StudyWords) -> Iterator[str]:
    """The mix that is regretted least, and whether any other is as good."""
    every = study.rows("mixes_over_futures")
    best = [row for row in every if _is_best_everywhere(study, row.mix)]
    least = best[0] if best else min(every, key=lambda row: (row.max_regret, row.mean_regret))
    facts = {"mix": words.capital(words.mix(least.mix)), "futures": words.number(least.futures)}
    equal = [row.mix for row in best if row.mix != least.mix]
    if best:
        yield words.say("robust.best_everywhere", **facts, measure=words.measure(study.measure))
    else:
        worst = words.future(study.futures, least.worst_future)
        yield words.say("robust.least_regret", **facts, regret=words.mean_households(least.max_regret), future=worst)
    if equal:
        yield words.say("robust.as_good", mixes=words.together([words.mix(mix) for mix in equal]))


def _is_best_everywhere(study: Robust, mix: str) -> bool:
    """Whether the mix is nowhere told from the best."""
    return all(is_as_good(row) for row in study.rows("outcomes", mix=mix))


def _regret(study: Robust, words: StudyWords) -> list[Block]:
    """Households more than under the best mix, a row a future."""
    rows = []
    for future in study.futures:
        found = {row.mix: row for row in study.rows("outcomes", future=future)}
        best = next(row for row in found.values() if row.best)
        cells = [words.say("robust.best") if is_as_good(found[mix]) else words.mean(found[mix].regret, best.mean) for mix in study.mixes]
        rows.append((words.capital(words.future(study.futures, future)), words.mean(best.mean), *cells))
    level = study.rows("outcomes")[0].mean
    greatest = {row.mix: row.max_regret for row in study.rows("mixes_over_futures")}
    rows.append((words.say("robust.greatest"), "", *[words.mean(greatest[mix], level) for mix in study.mixes]))
    names = [words.capital(words.mix(mix)) for mix in study.mixes]
    numbers = [f"({number})" for number in range(1, len(names) + 1)]
    listed = words.together([f"{number} {name}" for number, name in zip(numbers, names, strict=True)])
    legend: list[Block] = [Paragraph(words.say("robust.numbered", mixes=listed))] if len(names) > MOST_COLUMNS else []
    header = (words.say("robust.future"), words.say("robust.under_best"), *(numbers if legend else names))
    caption = words.say("robust.regret_caption", measure=words.measure(study.measure), year=study.year)
    return [Heading(words.say("robust.regret")), *legend, Grid(header, tuple(rows)), Paragraph(caption, small=True)]


def _targets(study: Robust, words: StudyWords) -> list[Block]:
    """In what share of futures and runs each target is met."""
    rows, said = [], []
    for number, name, text in _numbered(study, words):
        row = study.rows("satisficing", mix=study.mix, target=name)[0]
        without = study.rows("satisficing", mix=study.mixes[-1], target=name)[0]
        said += [f"{number}. {text}"] if number else []
        where = words.share(row.least)
        where = where if row.least == row.share else f"{where} ({words.future(study.futures, row.least_in)})"
        even = words.say("robust.of", some=words.number(row.even_in), all=words.number(row.futures))
        rows.append((number or text, words.share(row.share), where, even, words.share(without.share)))
    if not rows:
        return []
    columns = ("target", "share", "least", "even", "without")
    header = [words.say(f"robust.{name}") for name in columns]
    title = words.say("robust.targets", mix=words.mix(study.mix))
    said_blocks: list[Block] = [Paragraph(text) for text in said]
    caption = Paragraph(words.say("robust.share_caption"), small=True)
    return [Heading(title), *said_blocks, Grid(tuple(header), tuple(rows)), caption]


def _numbered(study: Robust, words: StudyWords) -> Iterator[tuple[str, str, str]]:
    """Number, name and words of each target that was judged, all together last."""
    known = {row.target for row in study.rows("satisficing", mix=study.mix)}
    named: Any = study  # sentences on targets ask for the frame alone
    for number, target in enumerate([target for target in study.frame.targets if target.is_judged], start=1):
        if target.name in known:
            yield str(number), target.name, say_target(named, target, words)
    if ALL_TARGETS in known:
        yield "", ALL_TARGETS, words.say("robust.all_targets")


def _rules(study: Robust, words: StudyWords) -> list[Block]:
    """When targets are missed or met, and when most households are poor."""
    told: list[str] = []
    without_rule: dict[str, list[str]] = {"never_met": [], "always_met": [], "no_rule": []}
    for number, name, text in _numbered(study, words):
        label = words.say("robust.target_number", number=number) if number else text
        found = study.rows("rules", target=name)
        share = study.rows("satisficing", mix=study.mix, target=name)[0].share
        if found:
            told += [_rule(found, rule, label, words) for rule in dict.fromkeys(row.rule for row in found)]
        else:
            without_rule["never_met" if share == 0 else "always_met" if share == 1 else "no_rule"].append(number or text)
    worst = study.rows("rules", outcome=WORST)
    told += [_rule(worst, rule, "", words) for rule in dict.fromkeys(row.rule for row in worst)]
    told += [] if worst or not len(study.drivers) else [words.say("robust.no_rule_for_worst")]
    told += [words.say(f"robust.{key}", targets=words.together(names)) for key, names in without_rule.items() if names]
    title = Heading(words.say("robust.rules", mix=words.mix(study.mix)))
    return [title, Points(tuple(told)), Paragraph(words.say("robust.rules_caption"), small=True)] if told else []


def _rule(rows: Sequence[Any], rule: int, label: str, words: StudyWords) -> str:
    """One rule as a sentence."""
    own = [row for row in rows if row.rule == rule]
    when = words.together([condition(row, words) for row in own])
    shares = {name: words.share(getattr(own[0], name)) for name in ("share", "base", "coverage")}
    key = {WORST: "worst_when", MET: "met_when"}.get(own[0].outcome, "missed_when")
    return words.say(f"robust.{key}", target=label, when=when, **shares)


def condition(row: Any, words: StudyWords) -> str:
    """One condition in plain words."""
    return words.say(f"robust.drivers.{row.driver}.{row.side}", value=words.shortest(row.threshold))


def _futures(study: Robust, words: StudyWords) -> list[Block]:
    """What each future rests on."""
    lines = []
    for key, future in study.futures.items():
        why = "; ".join(part for part in (future.get("reference", ""), future.get("assumption", "")) if part)
        lines += [words.say("robust.rests_on", future=words.capital(words.future(study.futures, key)), why=why)] if why else []
    return [Heading(words.say("robust.futures")), Points(tuple(lines))] if lines else []
