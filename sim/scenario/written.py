"""A scenario as a mapping with the keys of its file, and with parts of it changed as a file that extends it would."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sim.kit.plain_values import document_of
from sim.scenario.forms import ScenarioForm
from sim.scenario.merging import Merged, lay_over
from sim.scenario.read import read_merged
from sim.scenario.resolved import resolve
from sim.scenario.shape import Scenario

PARTS = tuple(ScenarioForm.model_fields)


def as_mapping(scenario: Scenario) -> dict[str, Any]:
    """What the scenario's file and its bases say, laid over one another, with what was changed since; scalars as texts.

    ``read_scenario(as_mapping(scenario), path=scenario.path)`` is the same scenario.
    """
    return deepcopy(_written(scenario).texts)


def change_parts(scenario: Scenario, parts: Mapping[str, Any]) -> Scenario:
    """The scenario that a file saying ``parts`` and extending the scenario's own would be; ``InputError`` with all faults."""
    merged = _written(scenario)
    lay_over(merged, document_of(parts, scenario.path))
    return read_merged(merged)


def _written(scenario: Scenario) -> Merged:
    """What was read, brought up to date; ValueError where the scenario holds more than a file can say."""
    if scenario.written is None:
        raise ValueError("the scenario was read from no file and no mapping")
    merged = deepcopy(scenario.written)
    read = read_merged(merged)
    now, then = _plain(scenario), _plain(read)
    changed = [key for key in now if now[key] != then[key]]
    for key in changed:
        merged.texts.pop(key, None)
        if now[key] is not None:
            lay_over(merged, document_of({key: now[key]}, scenario.path))
    if (read_merged(merged) if changed else read).resolved != resolve(scenario):
        raise ValueError("the scenario has been changed in more than a file can say")
    return merged


def _plain(scenario: Scenario) -> dict[str, Any]:
    """What :func:`sim.scenario.changing.change` changes by name, under the keys of a file."""
    return {
        "signed": str(scenario.signed),
        "period": f"{scenario.first_year}-{scenario.last_year}",
        "follow": f"{scenario.follow_years} years",
        "standard": scenario.standard,
        "delivery": scenario.delivery,
        "entitlements": scenario.entitlements,
        "runs": {**vars(scenario.runs), "only": list(scenario.runs.only)},
        "structure": vars(scenario.structure),
        "sample": {"one_for": scenario.one_for} if scenario.one_for > 1 else None,
        "parameters": dict(scenario.parameters),
    }
