"""The floor of the full quarter: what its operations would take if each kind ran by itself in the tightest loop.

Operations are counted in the kernel's own source (count_operations.py). Each kind's time is that of a loop that does nothing else,
over a block in the cache, compiled with the same tools; bytes are those of a plain copy of arrays larger than the cache. The sum
leaves out everything that stages do besides: passing values from loop to loop, the sides of choices not taken, mixed types.
"""

from __future__ import annotations

import json
import os
import pickle
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.kit.compiling import stage
from sim.kit.draws import philox
from sim.kit.maths import f4_exp, f4_log, f4_normal, f4_power, f4_uniform

f4, i4, u8 = np.float32, np.int32, np.uint64
SIZE, REPEATS, EACH = 2048, 400, 16
COUNTED_HOUSEHOLDS = 120
TIMED_HOUSEHOLDS = 200_000


@stage
def words_loop(out, number, n):
    """Four words of Philox each."""
    w0, w1, w2, w3 = out[0], out[1], out[2], out[3]
    for i in range(n):
        a, b, c, d = philox(u8(i), u8(1), u8(2), number, u8(3), u8(4))
        w0[i], w1[i], w2[i], w3[i] = a, b, c, d


@stage
def exp_loop(x, y, n):
    """Exponentials."""
    for i in range(n):
        y[i] = f4_exp(x[i])


@stage
def log_loop(x, y, n):
    """Logarithms."""
    for i in range(n):
        y[i] = f4_log(x[i])


@stage
def power_loop(x, y, n):
    """Powers."""
    for i in range(n):
        y[i] = f4_power(x[i], f4(0.3))


@stage
def normal_loop(words, y, n):
    """Normal numbers from words."""
    for i in range(n):
        y[i] = f4_normal(words[i])


@stage
def uniform_loop(words, y, n):
    """Four uniform numbers from four words each."""
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    for i in range(n):
        y[i] = (f4_uniform(w0[i]) + f4_uniform(w1[i])) + (f4_uniform(w2[i]) + f4_uniform(w3[i]))


@stage
def fraction_loop(x, y, n):
    """Sixteen multiplications and additions each."""
    a, b = x[0], x[1]
    for i in range(n):
        v, w = x[i], y[i]
        for _ in range(4):
            v, w = v * a + b, w * b + a
        y[i] = v + w


@stage
def whole_loop(x, y, n):
    """Sixteen operations of whole numbers and bits each."""
    a, b = x[0], x[1]
    for i in range(n):
        v, w = x[i], y[i]
        for _ in range(4):
            v, w = (v ^ a) + b, (w + a) ^ b
        y[i] = i4(v | w)


@stage
def division_loop(x, y, n):
    """One division each."""
    a = x[0]
    for i in range(n):
        y[i] = a / x[i]


@stage
def choice_loop(x, y, n):
    """Eight comparisons and eight choices each."""
    a, b = x[0], x[1]
    for i in range(n):
        v, w = x[i], y[i]
        for _ in range(4):
            v, w = a if v < w else v, b if w < a else w
        y[i] = v + w


@stage
def copy_loop(x, y, n):
    """A plain copy."""
    for i in range(n):
        y[i] = x[i]


def seconds(loop: Callable, *arguments: Any, repeats: int = REPEATS) -> float:
    """CPU seconds of one call, the median of five batches."""
    loop(*arguments)
    batches = []
    for _ in range(5):
        begin = time.process_time()
        for _ in range(repeats):
            loop(*arguments)
        batches.append((time.process_time() - begin) / repeats)
    return statistics.median(batches)


def nanoseconds() -> dict[str, float]:
    """Of each kind of operation, one by itself."""
    rng = np.random.default_rng(1)
    x, y = rng.random(SIZE, dtype=f4) + f4(0.5), rng.random(SIZE, dtype=f4)
    whole, other = rng.integers(1, 99, SIZE, dtype=np.int32), rng.integers(1, 99, SIZE, dtype=np.int32)
    words = rng.integers(0, 1 << 32, (4, SIZE), dtype=np.uint32)
    large, target = np.ones(1 << 24, dtype=f4), np.zeros(1 << 24, dtype=f4)
    times = {
        "random words": seconds(words_loop, words.copy(), u8(7), SIZE) / SIZE,
        "exponentials": seconds(exp_loop, x, y, SIZE) / SIZE,
        "logarithms": seconds(log_loop, x, y, SIZE) / SIZE,
        "powers": seconds(power_loop, x, y, SIZE) / SIZE,
        "normal numbers": seconds(normal_loop, words[0], y, SIZE) / SIZE,
        "uniform numbers": seconds(uniform_loop, words, y, SIZE) / SIZE / 4,
        "arithmetic of fractions": seconds(fraction_loop, x, y, SIZE) / SIZE / EACH,
        "arithmetic of whole numbers and bits": seconds(whole_loop, whole, other, SIZE) / SIZE / EACH,
        "divisions": seconds(division_loop, x, y, SIZE) / SIZE,
        "comparisons": seconds(choice_loop, x, y, SIZE) / SIZE / EACH,
        "bytes of columns, read and written": seconds(copy_loop, large, target, len(large), repeats=3) / large.nbytes,
    }
    return {kind: 1e9 * value for kind, value in times.items()} | {"choices": 1e9 * times["comparisons"]}


def counts(start_file: Path) -> dict[str, float]:
    """Operations a household-quarter, counted in a process of its own, which runs uncompiled."""
    command = [sys.executable, "-m", "bench.count_operations", str(start_file), str(COUNTED_HOUSEHOLDS)]
    root = Path(__file__).parents[2]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "benchmarks"), str(root)])}
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=paths, cwd=root).stdout)


def full_quarter(start_file: Path) -> float:
    """CPU nanoseconds a household-quarter of the household stages as they are, over some 200,000 rows in one thread."""
    from sim.dynamics import kernel

    society, start = pickle.loads(start_file.read_bytes())
    h = society.households
    h = h.take(np.tile(np.arange(len(h)), max(TIMED_HOUSEHOLDS // len(h), 1)))
    now = Quarter(start.scenario.first_year, 1).number
    arguments = (h, society.communes, society.rates, society.world.record, now, 1, (0, len(h)))
    return 1e9 * seconds(kernel.live_quarter, *arguments, repeats=2) / len(h)


def measure(start_file: Path, rounds: int) -> dict[str, Any]:
    """Parts of the floor with their numbers and times, their sum, the quarter's own time, and the ratio of the two.

    Quarter and primitives take turns; what is kept are medians over rounds, of the ratio too.
    """
    number, primitive_rounds, quarters = counts(start_file), [], []
    for _ in range(rounds):
        primitive_rounds.append(nanoseconds())
        quarters.append(full_quarter(start_file))
    floors = [sum(number[kind] * each[kind] for kind in number) for each in primitive_rounds]
    parts = [
        {"kind": kind, "number": round(number[kind], 2), "ns_each": round(statistics.median(e[kind] for e in primitive_rounds), 4)}
        for kind in sorted(number)
    ]
    for part in parts:
        part["ns"] = round(part["number"] * part["ns_each"], 2)
    ratios = [quarter / floor for quarter, floor in zip(quarters, floors, strict=True)]
    return {
        "parts": sorted(parts, key=lambda part: -part["ns"]), "floor_ns": round(statistics.median(floors), 1),
        "quarter_ns": round(statistics.median(quarters), 1), "ratio": round(statistics.median(ratios), 2),
    }  # fmt: skip
