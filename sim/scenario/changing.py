"""A scenario with some of it changed by name, as studies, notebooks and ``PovertyModel`` ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.kit.complaints import nearest
from sim.law.priors import Prior
from sim.scenario import known
from sim.scenario.resolved import resolve
from sim.scenario.shape import Scenario, Structure
from sim.scenario.written import PARTS, change_parts

RUNS = ("replications", "seed")
STRUCTURE = tuple(entry.name for entry in fields(Structure))
PLAIN = ("signed", "last_year", "follow_years", "standard", "delivery", "entitlements", "one_for")
DELIVERIES = ("as_delivered", "as_planned")


def change(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with each named thing changed, resolved anew; the scenario itself stays as it is.

    A name is one of ``signed`` (a Quarter or text such as "2024-01"), ``last_year``, ``follow_years``, ``standard``,
    ``delivery``, ``entitlements``, ``one_for``; ``replications``, ``seed``; a structural alternative given as a bool (``trap``,
    ``couplings``, ``list_pressure``, ``perfect_list``); a parameter, given as a number or a prior such as
    ``{"beta": [6, 7]}``; or another key of a scenario file (``mixes``, ``money``, ``targets``, ``places``, ...), which is laid over
    the scenario as a file is that extends it: mappings merge, a mix replaces the mix of its name whole, lists replace.
    TypeError for a name that is none of these, ValueError for a value that cannot be, InputError with all faults of keys of a file.
    """
    parts = {name: value for name, value in changes.items() if name in PARTS and name not in PLAIN}
    changed = change_parts(scenario, parts) if parts else scenario
    parameters = dict(changed.parameters)
    known_parameters = known.discover(changed.levers_folder).parameters
    for name, value in changes.items():
        if name in parts:
            continue
        if name in PLAIN:
            changed = replace(changed, **{name: _plain(name, value)})
        elif name in RUNS:
            numbers: dict[str, Any] = {name: _whole(name, value)}
            changed = replace(changed, runs=replace(changed.runs, **numbers))
        elif name in STRUCTURE and isinstance(value, bool):
            changed = replace(changed, structure=replace(changed.structure, **{name: value}))
        elif name in known_parameters:
            parameters[name] = value.item() if isinstance(value, np.generic) else value
            Prior.read(parameters[name])
        else:
            raise TypeError(_unknown(name, {*PLAIN, *RUNS, *STRUCTURE, *PARTS, *known_parameters}))
    changed = replace(changed, parameters=parameters)
    if changed.end_year < changed.first_year or changed.signed.year > changed.last_year:
        raise ValueError(f"the plan is signed in {changed.signed} and runs from {changed.first_year} to {changed.end_year}")
    return replace(changed, resolved=resolve(changed))


def _plain(name: str, value: Any) -> Any:
    """A field's value in its own type."""
    if name == "signed":
        return value if isinstance(value, Quarter) else Quarter.parse(str(value))
    if name in ("last_year", "follow_years"):
        return _whole(name, value)
    if name == "one_for":
        return max(_whole(name, value), 1)
    allowed = {"delivery": DELIVERIES, "standard": tuple(known.discover().standards), "entitlements": (True, False)}[name]
    if value not in allowed:
        raise ValueError(f"{name} is one of {', '.join(map(str, sorted(allowed)))}, not {value!r}")
    return value


def _whole(name: str, value: Any) -> int:
    """A whole number not below zero, also where NumPy made it."""
    if isinstance(value, bool) or int(value) != value or value < 0:
        raise ValueError(f"{name} is a whole number from 0, not {value!r}")
    return int(value)


def _unknown(name: str, names: set[str]) -> str:
    meant = nearest(name, names)
    return f"nothing in a scenario is called {name!r}" + (f"; did you mean {meant!r}?" if meant else "")
