"""A table drawn as a chart: numbers on cells that are green for the better and orange for the worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.charts.style import DARK, GREEN, GREY, ORANGE, pale, wrap

FAINTEST = 0.08  # ink of the weakest colour
COLUMN_WIDTH = 22  # letters of a line of a column's name
MANY = 10  # columns from which letters are smaller
LETTERS, SMALL_LETTERS, DOT_SIZE = 6.5, 5.5, 11
DOT = "·"  # what cannot be told from zero
INCHES_OF_LETTER = 0.045  # that a name aslant reaches up


@dataclass(frozen=True)
class Cell:
    """A text, and a ``weight`` from -1 (worst) over 0 (no colour) to 1 (best)."""

    text: str
    weight: float


def matrix(axes: Axes, names: tuple[Sequence[str], Sequence[str]], cells: Sequence[Sequence[Cell | None]]) -> None:
    """Draw ``cells`` by row; ``names`` are those of rows and of columns, which stand aslant above. None leaves a cell out."""
    rows, columns = names
    for at, line in enumerate(cells):
        for place, cell in enumerate(line):
            if cell is None:
                continue
            ink = pale(GREEN if cell.weight > 0 else ORANGE, FAINTEST + 0.7 * abs(cell.weight)) if cell.weight else (1.0, 1.0, 1.0)
            axes.add_patch(Rectangle((place - 0.5, at - 0.5), 1, 1, facecolor=ink, edgecolor="#DDDDDD", linewidth=0.5))
            size = DOT_SIZE if cell.text == DOT else LETTERS if len(columns) <= MANY else SMALL_LETTERS
            axes.text(place, at, cell.text, ha="center", va="center", fontsize=size, color=GREY if cell.text == DOT else DARK)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), rows, fontsize=6.5)
    axes.xaxis.tick_top()
    labels = [wrap(name, COLUMN_WIDTH) for name in columns]
    axes.set_xticks(range(len(columns)), labels, fontsize=6.5, rotation=45, ha="left", rotation_mode="anchor")
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)


def room_above(columns: Sequence[str]) -> float:
    """Inches that the names of columns take."""
    return 0.2 + INCHES_OF_LETTER * max(len(line) for name in columns for line in wrap(name, COLUMN_WIDTH).split("\n"))
