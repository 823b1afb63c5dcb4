"""What poor households lack: each indicator at the start and at the end of the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.charts.style import BLUE, DARK, ORANGE, SETTINGS, Speaker, footer, inner_axes, new_figure, plain_numbers, save, wrap
from sim.measures import catalogue
from sim.studies.results import Results

GROUP = "poor_at_start"  # the same households at both times, so that leaving the list hides nothing


def draw(results: Results, words: Speaker) -> Figure:
    """A row an indicator, the most frequent first: share lacking at the start and at the plan's last year."""
    frame, mix = results.frame, results.frame.leading
    years = (frame.start_year, frame.last_planned_year)
    shares = {key: [results.at(mix, f"indicator:{key}", year, group=GROUP) for year in years] for key in frame.indicators}
    order = sorted(shares, key=lambda key: (float(np.nanmedian(shares[key][0])), key))
    group = words.name(catalogue.groups()[GROUP], GROUP)
    note = footer(results, words, "chart.means")
    with rc_context(SETTINGS):
        subtitle = words.text("chart.indicators", group=group, mix=words.mix(mix))
        figure = new_figure(words.name(frame.name, frame.key), subtitle, note, height=1.9 + 0.26 * len(order))
        axes = inner_axes(figure, note, left=0.40, top=0.85, right=0.97)
        for offset, colour, index in ((0.13, ORANGE, 0), (-0.13, BLUE, 1)):
            spread = np.array([np.nanquantile(shares[key][index], (0.05, 0.5, 0.95)) for key in order]).T
            at = np.arange(len(order)) + offset
            axes.hlines(at, spread[0], spread[2], color=colour, linewidth=1.6, alpha=0.7)
            marker: Any = {"marker": "o" if index == 0 else "D", "markersize": 4.5, "clip_on": False, "zorder": 5}
            axes.plot(spread[1], at, linestyle="none", color=colour, label=str(years[index]), **marker)
        axes.set_yticks(range(len(order)), [_fold(words.name(frame.labels.get(key), key)) for key in order], fontsize=7.5)
        axes.set_xlim(0, max(5.0, min(102.0, axes.get_xlim()[1])))
        axes.set_xlabel(words.text("chart.lacking"))
        axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_color(DARK)
        plain_numbers(axes.xaxis, words, 0)
        height = figure.get_figheight()
        figure.legend(loc="upper left", bbox_to_anchor=(0.01, 1 - 0.48 / height), ncols=2, frameon=False, handlelength=1.0)
    return figure


def has_data(results: Results) -> bool:
    """Whether the standard has indicators."""
    return bool(results.frame.indicators)


def write(results: Results, words: Speaker, folder: Path) -> tuple[Path, Path]:
    """Write ``indicators_<lang>.png`` and ``.svg`` of the run's first mix into ``folder``."""
    return save(draw(results, words), folder / f"indicators_{words.lang}")


def _fold(text: str, width: int = 40) -> str:
    """A long name on two lines."""
    return wrap(text, width)
