"""Who gains: the poverty rate of every group under each mix, and its paired difference from the reference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts.study_note import note
from sim.charts.style import BLUE, DARK, GREEN, GREY, OTHERS, SETTINGS, decimals_of_ticks, new_figure, plain_numbers, save, wrap
from sim.measures import catalogue
from sim.studies.comparison import GROUP, Comparison

MEASURE = "official_poor_rate"


def draw(study: Comparison, words: Any) -> Figure:
    """Two panels that share their groups: rates to the left, differences to the right."""
    year, frame = study.years[-1], study.frame
    about = {"kind": GROUP, "name": MEASURE, "year": year}
    found = {mix: {row.group: row for row in study.rows("differences", mix=mix, **about)} for mix in study.mixes}
    groups = list(dict.fromkeys(group for rows in found.values() for group in rows))
    foot = note(study, words, "chart.equity_footer")
    against = words.option(study.against, study.names)
    with rc_context(SETTINGS):
        legend = 0.19 * -(-(len(study.mixes) + 1) // 2)
        height = 1.3 + legend + len(groups) * (0.18 + 0.11 * len(study.mixes)) + 0.65
        title = words.say("chart.equity", year=year, against=against)
        figure = new_figure(words.name(frame.name, frame.key), title, foot, height=height)
        bottom, height = 0.68 + figure.get_figheight() - height, figure.get_figheight()
        size = (bottom / height, 1 - (0.72 + legend + bottom) / height)
        levels = figure.add_axes((0.27, size[0], 0.3, size[1]))
        gaps = figure.add_axes((0.63, size[0], 0.34, size[1]), sharey=levels)
        for place, (mix, rows) in enumerate(found.items()):
            look = ([BLUE, *OTHERS] * len(found))[place]
            shift = (place - (len(found) - 1) / 2) * 0.75 / len(found)
            _mix(levels, gaps, [(at + shift, rows[group]) for at, group in enumerate(groups) if group in rows], look)
            levels.plot([], [], "o", color=look, markersize=4, label=words.option(mix, study.names))
        levels.plot([], [], "|", color=GREY, markersize=8, markeredgewidth=1.6, label=against)
        _finish(levels, gaps, groups, words)
        handles, labels = levels.get_legend_handles_labels()
        figure.legend(handles, labels, loc="upper left", bbox_to_anchor=(0.01, 1 - 0.48 / height), ncols=2, frameon=False, fontsize=7.5)
    return figure


def write(study: Comparison, words: Any, folder: Path) -> tuple[Path, Path]:
    """Write ``equity_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(study, words), folder / f"equity_{words.lang}")


def _mix(levels: Axes, gaps: Axes, rows: list[tuple[float, Any]], colour: str) -> None:
    """One mix: its mean rate beside the reference's, and the mean difference with its interval."""
    for at, row in rows:
        levels.plot([row.mean_against], [at], "|", color=GREY, markersize=8, markeredgewidth=1.6)
        levels.plot([row.mean_against + row.mean], [at], "o", color=colour, markersize=4)
        gaps.plot([row.mean_low, row.mean_high], [at, at], color=colour, linewidth=1.6)
        gaps.plot([row.mean], [at], "o", color=colour, markersize=4)


def _finish(levels: Axes, gaps: Axes, groups: list[str], words: Any) -> None:
    names = {"remote": {lang: words.say("compare.remote") for lang in ("vi", "en")}, **catalogue.groups()}
    levels.set_yticks(range(len(groups)), [wrap(words.name(names.get(group), group), 24) for group in groups], fontsize=7.5)
    levels.set_ylim(len(groups) - 0.5, -0.5)
    levels.set_xlim(left=0)
    levels.set_xlabel(words.say("chart.level"), fontsize=7.5)
    gaps.set_xlabel(words.say("chart.points"), fontsize=7.5)
    edge = max(abs(value) for value in gaps.get_xlim())
    gaps.set_xlim(-edge, edge)
    gaps.axvspan(-edge, 0, color=GREEN, alpha=0.08, linewidth=0)
    gaps.axvline(0, color=DARK, linewidth=0.7)
    gaps.tick_params(axis="y", labelleft=False, length=0)
    for axes in (levels, gaps):
        axes.tick_params(axis="x", labelsize=7.5)
        plain_numbers(axes.xaxis, words, decimals_of_ticks(axes.get_xticks()))
        for line in range(1, len(groups)):
            axes.axhline(line - 0.5, color="#E5E5E5", linewidth=0.6)
