"""A trial of the breeding-cow project inside the model: the same households, in the same luck, with and without the animal.

Run from the project's folder: ``python benchmarks/animal_trial.py [REPLICATIONS]`` (48 unless said otherwise; about a minute). Writes
``benchmarks/results/animal_trial.csv``: by arm and year, the difference in consumption and income per head of the households served, in
percent of what they have without it, its median and 90 % band over replications, which differ in parameters and luck. Trials abroad
gave the animal and a stipend for nothing; the arm ``given`` is nearest to them.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.engine import Simulation
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.scenario.read import read_scenario
from sim.scenario.shape import NO_POLICY, Allocation, Envelope, Mix, Scenario, Structure

HERE = Path(__file__).parent
FILE = HERE / "results" / "animal_trial.csv"
YEARS, SEED, LEVER = 5, 1, "livelihood_models"
UPLAND: dict[str, Any] = {
    "income_per_head": 2000.0,
    "minority_share": 0.8,
    "urban_share": 0.0,
    "farm_labour_share": 0.7,
    "livestock_share": 0.4,
}
# The price of the animal alone, below every cap.
GIVEN = {"livelihood_household_share": 0.0, "cow_project_cost": 18_000.0, "cow_project_cost_spread": 0.0}
ARMS = {
    "project": ({}, True),
    "project without coaching": ({}, False),
    "given": (GIVEN, True),
    "given without coaching": (GIVEN, False),
}


def scenario(parameters: dict[str, float], coaching: bool) -> Scenario:
    """A poor upland commune with money for every eligible household in January."""
    known = read_scenario(HERE.parent / "scenarios" / "hoang_kim_2024.yaml")
    place = known.places[0]
    place = replace(place, households=1000, poor=250, near_poor=150, facts=replace(place.facts, **UPLAND))
    mixes = {"plan": Mix("plan", {LEVER: Allocation(share=1.0, options={"places": 1000, "coaching": coaching})}), NO_POLICY: Mix(NO_POLICY)}
    return replace(
        known,
        places=(place,),
        targets=(),
        mixes=mixes,
        money=(Envelope("central", "recurrent", 2024, 100_000_000_000),),
        parameters={"livelihood_take_up": 1.0} | parameters,
        signed=Quarter(2024, 1),
        delivery="as_planned",
        structure=Structure(couplings=False, list_pressure=False),
        follow_years=YEARS,
    )


def number(h: Table) -> np.ndarray:
    """One number a household: replication, origin and branch."""
    return (h.replication.astype(np.int64) << 48) | (h.origin.astype(np.int64) << 16) | h.branch.astype(np.int64)


def effects(parameters: dict[str, float], coaching: bool, replications: int) -> list[dict[str, np.ndarray]]:
    """For each year, by replication: percent more of consumption and income among those served, and the share of them with an animal."""
    begun = Simulation.start(scenario(parameters, coaching), range(replications), SEED)
    one, other = Simulation(begun, "plan"), Simulation(begun, NO_POLICY)
    years = []
    for _ in range(YEARS):
        sums = np.zeros((2, 2, replications))
        for _ in range(4):
            one.quarter()
            other.quarter()
            with_it, without = one.households, other.households
            _, a, b = np.intersect1d(number(with_it), number(without), return_indices=True)
            served = with_it.received[0][a] > 0
            a, b = a[served], b[served]
            for side, (h, rows) in enumerate(((with_it, a), (without, b))):
                for what, column in enumerate(("consumption", "income_per_head")):
                    sums[what, side] += np.bincount(h.replication[rows], weights=h[column][rows], minlength=replications)
        kept = with_it.young_animals[a].astype(int) + with_it.grown_animals[a] > 0
        of = with_it.replication[a]
        owners = np.bincount(of, weights=kept, minlength=replications) / np.bincount(of, minlength=replications)
        consumption, income = 100.0 * (sums[:, 0] / sums[:, 1] - 1.0)
        years.append({"consumption": consumption, "income": income, "with an animal": 100.0 * owners})
    return years


def main(replications: int) -> None:
    """Run and write the file."""
    rows = []
    for arm, (parameters, coaching) in ARMS.items():
        for year, measured in enumerate(effects(parameters, coaching, replications), start=1):
            for what, values in measured.items():
                low, middle, high = np.nanquantile(values, [0.05, 0.5, 0.95])
                rows.append([arm, year, what, *(f"{value:.2f}" for value in (low, middle, high, np.nanmean(values)))])
    with FILE.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["arm", "year", "percent", "low", "median", "high", "mean"], *rows])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 48)
