"""A comparison of mixes in words and tables."""

from __future__ import annotations

from typing import Any

from sim.measures import catalogue
from sim.report.document import Block, Document, Grid, Heading, Paragraph, Points
from sim.report.opening import opening
from sim.report.study_words import StudyWords
from sim.report.target_text import say_target
from sim.report.words import decimals_for
from sim.studies.comparison import ALL_TARGETS, GROUP, KEPT_OUT, MEASURE, TARGET, Comparison

PERCENT = 100.0
COUNTS = ("households", "people")
POOR = "official_poor_households"
SHOWN = ("poor", "near_poor", "not_listed", "absent")
FEW = 0.05  # households of a run, in the mean, below which none are told
GROUP_COLUMNS = (("official_poor_rate", "rate"), ("true_poor_rate", "true_rate"), ("fgt1", "gap"))
GAP = "fgt1"  # 0 to 1; shown in points of a hundred
OWN_LABELS = {GAP: "gap", "consumption_per_head_mean": "consumption"}  # labels with the unit shown


def compare_text(study: Comparison, lang: str = "vi") -> Document:
    """The whole comparison in ``lang``: targets, then each mix beside the reference, then equity."""
    words = StudyWords(lang)
    against = words.option(study.against, study.names)
    blocks = opening(study, words, "compare", asked=words.number(study.asked))
    blocks.append(Paragraph(words.say("compare.against", against=against)))
    blocks += _targets(study, words)
    for mix in study.mixes:
        blocks += _mix(study, mix, words)
    return Document(tuple(blocks + _equity(study, words)))


def _targets(study: Comparison, words: StudyWords) -> list[Block]:
    """A line a target and mix."""
    rows, said = [], []
    named: Any = study  # sentences on targets ask for the frame alone
    for number, target in enumerate([target for target in study.frame.targets if target.is_judged], start=1):
        found = [(mix, study.one("differences", mix=mix, kind=TARGET, name=target.name)) for mix in study.mixes]
        if any(row is not None for _, row in found):
            said.append(f"{number}. {say_target(named, target, words)}")
        rows += [_target_row(f"{number}. {words.option(mix, study.names)}", row, words) for mix, row in found if row is not None]
    for mix in study.mixes:
        row = study.one("differences", mix=mix, kind=TARGET, name=ALL_TARGETS)
        if row is not None:
            rows.append(_target_row(f"{words.say('compare.all_targets')}, {words.option(mix, study.names)}", row, words))
    if not rows:
        return []
    header = [words.say(f"compare.{name}") for name in ("target_and_mix", "probability", "probability_against", "difference", "better")]
    caption = Paragraph(words.say("compare.caption"), small=True)
    return [Heading(words.say("compare.targets")), *[Paragraph(text) for text in said], Grid(tuple(header), tuple(rows)), caption]


def _target_row(label: str, row: Any, words: StudyWords) -> tuple[str, ...]:
    chances = (words.probability(row.probability, row.mc_error), words.probability(row.probability_against, row.mc_error_against))
    gap = "" if row.name == ALL_TARGETS else _difference(row, words)
    return (label, *chances, gap, words.share(row.better))


def _difference(row: Any, words: StudyWords) -> str:
    """A paired difference, in the unit of its measure; whole households and people."""
    scale = PERCENT if row.measure == GAP else 1e-6 if row.unit == "dong" else 1.0
    return words.span(row.median * scale, row.low * scale, row.high * scale, 0 if row.unit in COUNTS else None)


def _mean(row: Any, words: StudyWords) -> str:
    """The mean of a paired difference with its confidence interval."""
    scale = PERCENT if row.measure == GAP else 1.0
    return words.span(row.mean * scale, row.mean_low * scale, row.mean_high * scale)


def _mix(study: Comparison, mix: str, words: StudyWords) -> list[Block]:
    """One mix beside the reference."""
    names = {"mix": words.option(mix, study.names), "against": words.option(study.against, study.names)}
    years = [year for year in study.years if study.rows("differences", mix=mix, kind=MEASURE, year=year)]
    measures = list(dict.fromkeys((row.name, row.summed) for row in study.rows("differences", mix=mix, kind=MEASURE)))
    rows = []
    for name, summed in measures:
        found = [study.one("differences", mix=mix, kind=MEASURE, name=name, year=year) for year in years]
        cells = [cell for row in found for cell in ((_difference(row, words), words.share(row.better)) if row is not None else ("–", "–"))]
        rows.append((_label(study, name, summed, words), *cells))
    titles = [words.say(f"compare.{name}", year=year) for year in years for name in ("in_year", "better_in_year")]
    blocks: list[Block] = [Heading(words.say("compare.mix", **names)), Grid((words.say("compare.measure"), *titles), tuple(rows))]
    notes = [_worth(study, mix, year, words) for year in years[:1]] + _moves(study, mix, words) + _costs(study, mix, words)
    blocks.append(Points(tuple(note for note in notes if note)))
    return blocks + _table(study, mix, names, words)


