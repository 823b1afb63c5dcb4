"""Charts of the benchmarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

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


def draw_growth(rows: Sequence[dict[str, Any]], file: Path) -> None:
    """A panel a dimension: CPU seconds and memory against how many times its least value, with what would be in proportion."""
    by_dimension: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_dimension[row["dimension"]].append(row)
    figure = Figure(figsize=(11, 6.5), layout="constrained")
    panels = figure.subplots(2, 3).ravel()
    for axes, (dimension, points) in zip(panels, by_dimension.items(), strict=False):
        at = [float(point["value"]) for point in points]
        seconds, memory = [float(point["seconds"]) for point in points], [float(point["memory_mb"]) for point in points]
        axes.plot(at, seconds, "o-", color=OURS, label=points[0]["clock"] + " seconds")
        if min(at) > 0 and dimension != "threads":
            axes.plot(at, [seconds[-1] * value / at[-1] for value in at], ":", color=GREY, label="in proportion to the last")
        axes.set_title(dimension, loc="left", fontsize=10)
        axes.set_ylim(0, 1.5 * max(seconds))  # room for the legend
        axes.set_xlim(0, 1.05 * max(at))
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_ylabel("seconds", fontsize=8)
        other = axes.twinx()
        other.plot(at, memory, "s--", color=PEER, markersize=4, label="peak memory, MB (right)")
        other.set_ylim(0, 1.5 * max(memory))
        other.set_ylabel("MB", fontsize=8)
        lines = [*axes.get_lines(), *other.get_lines()]
        axes.legend(lines, [str(line.get_label()) for line in lines], fontsize=7, loc="upper left", frameon=False)
        axes.spines["top"].set_visible(False)
        other.spines["top"].set_visible(False)
    figure.suptitle("Time and memory of a run against its size", x=0.01, ha="left", fontsize=11)
    save(figure, file)
