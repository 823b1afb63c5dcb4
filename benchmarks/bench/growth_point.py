"""One point of growth: ``python -m bench.growth_point '{"households": ..., ...}'`` prints what it took as JSON (see ../growth.py)."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from bench.full import task
from bench.machine import peak_memory
from sim.dynamics import kernel
from sim.engine import Begun, Simulation
from sim.policies.discovery import discover
from sim.scenario.shape import Allocation, Mix, Scenario
from tests.oracle.world import LEVERS, MIX

SMALL_SHARE = 0.01  # of every envelope, for levers that the five leave something to
REPEATS = 20  # of the household stages, for threads


def begin(asked: dict[str, int]) -> Begun:
    """A start with as many mixes of as many levers, followed for as many years."""
    begun = task.begin(asked["households"], asked["replications"])
    all_levers = LEVERS | {key: Allocation(share=SMALL_SHARE) for key in discover() if key not in LEVERS}
    levers = dict(list(all_levers.items())[: asked["levers"]])
    mixes = {MIX if k == 0 else f"{MIX} {k}": Mix(f"{MIX} {k}", levers) for k in range(asked["mixes"])}
    plan: Scenario = begun.scenario
    begun.scenario = replace(plan, mixes=mixes, last_year=plan.first_year, follow_years=asked["years"] - 1)
    return begun


def live_years(begun: Begun) -> None:
    """All mixes to the end."""
    for simulation in Simulation.side_by_side(begun, list(begun.scenario.mixes), lambda _: None):
        simulation.run()


def live_in_threads(begun: Begun, threads: int) -> float:
    """Seconds of the clock of one quarter's household stages, communes shared out among threads."""
    s, h = begun.society, begun.society.households
    cuts = np.searchsorted(h.cell, np.arange(threads + 1) * len(s.communes) // threads)
    ranges = list(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))
    with ThreadPoolExecutor(threads) as pool:
        times = []
        for number in range(REPEATS):
            started = time.perf_counter()
            list(pool.map(lambda rows, n=number: kernel.live_quarter(h, s.communes, s.rates, s.world.record, 8000 + n, 1, rows), ranges))
            times.append(time.perf_counter() - started)
    return float(np.median(times))


def main() -> None:
    """Warm what is compiled, measure, tell."""
    asked = json.loads(sys.argv[1])
    live_years(begin({**asked, "households": 3000, "replications": 1, "years": 2}))
    cpu = time.process_time()
    begun = begin(asked)
    start = time.process_time() - cpu
    rows = asked["households"] * asked["replications"]
    if asked["threads"]:
        seconds, clock, quarters = live_in_threads(begun, asked["threads"]), "wall", rows
    else:
        cpu = time.process_time()
        live_years(begun)
        seconds, clock, quarters = time.process_time() - cpu, "CPU", rows * 4 * asked["years"] * asked["mixes"]
    told = {"seconds": round(seconds, 4), "clock": clock, "memory_mb": round(peak_memory(), 1), "start_seconds": round(start, 3)}
    print(json.dumps(told | {"seconds_per_unit": round(1e9 * seconds / quarters, 1)}))


if __name__ == "__main__":
    main()
