"""Paired differences of mixes from a reference: a small chart a measure, a line a mix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.study_note import note
from sim.charts.style import BLUE, DARK, GREEN, OTHERS, SETTINGS, decimals_of_ticks, new_figure, plain_numbers, save, wrap
from sim.measures import catalogue
from sim.studies.comparison import MEASURE, Comparison

PERCENT = 100.0
COLUMNS = 2
SCALES = {"fgt1": PERCENT}
# Measures drawn in the plan's last year, and in the last simulated.
FIRST = ("official_poor_households",)
LAST = (
    "official_poor_households", "true_poor_households", "escaped_households", "fallen_back_households", "kept_out_households", "fgt1",
    "consumption_per_head_mean",
)  # fmt: skip
OWN_LABELS = {"fgt1": "gap", "consumption_per_head_mean": "consumption"}
TITLE_WIDTH, LABEL_WIDTH = 36, 30  # letters of a line


def draw(study: Comparison, words: Any) -> Figure:
    """The chart as a figure; ``words`` are those of a study (see sim/report/study_words.py)."""
    panels = _panels(study)
    rows = -(-len(panels) // COLUMNS)
    tall = 0.55 + 0.23 * len(study.mixes)
    frame = study.frame
    foot = note(study, words, "chart.differences_footer")
    with rc_context(SETTINGS):
        title = words.say("chart.differences", against=words.option(study.against, study.names))
        figure = new_figure(words.name(frame.name, frame.key), title, foot, height=0.9 + rows * tall)
        height = figure.get_figheight()
        for number, (measure, year, found) in enumerate(panels):
            row, column = divmod(number, COLUMNS)
            top = 1 - (0.62 + row * tall + 0.24) / height
            size = (tall - 0.5) / height
            axes = figure.add_axes((0.265 if column == 0 else 0.645, top - size, 0.32, size))
            _panel(axes, study, found, words)
            axes.set_title(_title(measure, year, found, words), fontsize=7.5, loc="left", pad=3)
            if column:
                axes.set_yticklabels([])
    return figure


def write(study: Comparison, words: Any, folder: Path) -> tuple[Path, Path]:
    """Write ``differences_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(study, words), folder / f"differences_{words.lang}")


def _panels(study: Comparison) -> list[tuple[str, int, dict[str, Any]]]:
    """Measure, year and rows by mix of every small chart."""
    first, last = study.years[0], study.years[-1]
    wanted = [(name, first) for name in FIRST] + [(name, last) for name in LAST if (name, last) != (FIRST[0], first)]
    panels = []
    for name, year in wanted:
        found = {mix: study.one("differences", mix=mix, kind=MEASURE, name=name, year=year) for mix in study.mixes}
        if any(row is not None for row in found.values()):
            panels.append((name, year, found))
    return panels


def _panel(axes: Axes, study: Comparison, found: dict[str, Any], words: Any) -> None:
    """One measure: mixes from the top, zero, and the better side shaded."""
    better = catalogue.describe(next(row.measure for row in found.values() if row is not None)).more_is_better
    colours = [BLUE, *OTHERS] * len(study.mixes)
    edge = 0.0
    for at, row in enumerate(found.values()):
        if row is None:
            continue
        scale = SCALES.get(row.measure, 1.0)
        axes.plot([row.low * scale, row.high * scale], [at, at], color=colours[at], linewidth=0.9)
        axes.plot([row.mean_low * scale, row.mean_high * scale], [at, at], color=colours[at], linewidth=3.2, solid_capstyle="butt")
        axes.plot([row.mean * scale], [at], "o", color=colours[at], markersize=3.6, markeredgecolor="white", markeredgewidth=0.5)
        edge = max(edge, *(abs(value) * scale for value in (row.low, row.high, row.mean_low, row.mean_high)))
    edge = edge * 1.1 or 1.0
    axes.set_xlim(-edge, edge)
    axes.axvspan(*((0, edge) if better else (-edge, 0)), color=GREEN, alpha=0.08, linewidth=0)
    axes.axvline(0, color=DARK, linewidth=0.7)
    axes.set_ylim(len(found) - 0.5, -0.5)
    axes.set_yticks(range(len(found)), [wrap(words.option(mix, study.names), LABEL_WIDTH) for mix in found], fontsize=6.5)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=7, length=2)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
    plain_numbers(axes.xaxis, words, decimals_of_ticks(axes.get_xticks()))


def _title(measure: str, year: int, found: dict[str, Any], words: Any) -> str:
    row = next(row for row in found.values() if row is not None)
    if measure in OWN_LABELS:
        name = words.say(f"compare.{OWN_LABELS[measure]}")
    else:
        described = catalogue.describe(measure)
        name = words.name({"vi": described.vi, "en": described.en}, measure)
        name = words.say("compare.summed", measure=name) if row.summed else name
    return wrap(f"{name}, {year}", TITLE_WIDTH)
