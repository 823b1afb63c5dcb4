"""Forecasts against what came: a point and its 80 % band for each held-out figure, survey rates and lists side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts.study_note import backtest_note
from sim.charts.style import BLUE, GREY, SETTINGS, further_lines, new_figure, plain_numbers, save

PANELS = ("survey", "list")


def draw(study: Any, words: Any) -> Figure:
    """The chart as a figure; ``study`` is a back-test."""
    foot = backtest_note(study, words)
    with rc_context(SETTINGS):
        figure = new_figure(words.say("backtest.title"), words.say("backtest.chart.forecasts"), foot, height=4.1)
        height = figure.get_figheight()
        bottom, top = (0.62 + further_lines(foot)) / height, 1 - 0.85 / height
        for column, series in enumerate(PANELS):
            rows = study.forecasts[(study.forecasts["series"] == series) & (study.forecasts["held_out"] != "no")]
            axes = figure.add_axes((0.085 + 0.49 * column, bottom, 0.4, top - bottom))
            _panel(axes, rows, words, series)
    return figure


def write(study: Any, words: Any, folder: Path) -> tuple[Path, Path]:
    """Write ``forecasts_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(study, words), folder / f"forecasts_{words.lang}")


def _panel(axes: Axes, rows: Any, words: Any, series: str) -> None:
    highest = float(max(rows["observed"].max(), rows["p90"].max(), 1.0)) * 1.04 if len(rows) else 1.0
    axes.plot((0, highest), (0, highest), color=GREY, linewidth=0.8, zorder=1)
    axes.vlines(rows["observed"], rows["p10"], rows["p90"], color=BLUE, alpha=0.35, linewidth=1.4, zorder=2)
    axes.scatter(rows["observed"], rows["p50"], s=7, color=BLUE, linewidths=0, zorder=3)
    axes.set_xlim(0, highest)
    axes.set_ylim(0, highest)
    axes.set_title(words.say(f"backtest.{series}"), fontsize=8, loc="left")
    axes.set_xlabel(words.say("backtest.chart.observed"))
    if series == PANELS[0]:
        axes.set_ylabel(words.say("backtest.chart.forecast"))
    for axis in (axes.xaxis, axes.yaxis):
        plain_numbers(axis, words, 0)
