"""The whole country: 28 million households, five years, quarterly, all eighteen levers, reviewed by commune.

``python benchmarks/country.py`` runs ``scenarios/country_28m.yaml`` as it stands; ``--households 1000000`` takes every so many-th
district; ``--mixes plan no_policy`` runs others than the plan alone. What it took is printed and kept in
``benchmarks/results/country.csv`` and ``country.json``: seconds of the synthesis, seconds a quarter of one mix (reviews, all levers,
turns of the year and measures included, averaged over the years), the processors' time of both, and the peak memory of all processes
together (proportional set size, so that what they share counts once).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.memory import watch
from bench.processors import cpu_seconds

HERE = Path(__file__).parent
SCENARIO = HERE.parent / "scenarios" / "country_28m.yaml"
FILE = HERE / "results" / "country.csv"
TIMES = "THOATNGHEO_BENCHMARK_TIMES"  # the file to which every start of a piece adds its seconds


def plan(households: int | None) -> Any:
    """The scenario, or every so many-th of its places with their share of the money."""
    from sim.scenario.read import read_scenario
    from sim.scenario.resolved import resolve

    whole = read_scenario(SCENARIO)
    if households is None or households >= whole.households:
        return whole
    places = whole.places[:: max(1, round(whole.households / households))]
    share = sum(place.households for place in places) / whole.households
    money = tuple(envelope.of_amount(int(envelope.amount_dong * share)) for envelope in whole.money)
    part = replace(whole, key=f"country_{len(places)}_districts", places=places, money=money, stated=(), targets=())
    return replace(part, resolved=resolve(part))


def run_here(households: int | None, out: Path, threads: int | None, mixes: list[str]) -> dict[str, Any]:
    """Run it as the command does, and what it took; for a process of its own."""
    from sim.cli.frugal import collect_seldom, keep_freed_memory
    from sim.cli.progress import Bar
    from sim.cli.sizes import refuse_too_large, say_size
    from sim.engine import Begun, Simulation
    from sim.studies.executors import threads_to_use
    from sim.studies.run_into import run_into
    from sim.studies.size import size_of

    class Timed(Simulation):
        """The simulation, with a note of how long each start took."""

        @staticmethod
        def start(*arguments: Any, **more: Any) -> Begun:
            clock, cpu = time.perf_counter(), time.process_time()
            begun = Simulation.start(*arguments, **more)
            with Path(os.environ[TIMES]).open("a", encoding="ascii") as file:
                file.write(f"{time.perf_counter() - clock:.4f} {time.process_time() - cpu:.4f}\n")
            return begun

        @staticmethod
        def own_growth(*arguments: Any) -> Any:
            clock, cpu = time.perf_counter(), time.process_time()
            found = Simulation.own_growth(*arguments)
            before.extend((time.perf_counter() - clock, time.process_time() - cpu))
            return found

    collect_seldom()
    keep_freed_memory()
    before: list[float] = []
    scenario = plan(households)
    size = size_of(scenario, threads=threads, mixes=mixes)
    print(say_size(size, "en"), flush=True)
    refuse_too_large(size, "en")
    marks: list[float] = []
    clock, cpu = time.perf_counter(), cpu_seconds()
    with Bar("", quiet=False) as bar:

        def advance(done: int, total: int) -> None:
            bar.advance(done, total)
            marks.append(time.perf_counter())

        how: dict[str, Any] = {"beside_no_policy": False, "processes": True, "progress": advance}
        results = run_into(scenario, out, engine=Timed, threads=threads, mixes=mixes, **how)
    end, cpu = time.perf_counter(), cpu_seconds() - cpu
    workers = threads_to_use(threads)
    starts = [tuple(map(float, line.split())) for line in Path(os.environ[TIMES]).read_text(encoding="ascii").splitlines()]
    synthesis = sum(wall for wall, _ in starts) / min(workers, len(starts)) + before[0]
    synthesis_cpu = sum(used for _, used in starts) + before[1]
    quarters = 4 * (scenario.end_year - scenario.first_year + 1) * len(results.frame.mixes)
    return {
        "households": scenario.households, "places": len(scenario.places), "pieces": len(starts), "levers": len(results.frame.levers),
        "mixes": len(results.frame.mixes), "years": scenario.end_year - scenario.first_year + 1, "workers": workers,
        "synthesis_seconds": synthesis, "seconds_a_quarter": (marks[-1] - clock - synthesis) / quarters,
        "synthesis_cpu_us_a_row": synthesis_cpu / scenario.households * 1e6,
        "cpu_ns_a_row_and_quarter": (cpu - synthesis_cpu) / scenario.households / quarters * 1e9,
        "simulation_seconds": marks[-1] - clock, "joining_and_writing_seconds": end - marks[-1], "forecast_mb": size.memory / 1e6,
        "forecast_seconds": size.seconds, "poor_rate_at_end": float(results.series(results.frame.leading, "official_poor_rate")[0, -1]),
    }  # fmt: skip


def measure(households: int | None, threads: int | None, mixes: list[str]) -> dict[str, Any]:
    """Run it in a process of its own, with an eye on its memory."""
    folder = Path(tempfile.mkdtemp(prefix="country"))
    command = [sys.executable, __file__, "--here", str(folder), *(["--households", str(households)] if households else [])]
    command += ["--mixes", *mixes]
    command += ["--threads", str(threads)] if threads else []
    load, clock = os.getloadavg()[0], time.perf_counter()
    environment = {**os.environ, TIMES: str(folder / "starts"), "PYTHONPATH": str(HERE.parent)}
    try:
        process = subprocess.Popen(command, env=environment)
        peak = watch(process)
        if process.returncode:
            sys.exit(process.returncode)
        found = json.loads((folder / "found.json").read_text(encoding="ascii"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        **found, "whole_seconds": time.perf_counter() - clock, "cpu_seconds": cpu_seconds(), "peak_mb": peak / 1e6,
        "load_at_start": load, "when": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
    }  # fmt: skip


def keep(found: dict[str, Any]) -> None:
    """Put the figures beside those of other sizes; the machine and versions beside the last."""
    from sim.studies.manifest import versions

    found = {name: round(value, 3) if isinstance(value, float) else value for name, value in found.items()}
    rows = list(csv.DictReader(FILE.open(encoding="utf-8"))) if FILE.exists() else []
    rows = [row for row in rows if row["households"] != str(found["households"])] + [found]
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found), lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: int(row["households"])))
    about = {"machine": platform.machine(), "system": platform.platform(), "python": platform.python_version(), "versions": versions()}
    FILE.with_suffix(".json").write_text(json.dumps({**about, "last": found}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and measure, or be the process that is measured."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--households", type=int, help="about how many, of all provinces; without it all 28 million")
    asked.add_argument("--threads", type=int, help="workers; without it all processors")
    asked.add_argument("--mixes", nargs="+", default=["plan"], help="the plan alone unless others are named")
    asked.add_argument("--here", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.here:
        found = run_here(given.households, given.here / "out", given.threads, given.mixes)
        (given.here / "found.json").write_text(json.dumps(found), encoding="ascii")
        return
    found = measure(given.households, given.threads, given.mixes)
    keep(found)
    for name, value in found.items():
        print(f"{name:30} {value:,.2f}" if isinstance(value, float) else f"{name:30} {value}")


if __name__ == "__main__":
    main()
