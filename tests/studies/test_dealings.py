"""What a lever does for a commune reaches the commune, and no household by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.scenario.shape import Allocation, Envelope, Mix
from sim.studies.run import run
from tests.verification import small


def test_households_of_communes_reached_are_not_households_reached() -> None:
    scenario = replace(
        small.hoang_kim(),
        money=(Envelope("central", "recurrent", 2024, 300_000_000),),
        mixes={"plan": Mix("plan", {"communication": Allocation(share=1.0)}), "no_policy": Mix("no_policy")},
        targets=(),
        follow_years=1,
    )
    results = run(scenario, replications=4, threads=1)
    assert results.frame.commune_levers == ("communication",)
    reached = results.series("plan.as_planned", "communes_reached:communication")
    assert np.nanmax(reached) == 1.0
    assert results.series("plan.as_planned", "reached_households").sum() == 0
    assert results.series("plan.as_planned", "beneficiaries:communication").max() > 0
