"""A heifer handed over calves 12 to 24 months on, as it matures, and its calf goes to market a year later."""

from __future__ import annotations

import numpy as np

from sim.dynamics import capital
from sim.engine import Simulation
from sim.kit.calendar import Quarter
from tests.verification import small

STILL = {"animal_death": 0.0, "animal_sale": 0.0, "keep_calf": 0.0, "calves_per_cow_year": 0.0, "skill_from_coaching": 1.0, "restock": 0.0}


def test_the_first_calf_comes_as_the_heifer_matures() -> None:
    scenario = small.plan_of_levers(
        ["livelihood_models"],
        100_000.0,
        {"places": 1000},
        places=[small.place(livestock_share=0.0)],
        parameters=small.medians() | small.CERTAIN | STILL,
        signed=Quarter(2024, 1),
        delivery="as_planned",
        follow_years=4,
    )
    simulation = Simulation(small.start(scenario, 2), "plan")
    waited: list[int] = []
    for _ in range(16):
        h = simulation.households
        before = dict(zip(small.identity(h).tolist(), h.grown_animals.tolist(), strict=True))
        simulation.quarter()
        h = simulation.households
        grown_before = np.array([before.get(key, 0) for key in small.identity(h).tolist()])
        matured = (h.received[0] > 0) & (h.grown_animals > grown_before)
        newborn = capital.calves_of_age(h.calves[matured], 0)
        assert (newborn >= 1).all()  # who was coached for a year leaves no first calf to chance
        waited += (simulation.now.number - 1 - h.received[0][matured]).tolist()
    assert len(waited) > 50 and min(waited) >= 4 and max(waited) <= 8
