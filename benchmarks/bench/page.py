"""``docs/benchmarks.md`` from the stored results; a test holds them together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RESULTS, PAGE = ROOT / "benchmarks" / "results", ROOT / "docs" / "benchmarks.md"

INTRODUCTION = """<!-- Written by benchmarks/peers.py; do not edit. -->

# Benchmarks

`python benchmarks/peers.py` runs this engine against its peers and writes this page, `benchmarks/results/peers.csv` (every run),
`peers.json` (medians, machine, versions of all packages) and the chart. Each peer runs in an environment of its own, made from the
pins in `benchmarks/bench/requirements/`; all take turns in rounds. What is compared are **CPU seconds** of the steps alone, all
threads together, so that what else the machine does counts little; making the model, importing and compiling are not counted. A
ratio is that of a peer to this engine within one round; the median over rounds is told, with the least and the most.
"""

CORE = """## The core step

Two normal numbers, an AR(1), assets that wear and grow, a Bernoulli shock, twelve hazards, a yearly review and a transfer to the
poorest within a budget (`benchmarks/bench/core/task.py` says it exactly), written in each framework the way its documentation
does: Mesa with an object a household, Python numbers and `random`; whole-array NumPy; mesa-frames with Polars expressions (one
thread); Starsim as a module with its own distributions and common random numbers; a C kernel with OpenMP, keyed Philox draws and
vectorised library maths (`-O3 -march=native -ffast-math`). All begin with the same households and must agree: no mean of six
measures may lie more than four standard errors from this engine's.
"""

FULL = """## The full model

**Mesa.** The same rules, members, five levers, money and reviews as an ordinary Mesa model: one agent a household, an object a
member, Python numbers, `math` and `random`. It is made from `tests/oracle`, which tells the whole model as Mesa agents and is
compared with the engine bit by bit elsewhere: conversions to NumPy's numbers are taken out of its source before it is compiled
(`bench/full/plain_source.py`), draws come from `random`, and what the oracle spells out for its readers but nobody would compute
every quarter is done once (`bench/full/mesa_model.py`). Growth, prices and storms are drawn as in the engine, so that both meet the
same times. Both begin with one start; what is timed are two years from signing on, with choice, delivery, review and 1 January.

**Whole-array NumPy** does the household stages of the quarter, without programme, review and turn of the year. Its source is the
engine's own stages with loops turned into operations on whole columns (`bench/full/array_source.py`), NumPy's own exponentials and
logarithms, and its own generator; four stages that draw, pick few rows or add up by commune are written by hand. Like the engine it
works on all eight member slots of a row, filled or not. The turn of the times and of the communes is in both.
"""

FLOOR = """## The floor of the full quarter

What the household stages of one quarter would take if each kind of operation ran by itself in the tightest loop over a block in
the cache. The operations are counted in the kernel's own source while it runs uncompiled (`bench/count_operations.py`), each
kind's time is measured (`bench/floor.py`); of a choice only the side taken is counted. The sum is no strict bound: a loop by itself
also loads and stores, which stages share among many operations, and overlapping kinds may hide one another's time.
"""

GROWTH = """## Growth

How time and memory of a whole run grow with households, replications, mixes, levers, years and threads is measured by
`python benchmarks/growth.py` (`benchmarks/results/growth.csv`).

![Growth](../benchmarks/results/growth.png)
"""


def nanoseconds(value: float) -> str:
    """Three digits that matter, or whole numbers."""
    return f"{value:,.0f}" if value >= 100.0 else f"{value:.3g}"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows]) + "\n"


def of_peers(peers: Sequence[dict[str, Any]], comparison: str) -> str:
    """The rows of one comparison."""
    rows = [row for row in peers if row["comparison"] == comparison]
    told = [
        (r["peer"], nanoseconds(r["median_ns"]), f"{r['ratio']:,.3g}", f"{r['least']:,.3g} to {r['most']:,.3g}", f"{r['peak_mb']:,.0f}")
        for r in sorted(rows, key=lambda row: row["median_ns"])
    ]
    title = f"{comparison[:1].upper()}{comparison[1:]}: {rows[0]['households']:,} households, {rows[0]['quarters']} quarters.\n\n"
    header = ("implementation", "ns a household-quarter", "times ours", "least and most", "peak memory, MB")
    return title + table(header, told) + "\n"


def about(stored: dict[str, Any]) -> str:
    """On what machine, when, with which packages."""
    machine, versions = stored["machine"], stored["versions"]
    asked = ("mesa", "mesa-frames", "polars", "starsim", "numpy", "numba")
    found = {
        name: ", ".join(p for p in packages if p.split("==")[0].lower() in asked) for name, packages in versions.items()
    }
    system = (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, {machine['system']}, Python {machine['python']}, "
        f"{machine['compiler'] or 'no C compiler'}; {machine['date']}, commit {machine['commit']}, {stored['rounds']} rounds, load of the "
        f"machine at the start {machine['load_at_start']}."
    )
    agree = "All peers agree." if not stored["disagreements"] else "Not in agreement: " + "; ".join(stored["disagreements"]) + "."
    lines = "".join(f"- {name}: {packages}\n" for name, packages in found.items())
    return f"{system} {agree}\n\nPackages that matter, by environment (all of them in `peers.json`):\n\n{lines}\n"


def of_floor(floor: dict[str, Any]) -> str:
    """The parts, their sum, the quarter and the ratio."""
    rows = [(p["kind"], f"{p['number']:,.4g}", f"{p['ns_each']:.3g}", f"{p['ns']:.3g}") for p in floor["parts"]]
    rows += [("**floor**", "", "", f"**{floor['floor_ns']:.3g}**"), ("**the quarter itself**", "", "", f"**{floor['quarter_ns']:.3g}**")]
    words = f"The quarter takes {floor['ratio']:.2g} times its floor, one thread over some 200,000 households.\n\n"
    return words + table(("kind", "number a household-quarter", "ns each", "ns"), rows) + "\n"


def text() -> str:
    """The whole page."""
    stored = json.loads((RESULTS / "peers.json").read_text(encoding="utf-8"))
    peers = stored["peers"]
    parts = [INTRODUCTION, "\n![Peers](../benchmarks/results/peers.png)\n\n", about(stored), CORE, "\n"]
    parts += [of_peers(peers, "core step"), of_peers(peers, "core step, larger"), FULL, "\n"]
    parts += [of_peers(peers, "full model"), of_peers(peers, "household stages"), FLOOR, "\n", of_floor(stored["floor"]), GROWTH]
    return "".join(parts)


def write() -> None:
    """Write the page."""
    PAGE.write_text(text(), encoding="utf-8")
