"""Who leaves the poor list and who comes onto it each year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.style import DARK, GREEN, PURPLE, RED, SETTINGS, Speaker, beside, footer, inner_axes, new_figure, save
from sim.studies.results import Results

# Moves with the side they are drawn on: off the list up, onto it down; the last lies within the second.
MOVES = (("escaped", "escaped_households", GREEN, 1, 0.55), ("newly_poor", "newly_poor_households", RED, -1, 0.55))
WITHIN = ("fallen_back", "fallen_back_households", PURPLE, -1, 0.28)


def draw(results: Results, words: Speaker) -> Figure:
    """Bars up for escapes, down for new poor, with 90 % bands."""
    frame, mix = results.frame, results.frame.leading
    note = footer(results, words, "chart.means")
    with rc_context(SETTINGS):
        figure = new_figure(words.name(frame.name, frame.key), words.text("chart.flows", mix=words.mix(mix)), note)
        highest = max(float(np.quantile(results.series(mix, move[1]), 0.95, axis=0).max()) for move in MOVES)
        axes = inner_axes(figure, note, top=0.81, left=beside(words, highest), right=0.98)
        for key, measure, colour, side, width in (*MOVES, WITHIN):
            _bars(axes, results.series(mix, measure)[:, 1:], (colour, side, width), words.text(f"chart.{key}"), words)
        axes.axhline(0, color=DARK, linewidth=0.8)
        axes.set_xticks(range(len(frame.years) - 1), [str(year) for year in frame.years[1:]])
        axes.set_xlabel(words.text("chart.year_axis"))
        axes.set_ylabel(words.text("chart.per_year"))
        axes.margins(y=0.12)
        axes.yaxis.set_major_formatter(lambda value, position: words.number(abs(value)))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
        height = figure.get_figheight()
        figure.legend(loc="upper left", bbox_to_anchor=(0.01, 1 - 0.48 / height), ncols=3, frameon=False, handlelength=1.2)
    return figure


def has_data(results: Results) -> bool:
    """Every run has lists."""
    return True


def write(results: Results, words: Speaker, folder: Path) -> tuple[Path, Path]:
    """Write ``flows_<lang>.png`` and ``.svg`` of the run's first mix into ``folder``."""
    return save(draw(results, words), folder / f"flows_{words.lang}")


def _bars(axes: Axes, values: np.ndarray, look: tuple[str, int, float], label: str, words: Speaker) -> None:
    """One kind of move: a bar a year at its median, its band as a line, its number at the end of the line."""
    colour, side, width = look
    at = np.arange(values.shape[1])
    low, median, high = np.quantile(values, (0.05, 0.5, 0.95), axis=0)
    axes.bar(at, side * median, width, color=colour, label=label)
    if width < MOVES[0][4]:
        return
    ends = np.stack([median - low, high - median])
    axes.errorbar(at, side * median, yerr=ends[::side], fmt="none", ecolor=DARK, elinewidth=0.9, capsize=2)
    for x, top, value in zip(at, high, median, strict=True):
        place: Any = {"xytext": (0, 3 * side), "va": "bottom" if side > 0 else "top"}
        axes.annotate(words.number(value), (x, side * top), textcoords="offset points", ha="center", fontsize=8, **place)
