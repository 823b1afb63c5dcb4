"""A scenario as plain data, whole and in one order: what the hash of a run and its manifest stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from sim.kit.calendar import Quarter
from sim.law.posterior import Posterior
from sim.population.roster_file import Roster
from sim.scenario.shape import Runs, Scenario

_LEFT_OUT = ("path", "resolved", "levers_folder", "written")  # where and how it is written changes no result


def resolve(scenario: Scenario) -> dict[str, Any]:
    """The scenario as JSON-able data; equal for equal scenarios, wherever their files lie."""
    return {entry.name: _plain(getattr(scenario, entry.name)) for entry in fields(scenario) if entry.name not in _LEFT_OUT}


def with_runs(scenario: Scenario, replications: int | None = None, seed: int | None = None) -> Scenario:
    """The scenario with other replications or seed, resolved anew."""
    runs = Runs(
        scenario.runs.replications if replications is None else replications,
        scenario.runs.seed if seed is None else seed,
        scenario.runs.only,
    )
    changed = replace(scenario, runs=runs)
    return replace(changed, resolved=resolve(changed))


def _plain(value: Any) -> Any:
    if isinstance(value, Roster):
        return {"households": len(value), "digest": value.digest}
    if isinstance(value, Posterior):
        return value.plain()
    if isinstance(value, (Quarter, Path)):
        return str(value)
    if is_dataclass(value):
        return {entry.name: _plain(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in sorted(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
