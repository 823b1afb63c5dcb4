"""How time and memory of a run grow with households, replications, mixes, levers, years and threads.

Run from the project's folder: ``python benchmarks/growth.py`` (some fifteen minutes on two cores), or with the names of what is to
vary, for these alone. Writes ``benchmarks/results/growth.csv`` and ``growth.png``: for each size the processor's and the clock's seconds
of the run alone (libraries read in and kernels compiled before), the least of two, and the peak memory (proportional set size) of its
processes. Sizes vary about the Hoàng Kim plan with 20 replications and 1 thread; many households live in districts of some 40,000, with
as much money for each as the plan has.
"""

from __future__ import annotations

import csv
import json
import platform
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.memory import watch
from bench.processors import cpu_seconds

HERE = Path(__file__).parent
SCENARIO = HERE.parent / "scenarios" / "hoang_kim_2024.yaml"
FILE = HERE / "results" / "growth.csv"
USUAL: dict[str, int] = {"households": 1_572, "replications": 20, "mixes": 2, "levers": 8, "years": 4, "threads": 1}
SIZES: dict[str, tuple[int, ...]] = {
    "households": (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000),
    "replications": (10, 20, 40, 80, 160),
    "mixes": (1, 2, 3, 4, 5),
    "levers": (1, 2, 4, 8),
    "years": (1, 2, 4, 8),
    "threads": (1, 2),
}
ALONGSIDE = {"households": {"replications": 1}, "threads": {"replications": 80}}  # else a batch would be too small or too large
BLUE, BROWN = "#1f5f8b", "#b5651d"
ROOM = 1.08  # of an axis beyond its highest mark
OF_A_DISTRICT = 40_000  # households
COLUMNS = ("varied", "size", "rows", "cpu_seconds", "seconds", "peak_mb", "ns_per_row_mix_quarter", "machine")


def plan(size: dict[str, int]) -> Any:
    """The Hoàng Kim plan with so many households, mixes, levers in its mix and years."""
    from sim.scenario.read import read_scenario
    from sim.scenario.resolved import resolve
    from sim.scenario.shape import NO_POLICY

    whole = read_scenario(SCENARIO)
    place, count = whole.places[0], max(1, round(size["households"] / OF_A_DISTRICT))
    larger = size["households"] / place.households
    counts = {name: round(getattr(place, name) * larger / count) for name in ("households", "poor", "near_poor")}
    places = tuple(replace(place, name=f"{place.name} {number}" if count > 1 else place.name, **counts) for number in range(count))
    money = tuple(replace(envelope.of_amount(round(envelope.amount_dong * larger)), settled=True) for envelope in whole.money)
    first = next(iter(whole.mixes.values()))
    levers = dict(list(first.levers.items())[: size["levers"]])
    mixes = {f"mix_{number}": replace(first, name=f"mix_{number}", levers=levers) for number in range(1, size["mixes"])}
    mixes[NO_POLICY] = whole.mixes[NO_POLICY]
    made = replace(
        whole, places=places, money=money, mixes=mixes, follow_years=size["years"] - 1, stated=(), targets=(),
    )  # fmt: skip
    return replace(made, resolved=resolve(made))


def measure(size: dict[str, int]) -> dict[str, float]:
    """The figures of one size; for a process of its own."""
    from sim.studies.run import run

    scenario = plan(size)
    run(scenario if size["households"] < 10_000 else plan({**size, "households": 1_572}), list(scenario.mixes), replications=1, threads=1)
    found = []
    for _ in range(2):
        clock, cpu, how = time.perf_counter(), cpu_seconds(), {"beside_no_policy": False, "processes": True}
        run(scenario, list(scenario.mixes), replications=size["replications"], threads=size["threads"], **how)
        found.append((cpu_seconds() - cpu, time.perf_counter() - clock))
    return {"cpu_seconds": min(cpu for cpu, _ in found), "seconds": min(clock for _, clock in found)}


def row(varied: str, at: int) -> dict[str, object]:
    """One line of the file."""
    size = {**USUAL, **ALONGSIDE.get(varied, {}), varied: at}
    command = [sys.executable, __file__, json.dumps(size)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parent)
    peak = watch(process) / 1e6
    found = json.loads(process.communicate()[0])
    rows = size["households"] * size["replications"]
    each = found["cpu_seconds"] / (rows * size["mixes"] * 4 * size["years"]) * 1e9
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    figures = (f"{found['cpu_seconds']:.2f}", f"{found['seconds']:.2f}", f"{peak:.0f}", f"{each:.0f}", machine)
    return dict(zip(COLUMNS, (varied, at, rows, *figures), strict=True))


def draw(rows: list[dict[str, object]]) -> None:
    """Seconds of the processor and memory by size, a panel for each thing that is varied."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 6.5), layout="constrained")
    for axes, varied in zip(figure.subplots(2, 3).flat, SIZES, strict=True):
        mine = [row for row in rows if row["varied"] == varied]
        sizes = [float(str(row["size"])) for row in mine]
        seconds = "seconds" if varied == "threads" else "cpu_seconds"
        axes.plot(sizes, [float(str(row[seconds])) for row in mine], "o-", color=BLUE)
        axes.set(xlabel=varied, xticks=sizes[1:] if varied == "replications" else sizes)
        axes.set_ylabel(f"{seconds.replace('_', ' ')} (circles)", color=BLUE)
        if varied == "households":
            axes.set(xscale="log", yscale="log", xticks=sizes, xticklabels=[_short(size) for size in sizes])
        else:
            axes.set_ylim(0, ROOM * axes.dataLim.ymax)
        memory = axes.twinx()
        memory.plot(sizes, [float(str(row["peak_mb"])) for row in mine], "s--", color=BROWN)
        memory.set_ylim(0, ROOM * memory.dataLim.ymax)
        memory.set_ylabel("peak MB (squares)", color=BROWN)
    figure.savefig(FILE.with_suffix(".png"), dpi=110, metadata={"Software": None})


def _short(size: float) -> str:
    """10k, 3M."""
    return f"{size / 1e6:.0f}M" if size >= 1e6 else f"{size / 1e3:.0f}k"


def main() -> None:
    """Measure one size (given as JSON) for the caller, or all and write them down."""
    if len(sys.argv) > 1 and sys.argv[1].startswith("{"):
        print(json.dumps(measure(json.loads(sys.argv[1]))))
        return
    asked = sys.argv[1:] or list(SIZES)
    before = list(csv.DictReader(FILE.open(encoding="utf-8"))) if FILE.exists() else []
    rows: list[dict[str, object]] = [dict(row) for row in before if row["varied"] not in asked]
    for varied in asked:
        for at in SIZES[varied]:
            rows.append(row(varied, at))
            print(*rows[-1].values(), flush=True)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    draw(rows)


if __name__ == "__main__":
    main()
