"""This engine against its peers: ``python benchmarks/peers.py [--rounds 5] [--households 20000]``.

Makes an environment for each peer on first use (a minute or two, from the package index), runs all of them in interleaved rounds,
checks that they agree, and writes ``benchmarks/results/peers.{csv,json,png}`` and ``docs/benchmarks.md``. About five minutes.
Nothing else should run on the machine; what is compared are CPU seconds, not wall seconds.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT)]
RESULTS = ROOT / "benchmarks" / "results"
CORE_QUARTERS, FULL_QUARTERS, LARGER = 20, 8, 10


def the_peers(households: int, start_file: Path) -> list[Any]:
    """Who takes part, by comparison."""
    from bench.rounds import Peer

    small, large = str(households), str(LARGER * households)
    mesa = ("Mesa", "mesa", "mesa_model")
    arrays = [
        ("ours", "ours", "ours"), ("NumPy", "numpy", "arrays"), ("mesa-frames", "mesa_frames", "frames_model"),
        ("Starsim", "starsim", "starsim_model"),
    ]  # fmt: skip
    if shutil.which("cc"):
        arrays.append(("C with OpenMP", "numpy", "c_kernel"))
    told = [Peer("core step", *who[:2], f"bench.core.{who[2]}", small, households, CORE_QUARTERS) for who in [*arrays, mesa]]
    told += [Peer("core step, larger", *who[:2], f"bench.core.{who[2]}", large, LARGER * households, CORE_QUARTERS) for who in arrays]
    for name, environment, module in (("ours", "ours", "ours"), ("Mesa", "mesa", "mesa_model")):
        told.append(Peer("full model", name, environment, f"bench.full.{module}", str(start_file), households, FULL_QUARTERS))
    for name, module in (("ours", "quarter_ours"), ("NumPy", "quarter_arrays")):
        told.append(Peer("household stages", name, "ours", f"bench.full.{module}", str(start_file), households, FULL_QUARTERS))
    return told


def disagreements(told: list[dict[str, Any]]) -> list[str]:
    """Where peers of one comparison do not agree with ours, in words."""
    from bench.core.task import disagreements as apart

    ours = {row["comparison"]: row["summary"] for row in told if row["peer"] == "ours"}
    return [f"{row['comparison']}, {row['peer']}: {words}" for row in told for words in apart(ours[row["comparison"]], row["summary"])]


def main() -> int:
    """Run, store, draw; 1 if a peer does not agree."""
    from bench import drawing, environments, floor, machine, page, rounds
    from bench.full import task

    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--households", type=int, default=20_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("making the start", flush=True)
        peers = the_peers(given.households, task.save(task.begin(given.households), Path(folder)))
        about = machine.describe()
        rows = rounds.compete(peers, given.rounds)
        parts = floor.measure(Path(folder) / "start.pickle", given.rounds)
    told = rounds.paired_ratios(peers)
    apart = disagreements(told)
    versions = {name: environments.packages(name) for name in sorted({peer.environment for peer in peers})}
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / "peers.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rounds.COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    stored = {"machine": about, "rounds": given.rounds, "peers": told, "disagreements": apart, "floor": parts, "versions": versions}
    (RESULTS / "peers.json").write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    drawing.draw_peers(stored, RESULTS / "peers.png")
    page.write()
    print(*(f"{row['comparison']}, {row['peer']}: {row['median_ns']:,.1f} ns, {row['ratio']:g} times ours" for row in told), sep="\n")
    print(*(apart or ["all peers agree"]), sep="\n")
    return 1 if apart else 0


if __name__ == "__main__":
    sys.exit(main())
