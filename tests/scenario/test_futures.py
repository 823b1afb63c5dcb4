"""Futures of a scenario file, and those that come with the program."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sim.scenario.future import Future, Shock, shipped
from sim.scenario.known import known_parameters
from sim.scenario.read import read_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
WHOLE = """
futures:
  crop_failure:
    name: {vi: mất mùa, en: crop failure}
    shock: {year: first, quarters: [2, 3], loss: 20 %}
    money: {investment: 80 %}
    next_year: {recurrent: 50 %}
    late: 1
    delivery: as_planned
    parameters: {growth: 0.03, calf_price: {lognormal: [9, 0.2]}}
    times: {land_share: 0.8}
    structure: {trap: true}
    assumption: a test
"""


@pytest.fixture
def scenario(tmp_path: Path):
    def read(text: str):
        shutil.copytree(SCENARIOS / "base", tmp_path / "base", dirs_exist_ok=True)
        whole = (SCENARIOS / "hoang_kim_2024.yaml").read_text(encoding="utf-8")
        (tmp_path / "plan.yaml").write_text(whole + text, encoding="utf-8")
        return read_scenario(tmp_path / "plan.yaml")

    return read


def test_every_part_of_a_future_is_read(scenario) -> None:
    known = next(name for name in known_parameters() if name.endswith("_price"))
    found = scenario(WHOLE.replace("land_share", known)).futures["crop_failure"]
    assert found == Future(
        "crop_failure",
        {"vi": "mất mùa", "en": "crop failure"},
        parameters={"growth": 0.03, "calf_price": {"lognormal": [9, 0.2]}},
        times={known: 0.8},
        structure={"trap": True},
        delivery="as_planned",
        money={"investment": 0.8},
        next_year={"recurrent": 0.5},
        late=1,
        shock=Shock(0.2, "first", (2, 3)),
        assumption="a test",
    )


def test_a_shock_strikes_the_last_year_in_spring_unless_told_otherwise(scenario) -> None:
    found = scenario("futures:\n  storm: {name: {vi: bão, en: storm}, shock: {loss: 10 %}, assumption: a test}\n").futures["storm"]
    assert found.shock == Shock(0.1, "last", (2,))


def test_futures_are_part_of_what_a_manifest_holds(scenario) -> None:
    plan = scenario(WHOLE.replace("land_share", "calf_price"))
    assert json.loads(json.dumps(plan.resolved))["futures"]["crop_failure"]["shock"]["loss"] == 0.2
    assert read_scenario(SCENARIOS / "hoang_kim_2024.yaml").futures == {}


def test_the_program_has_the_futures_a_planner_fears() -> None:
    assert {"drought_year", "price_fall", "growth_low", "growth_high", "budget_cut", "late_money", "trap", "no_drift"} <= set(shipped())
    for future in shipped().values():
        assert future.reference or future.assumption
        assert set(future.parameters) | set(future.times) <= set(known_parameters())
        assert future.name["vi"] and future.name["en"] and future.name["vi"] != future.name["en"]
