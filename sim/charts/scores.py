"""CRPS of the model and of each simple rule on held-out survey rates: all provinces, and poor ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts.study_note import backtest_note
from sim.charts.style import BLUE, GREY, SETTINGS, further_lines, new_figure, plain_numbers, save
from sim.studies.simple_rules import REFERENCE

CUTS = {"all": "held out", "poor": "held out, poor"}
MODEL = "model"


def draw(study: Any, words: Any) -> Figure:
    """The chart as a figure; ``study`` is a back-test."""
    foot = backtest_note(study, words)
    with rc_context(SETTINGS):
        figure = new_figure(words.say("backtest.title"), words.say("backtest.chart.scores"), foot, height=3.2)
        height = figure.get_figheight()
        bottom, top = (0.45 + further_lines(foot)) / height, 1 - 0.8 / height
        values = {name: _values(study, subset) for name, subset in CUTS.items()}
        order = sorted(values["all"], key=lambda rule: -values["all"][rule])
        for column, name in enumerate(CUTS):
            axes = figure.add_axes((0.35 + 0.33 * column, bottom, 0.285, top - bottom))
            _panel(axes, values[name], order, words)
            axes.set_yticks(range(len(order)), [words.say(f"backtest.rules.{rule}") if column == 0 else "" for rule in order], fontsize=7.5)
            axes.set_title(words.say(f"backtest.chart.{name}"), fontsize=8, loc="left")
    return figure


def write(study: Any, words: Any, folder: Path) -> tuple[Path, Path]:
    """Write ``scores_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(study, words), folder / f"scores_{words.lang}")


def _values(study: Any, subset: str) -> dict[str, float]:
    """CRPS of each rule and of the model in one cut of the survey rates."""
    rules = study.against_rules
    rules = rules[(rules["series"] == "survey") & (rules["subset"] == subset)]
    values = dict(zip(rules["rule"], rules["crps"], strict=True))
    if values:
        values[MODEL] = float(rules.loc[rules["forecasts"].idxmax(), "model_crps"])
    return values


def _panel(axes: Axes, values: dict[str, float], order: list[str], words: Any) -> None:
    for height, name in enumerate(order):
        if name not in values:
            continue
        colour = BLUE if name == MODEL else "white" if name == REFERENCE else GREY
        axes.barh(height, values[name], color=colour, edgecolor=BLUE if name == MODEL else GREY, linewidth=0.8, height=0.65)
        axes.text(values[name], height, f" {words.number(values[name], 2)}", va="center", fontsize=7)
    axes.set_xlim(0, 1.18 * max(values.values(), default=1.0))
    plain_numbers(axes.xaxis, words, 1)
