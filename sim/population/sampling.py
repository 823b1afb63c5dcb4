"""A sample: one agent stands for several households. Counts of places become counts of agents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

COUNTS = ("households", "poor", "near_poor")


def sampled(places: Sequence[Any], one_for: int) -> tuple[Any, ...]:
    """The places with their counts in agents that each stand for ``one_for`` households.

    Running sums are rounded, not counts, and districts stand together in them: so each count of a place, of a district
    and of the whole is within one agent of exact, and the whole as near as can be. A place never has more listed agents
    than agents.
    """
    if one_for == 1:
        return tuple(places)
    order = sorted(range(len(places)), key=lambda number: _district_of(places, number))
    counts = {name: _rounded([getattr(places[number], name) for number in order], one_for) for name in COUNTS}
    agents: list[Any] = list(places)
    for at, number in enumerate(order):
        own = {name: counts[name][at] for name in COUNTS}
        own["poor"] = min(own["poor"], own["households"])
        own["near_poor"] = min(own["near_poor"], own["households"] - own["poor"])
        agents[number] = replace(places[number], **own)
    return tuple(agents)


def _district_of(places: Sequence[Any], number: int) -> int:
    """Where the first place of the same district stands."""
    district = places[number].district
    return next((other for other in range(number) if district and places[other].district == district), number)


def _rounded(counts: Sequence[int], one_for: int) -> list[int]:
    """Counts over ``one_for`` such that every running sum is the nearest whole number, halves up."""
    agents, before, total = [], 0, 0
    for count in counts:
        total += count
        now = (2 * total + one_for) // (2 * one_for)
        agents.append(now - before)
        before = now
    return agents
