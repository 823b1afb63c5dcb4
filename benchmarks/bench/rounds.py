"""Interleaved rounds: every peer once, then again, so that whatever slows the machine meets all of them."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.environments import OURS, interpreter

BENCHMARKS = Path(__file__).parents[1]
COLUMNS = (
    "comparison", "peer", "households", "quarters", "round", "runs", "cpu_seconds", "wall_seconds", "cpu_ns_per_household_quarter",
    "peak_mb",
)  # fmt: skip


@dataclass
class Peer:
    """One implementation in one comparison: ``argument`` is what its model is made from, households or a start's file."""

    comparison: str
    name: str
    environment: str
    module: str
    argument: str
    households: int
    quarters: int
    process: subprocess.Popen | None = None
    answers: list[dict[str, Any]] = field(default_factory=list)

    def start(self) -> None:
        """Its process, ready to run."""
        paths = os.pathsep.join([str(BENCHMARKS), str(BENCHMARKS.parent)])
        quiet = {"STARSIM_INSTALL_FONTS": "0", "STARSIM_VERBOSE": "0", "OMP_WAIT_POLICY": "passive", "POLARS_MAX_THREADS": "1"}
        command = [interpreter(self.environment), "-m", "bench.worker", self.module, self.argument, str(self.quarters)]
        environment = {**os.environ, **quiet, "PYTHONPATH": paths}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment, cwd=BENCHMARKS.parent)
        self._hear()

    def run(self, seed: int) -> dict[str, Any]:
        """One measured run."""
        assert self.process and self.process.stdin
        self.process.stdin.write(f"{seed}\n")
        self.process.stdin.flush()
        return json.loads(self._hear())

    def stop(self) -> None:
        """The end of its process."""
        if self.process and self.process.stdin:
            self.process.stdin.close()
            self.process.wait(30)

    def _hear(self) -> str:
        assert self.process and self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ({self.module}) ended without an answer")
        return line

    def per_household_quarter(self, answer: dict[str, Any]) -> float:
        """CPU nanoseconds a household-quarter."""
        return 1e9 * answer["cpu"] / (self.households * self.quarters)

    @property
    def key(self) -> tuple[str, str]:
        """Comparison and name."""
        return self.comparison, self.name


def compete(peers: Sequence[Peer], rounds: int, first_seed: int = 1) -> list[dict[str, Any]]:
    """All rounds; a row for each peer and round with :data:`COLUMNS`. One run before them is not counted,
    in which what compiles does so; Mesa compiles nothing."""
    for peer in peers:
        peer.start()
        if peer.environment != "mesa":
            peer.run(first_seed)
    rows = []
    for number in range(rounds):
        for peer in peers:
            answer = peer.run(first_seed + number)
            peer.answers.append(answer)
            values = (
                *peer.key, peer.households, peer.quarters, number + 1, answer["runs"], round(answer["cpu"], 5), round(answer["wall"], 5),
                round(peer.per_household_quarter(answer), 2), round(answer["peak_mb"], 1),
            )  # fmt: skip
            rows.append(dict(zip(COLUMNS, values, strict=True)))
            print(f"round {number + 1}: {peer.comparison}, {peer.name}: {rows[-1]['cpu_ns_per_household_quarter']:,.1f} ns", flush=True)
    for peer in peers:
        peer.stop()
    return rows


def paired_ratios(peers: Sequence[Peer]) -> list[dict[str, Any]]:
    """For each peer its median time, and how many times ours it takes: median, least and most over rounds, each within its round."""
    ours = {peer.comparison: peer for peer in peers if peer.name == OURS}
    told = []
    for peer in peers:
        times = [peer.per_household_quarter(answer) for answer in peer.answers]
        base = [ours[peer.comparison].per_household_quarter(answer) for answer in ours[peer.comparison].answers]
        ratios = [time / own for time, own in zip(times, base, strict=True)]
        told.append({
            "comparison": peer.comparison, "peer": peer.name, "households": peer.households, "quarters": peer.quarters,
            "median_ns": round(statistics.median(times), 2), "ratio": round(statistics.median(ratios), 2),
            "least": round(min(ratios), 2), "most": round(max(ratios), 2), "peak_mb": round(peer.answers[-1]["peak_mb"], 1),
            "summary": peer.answers[-1]["summary"],
        })  # fmt: skip
    return told