def _label(study: Comparison, measure: str, summed: bool, words: StudyWords) -> str:
    if measure in OWN_LABELS:
        return words.say(f"compare.{OWN_LABELS[measure]}")
    described = catalogue.describe(measure, study.frame.labels)
    name = words.name({"vi": described.vi, "en": described.en}, measure)
    return words.say("compare.summed", measure=name) if summed else name


def _worth(study: Comparison, mix: str, year: int, words: StudyWords) -> str:
    """The mean with its error, and what pairing is worth."""
    row = study.one("differences", mix=mix, kind=MEASURE, name=POOR, year=year)
    if row is None or not row.variance_ratio > 0:
        return words.say("compare.mean_same", year=year)
    decimals = decimals_for(2.0 * row.error)
    figures = {"mean": words.number(row.mean, decimals), "error": words.number(row.error, decimals_for(row.error))}
    return words.say("compare.mean_seen", **figures, year=year, times=words.number(1.0 / row.variance_ratio))


def _moves(study: Comparison, mix: str, words: StudyWords) -> list[str]:
    """How many households are poor under one of them and not under the other."""
    table = _transitions(study, mix)
    if not len(table):
        return [words.say("compare.not_followed")]
    notes = []
    for year in study.years:
        one = table[table["year"] == year]
        there, here = one["without"] == "poor", one["with"] == "poor"
        counts = {"lifted": one[there & ~here]["households"].sum(), "pushed": one[~there & here]["households"].sum()}
        notes.append(words.say("compare.moved", year=year, **{name: words.mean_households(count) for name, count in counts.items()}))
    return notes


def _transitions(study: Comparison, mix: str) -> Any:
    table = study.transitions
    return table[table["mix"] == mix] if len(table) else table


def _costs(study: Comparison, mix: str, words: StudyWords) -> list[str]:
    """Money for each household gained: grants, and with loans where there are any."""
    notes = []
    for row in study.costs[study.costs["mix"] == mix].itertuples(index=False):
        gain = words.say(f"compare.{row.gain}", year=row.year)
        if row.gain != KEPT_OUT and row.year != study.years[0]:
            continue
        loans = row.money != "grants"
        if not row.defined:
            low, high = (words.mean(value) for value in (row.households_low, row.households_high))
            notes += [] if loans else [words.say("compare.cost_none", gain=gain, low=low, high=high)]
            continue
        households = words.mean_households(row.households)
        if row.cost <= 0:
            notes += [] if loans else [words.say("compare.cost_free", gain=gain, households=households)]
            continue
        money = {name: words.money(value) for name, value in (("cost", row.cost), ("low", row.cost_low), ("high", row.cost_high))}
        notes.append(words.say("compare.cost_loans" if loans else "compare.cost_grants", gain=gain, households=households, **money))
    return notes


def _table(study: Comparison, mix: str, names: dict[str, str], words: StudyWords) -> list[Block]:
    """Standings under one and the other, at the end of the plan."""
    table = _transitions(study, mix)
    year = study.frame.last_planned_year
    if not len(table):
        return []
    found = {(row.without, row[4]): row.households for row in table[table["year"] == year].itertuples(index=False)}
    shown = [name for name in SHOWN if any(found.get(pair, 0.0) >= FEW for other in SHOWN for pair in ((name, other), (other, name)))]
    rows = [(words.say(f"compare.{name}"), *[words.mean(found.get((name, to), 0.0)) for to in shown]) for name in shown]
    title = Paragraph(words.say("compare.transitions", year=year, **names))
    return [title, Grid(("", *[words.say(f"compare.{name}") for name in shown]), tuple(rows))]


def _equity(study: Comparison, words: StudyWords) -> list[Block]:
    """What each group gains in the last year."""
    year, rows = study.years[-1], []
    groups = dict.fromkeys(row.group for mix in study.mixes for row in study.rows("differences", mix=mix, kind=GROUP, year=year))
    for group in groups:
        named = {"remote": {"vi": words.say("compare.remote"), "en": words.say("compare.remote")}, **catalogue.groups()}
        label = words.name(named.get(group), group)
        for mix in study.mixes:
            found = {row.name: row for row in study.rows("differences", mix=mix, kind=GROUP, year=year, group=group)}
            cells = [_mean(found[name], words) if name in found else "–" for name, _ in GROUP_COLUMNS]
            rows.append((f"{label} · {words.option(mix, study.names)}", *cells))
    header = (words.say("compare.group_and_mix"), *[words.say(f"compare.{title}") for _, title in GROUP_COLUMNS])
    if not rows:
        return []
    return [Heading(words.say("compare.equity", year=year)), Grid(header, tuple(rows)), Paragraph(words.say("compare.in_mean"), small=True)]
