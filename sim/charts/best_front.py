"""What can be had of two aims: every division tried, the front of those that nothing beats in both, and today's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.study_note import note
from sim.charts.style import BLUE, DARK, GREY, SETTINGS, decimals_of_ticks, inner_axes, new_figure, plain_numbers, save
from sim.studies.best import BestMix

AIMS = 2  # that a plane shows


def draw(study: BestMix, words: Any) -> Figure | None:
    """The first two aims across each other; None for a single one, and where no division moves them."""
    if len(study.aims) < AIMS or not study.moved:
        return None
    foot, frame = note(study, words, "best.chart_front_footer", searched=words.number(study.searched)), study.frame
    with rc_context(SETTINGS):
        title = words.say("best.chart_front", mix=words.mix(study.mix))
        figure = new_figure(words.name(frame.name, frame.key), title, foot, height=4.2)
        axes = inner_axes(figure, foot, left=0.14, right=0.96, top=0.75)
        aims = study.aims[:AIMS]
        found = {aim: {row.point: row for row in study.rows("tried", aim=aim)} for aim in aims}
        places = {point: tuple(found[aim][point].mean * words.scale(aim) for aim in aims) for point in found[aims[0]]}
        usable = [point for point, row in found[aims[0]].items() if row.why != "curve"]
        axes.plot(*zip(*[places[point] for point in usable], strict=True), "o", markersize=2.5, color=GREY, alpha=0.35, linewidth=0)
        axes.plot(*places[0], "o", markersize=7, markerfacecolor="white", markeredgecolor=DARK, label=words.say("best.today"))
        front = [point for point in usable if found[aims[0]][point].as_good]
        front.sort(key=lambda point: places[point][0] * (-1.0 if aims[0] in study.flips else 1.0), reverse=True)
        axes.plot(*zip(*[places[point] for point in front], strict=True), "o-", markersize=5, color=BLUE, linewidth=0.9)
        for number, point in enumerate(front, start=1):
            axes.annotate(str(number), places[point], xytext=(4, 4), textcoords="offset points", fontsize=7.5, color=BLUE)
        _finish(axes, study, words)
        right = places[0][0] > np.mean(axes.get_xlim())  # its name goes where there is room
        side = {"xytext": (-8, -2), "ha": "right"} if right else {"xytext": (6, -9)}
        axes.annotate(words.say("best.today"), places[0], textcoords="offset points", fontsize=7.5, **side)
    return figure


def write(study: BestMix, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``best_mix_front_<lang>.png`` and ``.svg`` into ``folder``, if there is a front."""
    figure = draw(study, words)
    return save(figure, folder / f"best_mix_front_{words.lang}") if figure is not None else ()


def _finish(axes: Axes, study: BestMix, words: Any) -> None:
    """Names of the axes, with an arrow to the better side."""
    for axis, name in ((axes.xaxis, study.aims[0]), (axes.yaxis, study.aims[1])):  # the arrow turns with the name of its axis
        axis.set_label_text(f"{words.capital(words.aim(study, name))}  {'←' if name in study.flips else '→'}")
        axis.set_major_locator(MaxNLocator(nbins=6))
    plain_numbers(axes.xaxis, words, decimals_of_ticks(axes.get_xticks()))
    plain_numbers(axes.yaxis, words, decimals_of_ticks(axes.get_yticks()))
