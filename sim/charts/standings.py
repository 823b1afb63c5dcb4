"""Households on the lists by year: poor, near-poor, newly escaped, stacked medians with the band of the poor."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.style import DARK, GREEN, ORANGE, RED, SETTINGS, Speaker, inner_axes, new_figure, plain_numbers, save, wrap
from sim.studies.results import Results

STANDINGS = (
    ("poor", "official_poor_households", RED),
    ("near_poor", "official_near_poor_households", ORANGE),
    ("newly_escaped", "newly_escaped_households", GREEN),
)
BAR, GAP = 0.25, 0.02


def draw(results: Results, mix: str, words: Speaker) -> Figure:
    """Bars side by side for each year: the median with the 90 % band as a line."""
    frame = results.frame
    footer = wrap(words.text("chart.means", replications=words.number(frame.replications), run=results.run_id))
    with rc_context(SETTINGS):
        figure = new_figure(words.name(frame.name, frame.key), words.text("chart.standings", mix=words.mix(mix)), footer)
        axes = inner_axes(figure, top=0.81, bottom=0.74, right=0.98)
        years = np.arange(len(frame.years))
        for number, (key, measure, colour) in enumerate(STANDINGS):
            low, median, high = np.quantile(results.series(mix, measure), (0.05, 0.5, 0.95), axis=0)
            at = years + (number - 1) * (BAR + GAP)
            axes.bar(at, median, BAR, color=colour, label=words.text(f"chart.{key}"))
            axes.errorbar(at, median, yerr=np.stack([median - low, high - median]), fmt="none", ecolor=DARK, elinewidth=0.9, capsize=2)
            for x, top, value in zip(at, high, median, strict=True):
                axes.annotate(words.number(value), (x, top), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=7)
        axes.set_xticks(years, [str(year) for year in frame.years])
        axes.set_xlabel(words.text("chart.year_axis"))
        axes.set_ylabel(words.text("chart.households_in"))
        axes.set_ylim(0, axes.get_ylim()[1] * 1.05)
        plain_numbers(axes.yaxis, words, 0)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
        height = figure.get_figheight()
        figure.legend(loc="upper left", bbox_to_anchor=(0.01, 1 - 0.48 / height), ncols=3, frameon=False, handlelength=1.2)
    return figure


def write(results: Results, words: Speaker, folder: Path) -> tuple[Path, Path]:
    """Write ``standings_<lang>.png`` and ``.svg`` of the run's first mix into ``folder``."""
    return save(draw(results, results.frame.mixes[0], words), folder / f"standings_{words.lang}")
