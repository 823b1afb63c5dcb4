"""Without policy, a population like Ninh Thuận's in 2022 has flows between lists that are not grossly unlike those on record.

On record (report 320/BC-UBND of 28 November 2022): of about 14,400 poor households 24.0 % left the poor list, 12.7 % to near-poor and
11.3 % off the lists; of about 13,100 near-poor 39.6 % left upward and 0.6 % fell; new poor between 0 and 150 of some 157,000 unlisted.
``benchmarks/ninh_thuan_flows.py`` sets the whole table beside a full run.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.ninh_thuan_flows import SCENARIO, shares
from sim.scenario.read import read_scenario
from sim.studies.run import run


@pytest.fixture(scope="module")
def flows() -> dict[str, float]:
    """Median share of each flow in 2022, percent, over six replications of a fifth of the population."""
    scenario = read_scenario(SCENARIO)
    scenario = replace(scenario, places=scenario.places[:4], follow_years=0)
    return {name: float(sorted(values)[3]) for name, values in shares(run(scenario, ["no_policy"], replications=6), 2022).items()}


def test_exits_of_the_poor(flows: dict[str, float]) -> None:
    """Between 12 and 40 % of poor households leave the poor list in the year."""
    assert 12.0 <= flows["poor to near-poor"] + flows["poor to no list"] <= 40.0


def test_exits_of_the_near_poor(flows: dict[str, float]) -> None:
    """Between 20 and 60 % of near-poor households leave upward."""
    assert 20.0 <= flows["near-poor to no list"] <= 60.0


def test_new_poor(flows: dict[str, float]) -> None:
    """Fewer than 1 % of unlisted households are found poor."""
    assert 0.0 < flows["new poor of the unlisted"] < 1.0
