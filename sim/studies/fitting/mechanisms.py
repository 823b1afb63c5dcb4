"""The trials of levers that are made inside the model, and the poor upland commune that they are made in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.kit.calendar import Quarter
from sim.law.open import read_yaml
from sim.policies.discovery import discover
from sim.scenario.read import read_scenario
from sim.scenario.shape import NO_POLICY, Allocation, Envelope, Mix, Scenario, Structure

HERE = Path(__file__).parent
YEARS, FIRST = 5, 2024
MONEY = 200_000_000_000  # enough for every eligible household, dong


def known_trials() -> Mapping[str, Any]:
    """The trials of ``mechanisms.yaml`` by name."""
    found: Mapping[str, Any] = read_yaml(HERE / "mechanisms.yaml")["trials"]
    return found


def untried() -> list[str]:
    """Levers without a published effect to try."""
    return [str(lever) for lever in read_yaml(HERE / "mechanisms.yaml")["untried"]]


def scenario(entry: Mapping[str, Any]) -> Scenario:
    """A poor upland commune with money for every eligible household in January, and nothing that households do to one another."""
    facts = dict(read_yaml(HERE / "mechanisms.yaml")["population"]) | dict(entry.get("population") or {})
    known = read_scenario(HERE / "provinces.yaml")
    counts = {name: int(facts.pop(name)) for name in ("households", "poor", "near_poor")}
    place = known.places[0]
    place = replace(place, name="trial", facts=replace(place.facts, **facts), income_of=None)
    place = replace(place, households=counts["households"], poor=counts["poor"], near_poor=counts["near_poor"])
    lever = discover()[entry["lever"]]
    options: dict[str, Any] = {"places": counts["households"]} if "places" in lever.file.options else {}
    options |= dict(entry.get("options") or {})
    kind: Any = "credit" if lever.file.kinds == ("credit",) else lever.file.kinds[0]
    last = FIRST + int(entry.get("supported", 1)) - 1
    certain = {} if entry.get("among") == "offered" else {lever.file.take_up: 1.0} if lever.file.take_up else {}
    return replace(
        known,
        key="trial",
        places=(place,),
        targets=(),
        mixes={"plan": Mix("plan", {entry["lever"]: Allocation(share=1.0, options=options)}), NO_POLICY: Mix(NO_POLICY)},
        money=tuple(Envelope("bank" if kind == "credit" else "central", kind, year, MONEY) for year in range(FIRST, last + 1)),
        parameters=certain | dict(entry.get("parameters") or {}),
        signed=Quarter(FIRST, 1),
        first_year=FIRST,
        last_year=last,
        follow_years=YEARS,
        standard="vn_2022",
        delivery="as_planned",
        structure=Structure(couplings=False, list_pressure=False),
    )
