"""A number that is lost stops the run, and the error says which variable, of which household, in which quarter."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.codebook import HOUSEHOLD_COLUMNS
from sim.checks import ModelFault
from sim.engine import Begun, Simulation
from tests.verification import small

FLOATS = [column.name for column in HOUSEHOLD_COLUMNS if column.dtype == np.float32]
ROW = 700


@pytest.fixture(scope="module")
def begun() -> Begun:
    """Two replications of a small commune."""
    return small.start(small.plan(follow_years=0), 2)


def run_with(begun: Begun, column: str, value: float, when: str) -> str:
    """The error of a run in which one household's number is lost in a quarter."""
    simulation = Simulation(begun, "no_policy")

    def lose(now: Simulation) -> None:
        if str(now.now) == when:
            now.households[column][..., ROW] = value

    simulation.quarterly.append(lose)
    with pytest.raises(ModelFault) as fault:
        simulation.run()
    return str(fault.value)


@pytest.mark.parametrize("column", FLOATS)
def test_every_column_is_watched(begun: Begun, column: str) -> None:
    """NaN in any column of numbers, in the last quarter: the message names column, household, replication and quarter."""
    h = begun.society.households
    message = run_with(begun, column, np.nan, "2024 Q4")
    assert column in message
    assert f"household {h.origin[ROW]}.{h.branch[ROW]} of replication {h.replication[ROW]}" in message
    assert "2024 Q4" in message


@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e30])
def test_infinite_and_absurd_numbers_too(begun: Begun, value: float) -> None:
    """An infinite or absurdly large amount is caught the same way."""
    assert "capital" in run_with(begun, "capital", value, "2024 Q4")


@pytest.mark.parametrize("column", ["land", "capital", "persistent_shock", "ability"])
def test_a_number_lost_early_is_found_in_the_same_year(begun: Begun, column: str) -> None:
    """NaN that a household carries from the first quarter on neither crashes the program nor stays hidden."""
    message = run_with(begun, column, np.nan, "2024 Q1")
    assert "nan" in message
    assert f"household {begun.society.households.origin[ROW]}.0 of replication 1" in message
    assert "2024" in message
