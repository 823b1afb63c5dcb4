"""Levers on trial: each effect beside the interval where it should lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.charts.style import BLUE, DARK, RED, SETTINGS, decimals_of_ticks, new_figure, plain_numbers, save, wrap
from sim.studies.fitting.mechanisms import known_trials
from sim.studies.fitting.trials import Tried

SHOWN = 3.0  # widths of the interval that an axis shows to each side at most


def write(tried: Tried, words: Any, folder: Path) -> tuple[Path, Path]:
    """Write ``trials_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(tried, words), folder / f"trials_{words.lang}")


def draw(tried: Tried, words: Any) -> Figure:
    """A row a trial, each with a scale of its own: the interval as a grey bar, the effect and its range in blue (red if outside)."""
    known, count = known_trials(), len(tried.trials)
    note = words.say("fit_chart.trials_footer", replications=words.number(tried.manifest["scenario"]["replications"]), run=tried.run_id)
    with rc_context(SETTINGS):
        figure = new_figure(words.say("trials.title"), words.say("fit_chart.trials"), note, height=0.95 + 0.46 * count)
        height = figure.get_figheight()
        for place, row in enumerate(tried.trials.itertuples()):
            bottom = height - 0.65 - 0.46 * (place + 1) + 0.2
            axes = figure.add_axes((0.5, bottom / height, 0.47, 0.2 / height))
            axes.axvspan(row.published_low, row.published_high, color="#CCCCCC", linewidth=0)
            colour = BLUE if row.inside else RED
            axes.plot([row.low, row.high], [0, 0], color=colour, linewidth=1.8)
            axes.plot([row.estimate], [0], "o", color=colour, markersize=4)
            _scale(axes, row, words)
            name = wrap(words.name(known[row.trial], row.trial), 56)
            figure.text(0.02, (bottom + 0.1) / height, name, fontsize=6.8, va="center")
        _legend(figure, words)
    return figure


def _scale(axes: Any, row: Any, words: Any) -> None:
    width = row.published_high - row.published_low
    nothing = 1.0 if row.measure == "enrolment" else 0.0
    low = min(max(row.low, row.published_low - SHOWN * width), row.published_low, nothing)
    needed = min(row.published_high, max(row.high, row.published_low) * 2 + 1)
    high = max(min(row.high, row.published_high + SHOWN * width), needed, nothing)
    room = 0.06 * (high - low)
    axes.set_xlim(low - room, high + room)
    axes.set_yticks([])
    axes.axvline(nothing, color=DARK, linewidth=0.6)
    axes.locator_params(axis="x", nbins=5)
    plain_numbers(axes.xaxis, words, decimals_of_ticks(axes.get_xticks()))
    axes.tick_params(axis="x", labelsize=6.5, pad=1, length=2)
    axes.spines["left"].set_visible(False)


def _legend(figure: Figure, words: Any) -> None:
    axes = figure.axes[0]
    axes.plot([], [], color="#CCCCCC", linewidth=6, label=words.say("fit_chart.published"))
    axes.plot([], [], color=BLUE, linewidth=1.8, marker="o", markersize=4, label=words.say("fit_chart.simulated"))
    place = (0.5, 1 - 0.28 / figure.get_figheight())
    figure.legend(*axes.get_legend_handles_labels(), loc="upper left", bbox_to_anchor=place, ncols=2, frameon=False, fontsize=7)
