"""The chance of every target by the money that a mix has: from none to money without bound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts.study_note import note
from sim.charts.style import BLUE, GREY, ORANGE, OTHERS, SETTINGS, inner_axes, new_figure, plain_numbers, save
from sim.studies.answer import CHANCES, Reach

PERCENT, BILLION = 100.0, 1e9
LEAST_SHOWN = 1.0 / 64.0  # of the plan's money: what stands for none at the left end
MOST_SHOWN = 64.0  # beyond it only the bound is drawn
LEGEND_COLUMNS = 2
THICKER = 0.8  # points by which an earlier line is wider than the next, so that lines upon each other all show
LONGEST_LABEL = 54


def draw(study: Reach, words: Any) -> Figure:
    """The chart as a figure."""
    frame = study.frame
    names = [row.name for row in study.rows("targets")]
    foot = note(study, words, "chart.money_footer")
    with rc_context(SETTINGS):
        lines = -(-len(names) // LEGEND_COLUMNS)
        title = words.say("chart.money", mix=words.mix(study.mix))
        figure = new_figure(words.name(frame.name, frame.key), title, foot, height=3.4 + 0.19 * lines)
        axes = inner_axes(figure, foot, top=0.62 + 0.19 * lines, right=0.97)
        for chance in CHANCES:
            axes.axhline(PERCENT * chance, color=GREY, linewidth=0.6, linestyle=(0, (2, 2)))
        for number, name in enumerate(names):
            look = {"color": ([BLUE, ORANGE, *OTHERS] * len(names))[number], "linewidth": 1.5 + THICKER * (len(names) - 1 - number)}
            _line(axes, study, name, look, words)
        _finish(axes, study, words)
        height = figure.get_figheight()
        figure.legend(loc="upper left", bbox_to_anchor=(0.01, 1 - 0.48 / height), ncols=LEGEND_COLUMNS, frameon=False, fontsize=7)
    return figure


def write(study: Reach, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``reach_money_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(study, words), folder / f"reach_money_{words.lang}")


def _line(axes: Axes, study: Reach, name: str, look: dict[str, Any], words: Any) -> None:
    """One target: chances tried, joined, with their error."""
    tried = sorted(study.rows("tried", target=name), key=lambda one: one.factor)
    factors = np.clip([one.factor for one in tried], LEAST_SHOWN, MOST_SHOWN)
    chance, error = (np.array([getattr(one, field) for one in tried]) for field in ("probability", "mc_error"))
    low, high = (np.clip(chance + sign * error, 0.0, 1.0) * PERCENT for sign in (-1.0, 1.0))
    money = factors * study.total / BILLION
    axes.fill_between(money, low, high, color=look["color"], alpha=0.15, linewidth=0)
    axes.plot(money, chance * PERCENT, marker=".", markersize=4, label=_label(study, name, words), clip_on=False, **look)
    now = next(one for one in tried if one.factor == 1.0)
    here: dict[str, Any] = {"markersize": 6, "markerfacecolor": "white", "markeredgecolor": look["color"], "clip_on": False}
    axes.plot([study.total / BILLION], [now.probability * PERCENT], "o", **here)


def _label(study: Reach, name: str, words: Any) -> str:
    target = next((target for target in study.frame.targets if target.name == name), None)
    if target is None:
        return words.say("reach.all_targets")
    number = [one.name for one in study.frame.targets].index(name) + 1
    text = f"{number}. {words.name_of(study.frame, target)}"
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"


def _finish(axes: Axes, study: Reach, words: Any) -> None:
    """A logarithmic axis of money that begins with none and ends with money without bound."""
    total = study.total / BILLION
    axes.set_xscale("log")
    ticks = [LEAST_SHOWN, 1 / 8, 1.0, 8.0, MOST_SHOWN]
    decimals = 0 if total >= 100 else 1 if total >= 1 else 3
    labels = ["0", *[words.number(factor * total, decimals) for factor in ticks[1:-1]], "∞"]
    axes.set_xticks([factor * total for factor in ticks], labels)
    axes.set_xticks([], minor=True)
    axes.set_xlim(LEAST_SHOWN * total * 0.9, MOST_SHOWN * total * 1.1)
    axes.set_ylim(-2, 102)
    axes.set_xlabel(words.say("chart.money_axis"))
    axes.set_ylabel(words.say("chart.chance_axis"))
    plain_numbers(axes.yaxis, words, 0)
