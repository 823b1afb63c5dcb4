"""Charts of the benchmarks."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bench.page import nanoseconds

OURS, PEER, GREY = "#0b6e4f", "#8a94a6", "#444444"


def save(figure: Figure, file: Path) -> None:
    """Write a PNG."""
    FigureCanvasAgg(figure)
    figure.savefig(file, dpi=150)


def draw_peers(stored: dict[str, Any], file: Path) -> None:
    """A panel a comparison: median CPU nanoseconds a household-quarter, and how many times ours."""
    by_comparison: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in stored["peers"]:
        by_comparison[row["comparison"]].append(row)
    heights = [len(rows) for rows in by_comparison.values()]
    figure = Figure(figsize=(9, 2.4 + 0.75 * sum(heights)), layout="constrained")
    panels = figure.subplots(len(heights), 1, height_ratios=[height + 0.8 for height in heights], squeeze=False)[:, 0]
    for axes, (comparison, unsorted) in zip(panels, by_comparison.items(), strict=True):
        rows = sorted(unsorted, key=lambda row: -row["median_ns"])
        colours = [OURS if row["peer"] == "ours" else PEER for row in rows]
        axes.barh([row["peer"] for row in rows], [row["median_ns"] for row in rows], color=colours)
        axes.set_xscale("log")
        axes.set_xlim(right=max(row["median_ns"] for row in rows) * 12, left=min(row["median_ns"] for row in rows) / 3)
        for row in rows:
            times = "" if row["peer"] == "ours" else f", {row['ratio']:,.3g} times ours ({row['least']:,.3g} to {row['most']:,.3g})"
            words = f"{nanoseconds(row['median_ns'])} ns{times}"
            axes.text(row["median_ns"] * 1.06, row["peer"], words, va="center", fontsize=8, color=GREY)
        axes.set_title(f"{comparison}: {rows[0]['households']:,} households, {rows[0]['quarters']} quarters", loc="left", fontsize=10)
        axes.spines[["top", "right"]].set_visible(False)
    panels[-1].set_xlabel("CPU nanoseconds a household-quarter, logarithmic; median of the rounds (least and most ratio within a round)")
    save(figure, file)
