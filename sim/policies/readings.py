"""The two readings of one mix: delivered as the scenario says, and the other way, under a name of its own.

``plan.as_planned`` is the mix ``plan`` delivered by its planned calendar whatever the scenario says; names of mixes in files
hold no dots, so such a name is free.
"""

from __future__ import annotations

from sim.policies.calendar import AS_DELIVERED, AS_PLANNED

READINGS = (AS_PLANNED, AS_DELIVERED)


def split(name: str) -> tuple[str, str]:
    """The mix of a name, and the reading it asks for: empty where that is the scenario's own."""
    mix, _, reading = name.partition(".")
    return mix, reading


def other(mix: str, delivery: str) -> str:
    """The name of ``mix`` under the reading that the scenario, with this ``delivery``, does not take."""
    return f"{mix}.{AS_DELIVERED if delivery == AS_PLANNED else AS_PLANNED}"
