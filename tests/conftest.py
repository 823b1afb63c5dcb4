"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The first example may load compiled functions, and a busy machine may pause: how long one takes says nothing.
settings.register_profile("thoatngheo", deadline=None)
settings.load_profile("thoatngheo")


@pytest.fixture(scope="session")
def compared():
    """Mixes of a made-up plan side by side, to be told and drawn."""
    from sim.studies.compare import compare
    from tests.studies.fake_engine import FakeSimulation, scenario

    return compare(scenario(households=300, poor=30, replications=10), threads=1, engine=FakeSimulation)


@pytest.fixture(scope="session")
def asked():
    """What a planted plan would take."""
    from sim.studies.reach import reach
    from tests.studies.planted import PlantedSimulation, planted

    return reach(planted(), threads=1, engine=PlantedSimulation)


@pytest.fixture(scope="session")
def divided():
    """What the levers of a planted plan bring."""
    from sim.studies.contributions import contributions
    from tests.studies.planted_levers import LeverSimulation, planted_levers

    return contributions(planted_levers(), threads=1, engine=LeverSimulation)


@pytest.fixture(scope="session")
def best():
    """The best division of a planted plan's money."""
    from sim.studies.best_mix import best_mix
    from tests.studies.planted_levers import CostSimulation, planted_costs

    return best_mix(planted_costs(), evaluations=40, threads=1, engine=CostSimulation)


@pytest.fixture(scope="session")
def front():
    """The front of two aims of the same plan."""
    from sim.studies.best_mix import best_mix
    from tests.studies.planted_levers import CostSimulation, planted_costs

    return best_mix(planted_costs(), aims=("escaped", "poverty_gap"), evaluations=40, threads=1, engine=CostSimulation)
