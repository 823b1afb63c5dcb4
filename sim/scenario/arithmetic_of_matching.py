"""Whether the matching money of a plan is what its rules ask."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.findings import Finding, Number, percent, word
from sim.scenario.plan_money import Envelope, Matching
from sim.scenario.shape import Scenario

MILLION = 1_000_000


def matching(scenario: Scenario) -> Iterator[Finding]:
    """Money that matches another source's is its share of that, and money that needs a match has it."""
    for envelope in scenario.money:
        if envelope.matches:
            beside = _beside(scenario, envelope, envelope.matches)
            asked = envelope.matches.share * beside
            facts = _facts(envelope, envelope.matches, beside, asked)
            if envelope.amount_dong < asked - 1:
                yield Finding("matching_short", envelope.reference, facts)
            elif envelope.amount_dong > asked + 1:
                yield Finding("matching_over", envelope.reference, {**facts, "unused": Number((envelope.amount_dong - asked) / MILLION)})
        if envelope.only_with:
            beside = _beside(scenario, envelope, envelope.only_with)
            asked = envelope.only_with.share * envelope.amount_dong
            if beside < asked - 1:
                facts = _facts(envelope, envelope.only_with, beside, asked)
                usable = Number(beside / envelope.only_with.share / MILLION)
                yield Finding("match_is_missing", envelope.reference, {**facts, "usable": usable})


def _beside(scenario: Scenario, envelope: Envelope, match: Matching) -> int:
    alike = (match.source, envelope.kind, envelope.year, envelope.place)
    mixes = [mix for mix in scenario.mixes if envelope.open_to(mix)]
    beside = [one for one in scenario.money if (one.source, one.kind, one.year, one.place) == alike]
    return sum(one.amount_dong for one in beside if all(one.open_to(mix) for mix in mixes))


def _facts(envelope: Envelope, match: Matching, beside: float, asked: float) -> dict[str, object]:
    return {
        "source": word(envelope.source),
        "other": word(match.source),
        "year": envelope.year,
        "amount": Number(envelope.amount_dong / MILLION),
        "beside": Number(beside / MILLION),
        "asked": Number(asked / MILLION),
        "share": percent(match.share),
    }
