"""A fit in charts: numbers before and after, predictions beside the record, ranks of the calibration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts.style import (
    BLUE,
    DARK,
    GREEN,
    GREY,
    RED,
    SETTINGS,
    decimals_of_ticks,
    further_lines,
    new_figure,
    pale,
    plain_numbers,
    save,
    wrap,
)
from sim.measures.targets import NINETY
from sim.studies.fitting.calibration import TENTHS
from sim.studies.fitting.fitted import Fitted
from sim.studies.fitting.free import readings
from sim.studies.fitting.names import names
from sim.studies.fitting.statistics import statistics

LOOKS = (BLUE, GREEN)
ACROSS, PANEL = 3, 0.98  # panels in a row, and their height in inches


def write(fitted: Fitted, words: Any, folder: Path) -> None:
    """Write ``fit_numbers``, ``fit_statistics`` and ``fit_calibration`` in the language of ``words``."""
    save(numbers(fitted, words), folder / f"fit_numbers_{words.lang}")
    save(predicted(fitted, words), folder / f"fit_statistics_{words.lang}")
    save(calibration(fitted, words), folder / f"fit_calibration_{words.lang}")


def numbers(fitted: Fitted, words: Any) -> Figure:
    """Each free number: prior, and posterior under each reading."""
    table = fitted.parameters[fitted.parameters["kept"]]
    found = dict(iter(table.groupby("parameter", sort=False)))
    with rc_context(SETTINGS):
        figure, panels = _panels(len(found), words.say("fit_chart.numbers"), fitted, words)
        for axes, (name, rows) in zip(panels, found.items(), strict=True):
            first = rows.iloc[0]
            lines = [((first.prior_low, first.prior_median, first.prior_high), GREY)]
            lines += [((row.low, row.median, row.high), _look(fitted, row.reading)) for row in rows.itertuples()]
            _bands(axes, lines, words.name(names()[name], name), words)
        _legend(figure, fitted, words, with_record=False)
    return figure


def predicted(fitted: Fitted, words: Any) -> Figure:
    """Each statistic: what the prior and each posterior predict, and the record as a line."""
    found = dict(iter(fitted.predictions.groupby("statistic", sort=False)))
    of = {one.key: one for one in statistics()}
    with rc_context(SETTINGS):
        figure, panels = _panels(len(found), words.say("fit_chart.statistics"), fitted, words)
        for axes, (name, rows) in zip(panels, found.items(), strict=True):
            first = rows.iloc[0]
            lines = [((first.prior_low, first.prior_median, first.prior_high), GREY)]
            lines += [((row.low, row.median, row.high), _look(fitted, row.reading)) for row in rows.itertuples()]
            _bands(axes, lines, words.name(vars(of[name]), name), words)
            axes.axvline(first.observed, color=RED, linewidth=1.2)
        _legend(figure, fitted, words, with_record=True)
    return figure


def calibration(fitted: Fitted, words: Any, kind: str = "near") -> Figure:
    """Histograms of ranks, one a number, under the first reading."""
    reading = next(iter(fitted.posteriors))
    table = fitted.ranks[(fitted.ranks["pseudo_data"] == kind) & (fitted.ranks["reading"] == reading)]
    found = dict(iter(table.groupby("parameter", sort=False)))
    total = int(next(iter(found.values()))["count"].sum())
    title = words.say("fit_chart.calibration", kind=words.say(f"fit_chart.{kind}"))
    foot = words.say("fit_chart.calibration_footer", count=words.number(total), run=fitted.run_id)
    mean, error = total / TENTHS, NINETY * np.sqrt(total * (1 / TENTHS) * (1 - 1 / TENTHS))
    with rc_context(SETTINGS):
        figure, panels = _panels(len(found), title, fitted, words, foot)
        for axes, (name, rows) in zip(panels, found.items(), strict=True):
            axes.axhspan(mean - error, mean + error, color="#DDDDDD", linewidth=0)
            axes.bar(rows["tenth"], rows["count"], width=0.85, color=pale(BLUE, 0.75))
            axes.set_title(wrap(words.name(names()[name], name), 34), fontsize=6.5, pad=3)
            axes.set_xticks([])
            axes.set_ylim(0, max(2 * mean, float(rows["count"].max()) * 1.05))
            axes.set_yticks([0, mean], [words.number(0), words.number(mean)], fontsize=6.5)
    return figure


def _panels(count: int, title: str, fitted: Fitted, words: Any, foot: str = "") -> tuple[Figure, list[Axes]]:
    """A figure with so many small panels, and a legend of the readings unless a foot is given."""
    down = -(-count // ACROSS)
    particles = words.number(fitted.manifest["scenario"]["particles"])
    note = foot or words.say("fit_chart.footer", particles=particles, run=fitted.run_id)
    figure = new_figure(words.say("fit.title"), title, note, height=0.95 + down * PANEL + 0.3)
    height = figure.get_figheight()
    top, bottom = 0.55 if foot else 0.75, 0.35 + further_lines(note)
    step = (height - top - bottom) / down
    panels = []
    for place in range(count):
        row, column = divmod(place, ACROSS)
        size = (0.045 + column / ACROSS * 0.96, 1 - (top + (row + 1) * step - 0.22) / height, 0.275, (step - 0.58) / height)
        panels.append(figure.add_axes(size))
    return figure, panels


def _legend(figure: Figure, fitted: Fitted, words: Any, with_record: bool) -> None:
    axes = figure.axes[0]
    axes.plot([], [], color=GREY, linewidth=2, label=words.say("fit_chart.before"))
    for reading in fitted.posteriors:
        axes.plot([], [], color=_look(fitted, reading), linewidth=2, label=words.name(vars(readings()[reading]), reading))
    if with_record:
        axes.plot([], [], color=RED, linewidth=1.2, label=words.say("fit_chart.record"))
    handles, labels = axes.get_legend_handles_labels()
    place = (0.01, 1 - 0.46 / figure.get_figheight())
    figure.legend(handles, labels, loc="upper left", bbox_to_anchor=place, ncols=4, frameon=False, fontsize=7)


def _bands(axes: Axes, lines: list[tuple[tuple[float, float, float], str]], title: str, words: Any) -> None:
    """Ranges one below the other, each with its median."""
    for place, ((low, middle, high), colour) in enumerate(lines):
        axes.plot([low, high], [place, place], color=colour, linewidth=2.2, solid_capstyle="butt")
        axes.plot([middle], [place], "o", color=colour, markersize=3.5)
    axes.set_title(wrap(title, 38), fontsize=6.5, pad=3)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    axes.set_yticks([])
    axes.locator_params(axis="x", nbins=4)
    plain_numbers(axes.xaxis, words, decimals_of_ticks(axes.get_xticks()))
    axes.tick_params(axis="x", labelsize=6.5)
    axes.spines["left"].set_color(DARK)


def _look(fitted: Fitted, reading: str) -> str:
    return LOOKS[list(fitted.posteriors).index(reading) % len(LOOKS)]
