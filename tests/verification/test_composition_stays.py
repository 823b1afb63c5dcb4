"""What no policy moves stays about where it starts: who does not work, who is undernourished, what the dwelling is to consumption."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents import members as m
from sim.agents.members import Work
from sim.engine import Simulation
from sim.kit.calendar import Quarter
from sim.society import Society
from tests.verification import small
from tests.verification.test_supports import lives

YEARS = 6
PLACE = small.place(households=5000, poor=800, near_poor=600)


def shares(h) -> dict[str, float]:
    """Of able adults at home those who do not work, and of children under five the undernourished."""
    words, age = h.members, m.get(h.members, "age")
    able = (words & 1 == 1) & (age >= 16) & (age < 65) & (m.get(words, "work") != Work.ABROAD)
    for hindrance in ("disability", "in_school"):
        able &= m.get(words, hindrance) == 0
    small_children = (words & 1 == 1) & (age < 5)
    return {
        "idle": float((m.get(words, "work")[able] == Work.NOT_WORKING).mean()),
        "thin": float(m.get(words, "undernourished")[small_children].mean()),
    }


@pytest.fixture(scope="module")
def society() -> Society:
    """Everything uncertain at its median, growth nil; nobody builds by own means."""
    still = small.medians() | {"growth": 0.0, "growth_yearly_sd": 0.0, "place_growth_sd": 0.0, "solid_part_cost": 1e8}
    return small.start(small.plan([PLACE], parameters=still)).society


def test_who_does_not_work_and_who_is_undernourished_stay_near_their_start() -> None:
    begun = small.start(small.plan([PLACE], parameters=small.medians() | {"growth": 0.0}, follow_years=YEARS))
    first = shares(begun.society.households)
    last = shares(small.run_years(begun, "no_policy").households)
    assert last["idle"] == pytest.approx(first["idle"], rel=0.25)
    assert last["thin"] == pytest.approx(first["thin"], rel=0.35)


def test_shares_of_work_stay_where_they_are() -> None:
    """Seven years on as many of the able are idle, in own work, in wage work or seek it as at the end of the first year, within a point.

    Jobs grow as the able do, by 0.3 % a year in this place, and nothing else grows.
    """
    still = small.medians() | {"growth": 0.0, "growth_yearly_sd": 0.0, "place_growth_sd": 0.0, "job_growth": 0.003}
    found: list[np.ndarray] = []

    def count(now: Simulation) -> None:
        h = now.households
        counted = (h.workers - h.wage_workers, h.wage_workers, h.unemployed, h.able - h.workers - h.unemployed)
        found.append(np.array([column.astype(np.int64).sum() for column in counted]) / h.able.astype(np.int64).sum())

    simulation = Simulation(small.start(small.plan([PLACE], parameters=still, follow_years=7), 4), "no_policy")
    simulation.yearly.append(count)
    simulation.run()
    assert np.abs(np.array(found)[:8] - found[0]).max() < 0.01


def test_a_roof_is_seen_by_the_score_and_raises_no_consumption(society: Society) -> None:
    """A solid house, a device, the internet: points of the form, and nothing that is lived on or that needs are ranked by."""
    now = Quarter(2024, 3)
    frail, solid = (lives(society, 1, solid_parts=parts, devices=parts // 3, internet=parts // 3) for parts in (0, 3))
    for name in ("lasting_income", "consumption", "savings", "own_income"):
        assert small.differing(frail.households, solid.households, [name]) == set(), name
    per_item = float(society.parameters["dwelling_in_score"][0]) * society.standard.score["slope"].value
    gained = solid.score(now) - frail.score(now)
    lacking = 5.0 - (frail.households.solid_parts + frail.households.devices + frail.households.internet).astype(float)
    short = 5.0 - (solid.households.solid_parts + solid.households.devices + solid.households.internet).astype(float)
    assert np.allclose(gained, per_item * (lacking - short), atol=1e-6)
    assert gained.mean() > 4 * per_item
