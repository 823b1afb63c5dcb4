"""What a plan says of the law, what it leaves unsaid, and how much of its money the scenario had to assume."""

from __future__ import annotations

from collections.abc import Iterator

from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.scenario.arithmetic_of_targets import bound, start_of, where
from sim.scenario.findings import Finding, Number, percent, word
from sim.scenario.shape import Scenario

MILLION = 1_000_000
CREDIT_FOR_ALL = "served_share:preferential_credit"


def against_the_law(scenario: Scenario) -> Iterator[Finding]:
    """A rule that the plan repeats is the law's of that year."""
    for stated in scenario.stated:
        if stated.what != "law" or stated.series not in Book.load():
            continue
        series = Book.load()[stated.series]
        value = series.on(Quarter(stated.at, 1)).value
        said, room = (stated.rate, stated.rate_rounding) if stated.rate is not None else (float(stated.count or 0), 0.0)
        if abs(value - said) > room + 1e-9:
            write = percent if stated.rate is not None else Number
            facts = {"series": stated.series, "at": stated.at, "said": write(said), "law": write(value)}
            yield Finding("against_the_law", stated.reference, facts)


def unsaid(scenario: Scenario) -> Iterator[Finding]:
    """What the scenario's writer found missing in the plan's text."""
    for one in scenario.unsaid:
        yield Finding("unsaid_at" if one.reference else "unsaid", one.reference, {"what": one.what})


def assumed_money(scenario: Scenario) -> Iterator[Finding]:
    """How much of the money of the plan's first mix the plan does not state."""
    mix = scenario.first_mix
    money = [envelope for envelope in scenario.money if mix and envelope.open_to(mix)]
    assumed = [envelope for envelope in money if envelope.assumption and not envelope.reference]
    if assumed:
        total, part = (sum(envelope.amount_dong for envelope in some) for some in (money, assumed))
        sources = dict.fromkeys(envelope.source for envelope in assumed)
        names = {lang: ", ".join(word(source)[lang] for source in sources) for lang in ("vi", "en")}
        facts = {"part": Number(part / MILLION), "total": Number(total / MILLION), "share": Number(100 * part / total, 0, " %")}
        yield Finding("money_assumed", "", {**facts, "sources": names})


def credit_for_all(scenario: Scenario) -> Iterator[Finding]:
    """Credit promised to all who need it, where the plan states how much, is enough for who may want a loan in a year."""
    for target in scenario.targets:
        loans = [one for one in scenario.money if one.kind == "credit" and one.year == target.by_year and one.reference]
        if target.measure != CREDIT_FOR_ALL or target.form != "cover" or not loans:
            continue
        listed = sum(start_of(scenario, standing, target.place) for standing in ("poor", "near_poor"))
        reached = sum(envelope.amount_dong for envelope in loans) / bound("mean_loan")
        wanting = bound("want_a_loan") * target.value * listed
        if reached < wanting:
            facts: dict[str, object] = {"target": target.says or target.name}
            facts |= {"amount": Number(sum(envelope.amount_dong for envelope in loans) / MILLION)}
            facts |= {"loan": Number(bound("mean_loan") / MILLION), "reached": Number(reached), "listed": Number(listed)}
            facts |= {"place": where(scenario, target.place), "at": target.by_year, "wanting": Number(wanting)}
            references = ", ".join(dict.fromkeys(text for text in (target.reference, *(one.reference for one in loans)) if text))
            yield Finding("credit_for_few", references, facts)
