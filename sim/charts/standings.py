"""Households on the lists by year: poor, near-poor, newly escaped, stacked, under the plan and without it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.charts.style import (
    DARK,
    GREEN,
    GREY,
    ORANGE,
    RED,
    SETTINGS,
    Speaker,
    beside,
    footer,
    inner_axes,
    new_figure,
    pale,
    plain_numbers,
    save,
)
from sim.studies.frame import NO_POLICY
from sim.studies.results import Results

STANDINGS = (
    ("poor", "official_poor_households", RED),
    ("near_poor", "official_near_poor_households", ORANGE),
    ("newly_escaped", "newly_escaped_households", GREEN),
)
PALE = 0.5  # without the plan
DIGIT = 0.066  # inches that a letter of a number takes along its line
LINE = 0.11  # and across it


def has_data(results: Results) -> bool:
    """Every run has lists."""
    return True


def draw(results: Results, words: Speaker) -> Figure:
    """Two bars a year, of means, so that parts add up; a line for the 90 % band of the poor, which stand at the bottom."""
    frame, mix = results.frame, results.frame.leading
    mixes = [name for name in dict.fromkeys((mix, NO_POLICY)) if name in frame.mixes]
    note = footer(results, words, "chart.stacked_means")
    with rc_context(SETTINGS):
        figure = new_figure(words.name(frame.name, frame.key), words.text("chart.standings"), note)
        highest = max(float(sum(results.series(name, key).mean(axis=0) for _, key, _ in STANDINGS).max()) for name in mixes)
        axes = inner_axes(figure, note, top=1.0, left=beside(words, highest), right=0.98)
        width = 0.8 / len(mixes)
        for number, name in enumerate(mixes):
            at = np.arange(len(frame.years)) + (number - (len(mixes) - 1) / 2) * width
            _stack(axes, results, (name, at, width * 0.95, 1.0 if name == mix else PALE, highest), words)
        axes.set_xticks(range(len(frame.years)), [str(year) for year in frame.years])
        axes.set_xlabel(words.text("chart.year_axis"))
        axes.set_ylabel(words.text("chart.households_in"))
        axes.set_ylim(0, highest * 1.06)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
        plain_numbers(axes.yaxis, words, 0)
        _legends(figure, mixes, mix, words)
    return figure


def write(results: Results, words: Speaker, folder: Path) -> tuple[Path, Path]:
    """Write ``standings_<lang>.png`` and ``.svg`` of the run's first mix into ``folder``."""
    return save(draw(results, words), folder / f"standings_{words.lang}")


def _stack(axes: Axes, results: Results, look: tuple[str, np.ndarray, float, float, float], words: Speaker) -> None:
    """The bars of one mix."""
    mix, at, width, ink, highest = look
    bottom = np.zeros(len(at))
    box = axes.get_window_extent()
    inches, tall = box.width / axes.figure.dpi / len(at), box.height / axes.figure.dpi
    for key, measure, colour in STANDINGS:
        values = results.series(mix, measure)
        mean = values.mean(axis=0)
        axes.bar(at, mean, width, bottom, color=pale(colour, ink), linewidth=0)
        if key == "poor":
            low, high = np.quantile(values, (0.05, 0.95), axis=0)
            axes.vlines(at - 0.36 * width, low, high, color=DARK, linewidth=1.0)
        for x, base, value in zip(at, bottom, mean, strict=True):
            _tell(axes, (x, base + value / 2), words.number(value), (inches * width, value / highest * tall))
        bottom = bottom + mean


def _tell(axes: Axes, middle: tuple[float, float], number: str, room: tuple[float, float]) -> None:
    """The number of a part in its middle, upright where it is too narrow, nowhere where it is too small; ``room`` in inches."""
    length = DIGIT * len(number)
    lies, stands = (length <= room[0] and room[1] >= LINE), (length <= room[1] and room[0] >= LINE)
    if lies or stands:
        axes.annotate(number, middle, ha="center", va="center", fontsize=6.5, rotation=0 if lies else 90)


def _legends(figure: Figure, mixes: list[str], mix: str, words: Speaker) -> None:
    """What the colours mean, and which bar is whose."""
    height = figure.get_figheight()
    place: Any = {"loc": "upper left", "frameon": False, "handlelength": 1.2}
    colours: Any = [Patch(facecolor=colour) for _, _, colour in STANDINGS]
    names = [words.text(f"chart.{key}") for key, _, _ in STANDINGS]
    figure.legend(colours, names, bbox_to_anchor=(0.01, 1 - 0.48 / height), ncols=3, **place)
    greys: Any = [Patch(facecolor=pale(GREY, 1.0 if name == mix else PALE)) for name in mixes]
    figure.legend(greys, [words.mix(name) for name in mixes], bbox_to_anchor=(0.01, 1 - 0.67 / height), ncols=2, **place)
