"""What a target's verdict rests on: the assumptions that the scenario had to make for want of a figure in the plan."""

from __future__ import annotations

from collections.abc import Iterator

from sim.measures import catalogue
from sim.scenario.idle_money import may_buy
from sim.scenario.regions import places_of
from sim.scenario.shape import Place, Scenario
from sim.scenario.target import Target

Mark = tuple[str, ...]  # what is assumed, and for figures that several places share the reason, so that one reason counts once


def assumptions_behind(scenario: Scenario, target: Target) -> frozenset[Mark]:
    """The scenario's assumptions that a target hangs on under its first mix: the start, money, how it is split, the target itself.

    A target on one lever hangs on that lever's money alone. The model's own uncertain numbers are not counted.
    """
    marks = {mark for place in places_of(scenario, target.over or target.place) for mark in _of_start(place)}
    marks |= set(_of_money(scenario, catalogue.lever_of(target.measure)))
    return frozenset(marks | ({("target", target.name)} if target.assumption else set()))


def _of_start(place: Place) -> Iterator[Mark]:
    """Counts and facts of a place that are assumed."""
    if place.assumption:
        yield "place", place.assumption
    for what, sources in (("count", place.sources), ("fact", place.facts.sources)):
        for name, source in sources.items():
            if source.assumption:
                yield what, name, source.assumption


def _of_money(scenario: Scenario, lever: str) -> Iterator[Mark]:
    """Assumed amounts and shares of the first mix; of one lever if there is one."""
    mix = scenario.first_mix
    if mix is None:
        return
    for envelope in scenario.money:
        if envelope.assumption and envelope.open_to(mix) and (not lever or may_buy(envelope, lever)):
            yield "money", envelope.source, envelope.kind
    for name, allocation in scenario.mixes[mix].levers.items():
        if allocation.assumption and lever in ("", name):
            yield "lever", name
