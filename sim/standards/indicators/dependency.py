"""Dependency: children, and elderly or disabled members who draw assistance."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="work", vi="Người phụ thuộc trong hộ gia đình", en="Dependants")
def dependency(dependants, members_counted, most_dependants_share):
    """More than the allowed share of the members depend on the others."""
    return dependants > most_dependants_share * members_counted
