"""Districts, or places where the plan names no districts, side by side: the rate at the start, and at the end with and without the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.charts.style import BLUE, DARK, ORANGE, SETTINGS, Speaker, decimals_of_ticks, footer, inner_axes, new_figure, plain_numbers, save
from sim.studies.frame import NO_POLICY
from sim.studies.results import Results

MEASURE = "official_poor_rate"
MOST_ROWS = 30
ROW = 0.235  # inches


def has_data(results: Results) -> bool:
    """Whether there is anything to compare."""
    return len(results.frame.units) > 1


def draw(results: Results, words: Speaker) -> Figure:
    """A row a district, the highest rate at the end of the plan on top."""
    frame = results.frame
    year, mixes = frame.last_planned_year, tuple(dict.fromkeys((frame.leading, NO_POLICY)))
    ends = {mix: {unit: results.at(mix, MEASURE, year, place=unit) for unit in frame.units} for mix in mixes if mix in frame.mixes}
    order = sorted(frame.units, key=lambda unit: (-float(np.median(ends[frame.leading][unit])), unit))[:MOST_ROWS][::-1]
    note = footer(results, words, "chart.districts_means")
    if any(_is_poor(results, unit) for unit in order):
        note = f"{words.text('chart.poor_district')} {note}"
    if len(order) < len(frame.units):
        note = f"{words.text('chart.districts_most', shown=words.number(len(order)), all=words.number(len(frame.units)))} {note}"
    with rc_context(SETTINGS):
        figure = new_figure(words.name(frame.name, frame.key), words.text("chart.districts", year=year), note, 1.75 + ROW * len(order))
        axes = inner_axes(figure, note, left=0.24, top=0.81, right=0.97)
        rows = np.arange(len(order))
        start = [float(np.median(results.at(frame.leading, MEASURE, frame.start_year, place=unit))) for unit in order]
        axes.plot(start, rows, "o", markersize=5, color=DARK, markerfacecolor="white", label=str(frame.start_year), zorder=4)
        looks = ((frame.leading, BLUE, "D", 0.14), (NO_POLICY, ORANGE, "s", -0.14))
        for mix, colour, marker, offset in looks[: len(ends)]:
            low, median, high = np.array([np.quantile(ends[mix][unit], (0.05, 0.5, 0.95)) for unit in order]).T
            axes.hlines(rows + offset, low, high, color=colour, linewidth=1.8, alpha=0.75)
            place: Any = {"linestyle": "none", "marker": marker, "markersize": 4, "zorder": 5}
            axes.plot(median, rows + offset, color=colour, label=f"{year}: {words.mix(mix)}", **place)
        names = [words.place(unit) + (" *" if _is_poor(results, unit) else "") for unit in order]
        axes.set_yticks(rows, names, fontsize=7.5)
        axes.set_ylim(-0.7, len(order) - 0.3)
        axes.set_xlim(left=0)
        axes.set_xlabel(words.text("chart.rate_axis"))
        axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        plain_numbers(axes.xaxis, words, decimals_of_ticks(axes.get_xticks()))
        height = figure.get_figheight()
        figure.legend(loc="upper left", bbox_to_anchor=(0.01, 1 - 0.48 / height), ncols=3, frameon=False, handlelength=1.0)
    return figure


def write(results: Results, words: Speaker, folder: Path) -> tuple[Path, Path]:
    """Write ``districts_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(results, words), folder / f"districts_{words.lang}")


def _is_poor(results: Results, unit: str) -> bool:
    """Whether all places of a unit lie in poor districts."""
    return set(results.frame.districts.get(unit, (unit,))) <= set(results.frame.poor_districts)
