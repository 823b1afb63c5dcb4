"""Money that nothing in the plan's mix may buy with."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.findings import Finding, Number, word
from sim.scenario.known import program_levers
from sim.scenario.plan_money import Allocation, Envelope
from sim.scenario.shape import Scenario

MILLION = 1_000_000


def idle_money(scenario: Scenario) -> Iterator[Finding]:
    """Every envelope of the first mix may buy one of its levers, by the kind and source of the money and the law of the year."""
    mix = scenario.first_mix
    if mix is None:
        return
    levers = scenario.mixes[mix].levers
    for envelope in scenario.money:
        if envelope.open_to(mix) and envelope.amount_dong and not any(may_buy(envelope, lever, of) for lever, of in levers.items()):
            facts = {"source": word(envelope.source), "kind": word(envelope.kind), "year": envelope.year}
            yield Finding("money_idle", envelope.reference, {**facts, "amount": Number(envelope.amount_dong / MILLION)})


def may_buy(envelope: Envelope, lever: str, allocation: Allocation | None = None) -> bool:
    """Whether the money may buy a lever of the program; of a lever that somebody else wrote this is not known here."""
    facts = program_levers().get(lever)
    return facts is None or facts.may_use(envelope.kind, envelope.source, envelope.year, allocation.options if allocation else None)
