"""Tables of coloured cells that charts of several studies share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from sim.charts.style import BLUE, DARK, further_lines, new_figure

INK = LinearSegmentedColormap.from_list("ink", ["#FFFFFF", BLUE])
DARKEST = 0.75  # of the scale, so that numbers stay readable
ROW = 0.27  # inches
LEFT = 0.38  # share of the width that names of rows have
WHITE_FROM = 0.5  # shades from which letters are white


def frame_of(study: Any, words: Any, says: tuple[str, str], rows: int) -> tuple[Figure, Axes]:
    """A figure with its title and foot, and the axes of a table of so many rows with wide names."""
    title, foot = says
    below = 0.3 + further_lines(foot)
    figure = new_figure(words.name(study.frame.name, study.frame.key), title, foot, height=1.45 + ROW * rows)
    height = figure.get_figheight()
    return figure, figure.add_axes((LEFT, below / height, 0.98 - LEFT, ROW * rows / height))


def cells(axes: Axes, values: Sequence[Sequence[float]], texts: Sequence[Sequence[str]], highest: float = 0.0) -> None:
    """Draw cells shaded by value, from nothing to ``highest`` (the greatest there is unless given), with their texts."""
    table = np.array(values, dtype=np.float64)
    top = highest or max(float(np.nanmax(table)), 1e-12)
    shades = DARKEST * np.clip(table / top, 0.0, 1.0)
    axes.imshow(shades, cmap=INK, vmin=0.0, vmax=1.0, aspect="auto")
    for (row, column), shade in np.ndenumerate(shades):
        colour = "white" if shade > WHITE_FROM else DARK
        axes.text(column, row, texts[row][column], ha="center", va="center", fontsize=7.5, color=colour)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=7.5)
    for line in range(1, table.shape[0]):
        axes.axhline(line - 0.5, color="white", linewidth=1.2)
    for line in range(1, table.shape[1]):
        axes.axvline(line - 0.5, color="white", linewidth=1.2)
    for spine in axes.spines.values():
        spine.set_visible(False)
