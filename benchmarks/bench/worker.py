"""A peer's process: ``python -m bench.worker MODULE ARGUMENT QUARTERS``; for each line ``SEED`` on standard input one measured run.

It answers with a line of JSON: CPU and wall seconds of the steps alone (making the model is not counted; short runs are repeated
with a new model each), how often it ran, the peak of memory, and the summary of the last run. CPU seconds are the process's own,
all threads together, so that what else the machine does counts little.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
import time
from typing import Any

from bench.machine import peak_memory

LONG_ENOUGH = 0.3  # seconds of CPU below which a run is repeated
MOST_RUNS = 20


def run(module: Any, argument: int | str, quarters: int, seed: int) -> tuple[float, float, Any]:
    """One run: CPU seconds, wall seconds, and the model at its end."""
    model = module.Model(argument, seed)
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(quarters):
        model.step()
    return time.process_time() - cpu, time.perf_counter() - wall, model


def measure(module: Any, argument: int | str, quarters: int, seed: int) -> dict[str, Any]:
    """As many runs as it takes to be long enough: seconds of one."""
    task = importlib.import_module(module.__name__.rpartition(".")[0] + ".task")
    cpu, wall, runs = 0.0, 0.0, 0
    while cpu < LONG_ENOUGH and runs < MOST_RUNS:
        one_cpu, one_wall, model = run(module, argument, quarters, seed)
        cpu, wall, runs = cpu + one_cpu, wall + one_wall, runs + 1
    return {"cpu": cpu / runs, "wall": wall / runs, "runs": runs, "peak_mb": peak_memory(), "summary": task.summary(model.final())}


def main() -> None:
    """Answer until the input ends."""
    name, argument, quarters = sys.argv[1:]
    module, answers = importlib.import_module(name), sys.stdout
    sys.stdout = sys.stderr  # whatever a framework prints
    what = int(argument) if argument.isdigit() else argument
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(measure(module, what, int(quarters), int(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
