"""The engine against the oracle (tests/oracle): equal histories of every household, every quarter, every dong."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.agents.codebook import Coping, Shock, Standing
from sim.engine import Simulation
from sim.policies.lever import Outcome
from tests.oracle import engine_side
from tests.oracle.compare import differences, run_uncompiled, seen
from tests.oracle.world import CASES, FACTS, LEVERS, scenario

BOTH_SIDES = {"world.py", "people.py", "engine_side.py", "run.py", "compare.py"}  # of the oracle's folder, not the model in it
TOLD_AGAIN = ("sim.society", "sim.engine", "sim.start", "sim.population", "sim.dynamics.kernel", "sim.dynamics.member_stages",
              "sim.dynamics.tally_stages", "sim.dynamics.herd_stages", "sim.dynamics.earning_stages", "sim.dynamics.cash_stages",
              "sim.dynamics.living_stages", "sim.dynamics.quarter_stages", "sim.dynamics.households_come_and_go",
              "sim.dynamics.world", "sim.dynamics.upkeep", "sim.dynamics.applying",
              "sim.dynamics.rates", "sim.standards.review", "sim.standards.lists", "sim.standards.rules", "sim.standards.indicators",
              "sim.policies.programme", "sim.policies.offers", "sim.policies.delivery", "sim.policies.calendar", "sim.policies.money",
              "sim.policies.appropriation", "sim.policies.applicants", "sim.policies.groups", "sim.policies.mix", "sim.policies.effects")


def test_the_oracle_takes_only_rules_draws_and_data_from_the_program():
    """It imports no stage, no table and no vectorised step; of the family's file two scalar rules."""
    imported = set()
    for path in (Path(__file__).parent / "oracle").glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text())) if path.name not in BOTH_SIDES else ()
        imported |= {f"{node.module}.{name.name}" for node in nodes if isinstance(node, ast.ImportFrom) for name in node.names}
    assert [name for name in imported if name.startswith(TOLD_AGAIN)] == []
    of_family = {name.rpartition(".")[2] for name in imported if "dynamics.family" in name}
    assert of_family == {"insured_next", "yearly_death"}


@pytest.mark.parametrize("case", CASES)
def test_engine_and_oracle_tell_the_same_history(case, tmp_path):
    """Three made-up communes, five levers, one to three years; with and without couplings, as planned and as delivered."""
    start = CASES[case]()
    assert differences(engine_side.history(engine_side.begin(start)), run_uncompiled("oracle", start, tmp_path)) == []


def test_the_same_from_a_start_of_the_program(tmp_path):
    """A synthesised population with its own lists and memory, in place of made-up households."""
    plan = scenario(50, 2024)
    places = tuple(replace(place, poor=12, near_poor=9, facts=FACTS, assumption="made up") for place in plan.places)
    alike = {"minority_growth_gap": 0.0, "remote_growth_gap": 0.0}  # all places grow at one rate (see population/uneven.py)
    begun = Simulation.start(replace(plan, places=places, parameters={**plan.parameters, **alike}), range(3, 5), 21)
    assert differences(engine_side.history(begun), run_uncompiled("oracle", engine_side.start_of(begun), tmp_path)) == []


def test_the_made_up_communes_meet_what_the_model_knows():
    """Equal histories say little about what never happens: every outcome, blow and way of coping must occur."""
    history = engine_side.history(engine_side.begin(CASES["eventful"]()))
    outcomes = seen(history, "outcome")
    for slot, lever in enumerate(LEVERS):
        missing = {Outcome.SERVED, Outcome.DECLINED, Outcome.NO_MONEY, Outcome.CONDITION} - set(outcomes[slot].tolist())
        assert not missing, (lever, missing)
    assert {Outcome.CANNOT_PAY_SHARE, Outcome.NO_CAPACITY, Outcome.UNDER_CONTRACT, Outcome.LAPSED} <= set(outcomes.ravel().tolist())
    for flags, column in ((Shock, "shocks"), (Shock, "recent_shocks"), (Coping, "coping")):
        bits = np.bitwise_or.reduce(seen(history, column))
        assert [flag.name for flag in flags if not bits & flag] == []
    assert set(seen(history, "reviewed").tolist()) == set(Standing)
    first, last = history["2023Q1/h/origin"], history["2025Q4/h/origin"]
    founded = (history["2025Q4/h/branch"] > 0).sum()
    assert founded > 0 and len(last) - founded < len(first)  # some came, some went
    assert (seen(history, "others") > history["2023Q1/h/others"].max()).any()  # somebody was born into a full house
