"""A small plan for tests that need the whole simulation: one commune, every lever, three simulated years."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from sim.scenario.read import read_scenario
from sim.scenario.resolved import resolve
from sim.scenario.shape import Scenario

ROOT = Path(__file__).parent.parent


@cache
def small_plan(households: int = 300, poor: int = 24, near_poor: int = 30, follow_years: int = 2) -> Scenario:
    """The Hoàng Kim plan in a commune of so many households."""
    whole = read_scenario(ROOT / "scenarios" / "hoang_kim_2024.yaml")
    place = replace(whole.places[0], households=households, poor=poor, near_poor=near_poor)
    plan = replace(whole, places=(place,), follow_years=follow_years, stated=())
    return replace(plan, resolved=resolve(plan))
