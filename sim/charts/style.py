"""How every chart looks: size for 16 cm of a page, a palette that colour-blind readers tell apart, files without dates."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

# Okabe and Ito (2008), Color Universal Design: https://jfly.uni-koeln.de/color/
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442"
GREY, DARK = "#777777", "#222222"
OTHERS = (GREEN, PURPLE, SKY, RED)

WIDTH_INCHES = 6.3  # 16 cm
DOTS_PER_INCH = 200
SETTINGS: Any = {
    "font.family": "DejaVu Sans",  # comes with matplotlib and has every Vietnamese letter
    "font.size": 8.5,
    "axes.titlesize": 10,
    "axes.labelsize": 8.5,
    "legend.fontsize": 8,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "axes.edgecolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": DARK,
    "svg.hashsalt": "thoatngheo",  # else ids in the file are random
}


class Speaker(Protocol):
    """What charts need of the words of a language."""

    lang: str

    def text(self, key: str, **facts: Any) -> str: ...
    def mix(self, mix: str) -> str: ...
    def name(self, names: Any, otherwise: str) -> str: ...
    def number(self, value: float, decimals: int = 0) -> str: ...
    def capital(self, text: str) -> str: ...
    def place(self, label: str) -> str: ...
    def percent(self, value: float, decimals: int = 0) -> str: ...
    def households(self, count: float, decimals: int = 0) -> str: ...


def new_figure(title: str, subtitle: str, note: str, height: float = 3.9) -> Figure:
    """An empty figure with its title, subtitle and the ``note`` at its foot in place; it grows by the note's further lines."""
    height += further_lines(note)
    figure = Figure(figsize=(WIDTH_INCHES, height), dpi=DOTS_PER_INCH, facecolor="white")
    figure.text(0.02, 1 - 0.1 / height, title, fontsize=10.5, fontweight="bold", va="top")
    figure.text(0.02, 1 - 0.32 / height, subtitle, fontsize=9, va="top", color=DARK)
    figure.text(0.02, 0.08 / height, wrap(note), fontsize=6.5, va="bottom", color="#555555", linespacing=1.35)
    return figure


def inner_axes(figure: Figure, note: str, left: float = 0.105, right: float = 0.895, top: float = 0.85) -> Axes:
    """Axes within the figure; ``top`` is inches kept free above, and below them is room for the name of an axis and the ``note``."""
    height, bottom = figure.get_figheight(), 0.74 + further_lines(note)
    return figure.add_axes((left, bottom / height, right - left, 1 - (top + bottom) / height))


def further_lines(note: str) -> float:
    """Inches that a note takes beyond its first line."""
    return 0.13 * wrap(note).count("\n")


def beside(words: Speaker, highest: float) -> float:
    """Room, as a share of the width, that an axis of whole numbers up to ``highest`` and its name need."""
    return 0.06 + 0.013 * len(words.number(highest))


def wrap(text: str, width: int = 118) -> str:
    """A footer broken into lines that fit the figure."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def footer(results: Any, words: Speaker, key: str) -> str:
    """What the figures are, where they come from, and for how many households each simulated one stands."""
    frame = results.frame
    text = words.text(key, replications=words.number(frame.replications), run=results.run_id)
    if frame.one_for > 1:
        text = f"{words.text('chart.sampled', count=words.number(frame.one_for))} {text}"
    return text


def pale(colour: str, share: float = 0.5) -> tuple[float, float, float]:
    """The colour on white paper with only ``share`` of its ink; unlike a see-through one it hides what is behind it."""
    red, green, blue = (1.0 - share * (1.0 - part) for part in to_rgb(colour))
    return red, green, blue


def plain_numbers(axis: Any, words: Speaker, decimals: int) -> None:
    """Tick labels written by the custom of the language."""
    axis.set_major_formatter(lambda value, position: words.number(value, decimals))


def decimals_of_ticks(ticks: Any) -> int:
    """Decimals that tell neighbouring ticks apart."""
    step = abs(float(ticks[1]) - float(ticks[0])) if len(ticks) > 1 else 1.0
    return next((decimals for decimals in range(4) if abs(round(step, decimals) - step) < 1e-9), 4)


def save(figure: Figure, stem: Path) -> tuple[Path, Path]:
    """Write ``stem.png`` and ``stem.svg``: the same bytes each time, no dates or versions inside."""
    png, svg = stem.with_name(stem.name + ".png"), stem.with_name(stem.name + ".svg")
    with rc_context(SETTINGS):
        FigureCanvasAgg(figure).print_figure(png, dpi=DOTS_PER_INCH, metadata={"Software": None})
        FigureCanvasSVG(figure).print_figure(svg, metadata={"Date": None, "Creator": None})
    return png, svg
