"""What levers and growth bring to households: a bar a player, a panel a count, beside it households a billion dong."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.study_note import note
from sim.charts.style import BLUE, DARK, GREEN, GREY, SETTINGS, decimals_of_ticks, new_figure, plain_numbers, save, wrap
from sim.measures import catalogue
from sim.studies.coalitions import GROWTH
from sim.studies.contributed import Contributions
from sim.studies.outcomes import HOUSEHOLDS

LEFT, RIGHT, GAP = 0.25, 0.985, 0.025
ROW, LINE = 0.2, 0.125  # inches of a bar at least, and of a line of its label
LABEL_WIDTH, TITLE_WIDTH = 26, 17  # letters of a line


def draw(study: Contributions, words: Any) -> Figure:
    """The chart as a figure."""
    players, columns, frame = study.by_weight(), study.columns(), study.frame
    foot = note(study, words, "contributions.chart_footer")
    with rc_context(SETTINGS):
        title = words.say("contributions.chart", mix=words.mix(study.mix))
        labels = [wrap(words.capital(words.player(frame, player)), LABEL_WIDTH) for player in players]
        tall = max(ROW, LINE * (1 + max(label.count("\n") for label in labels)) + 0.03) * len(players) + 0.1
        figure = new_figure(words.name(frame.name, frame.key), title, foot, height=tall + 1.8)
        height = figure.get_figheight()
        wide = (RIGHT - LEFT - GAP * len(columns)) / (len(columns) + 1)
        for number, (key, measure, year) in enumerate([*columns, ("per_billion", *columns[0][1:])]):
            axes = figure.add_axes((LEFT + number * (wide + GAP), 1 - (1.03 + tall) / height, wide, tall / height))
            rows = [study.one("contributions", kind=HOUSEHOLDS, name=measure, year=year, player=player) for player in players]
            _bars(axes, [_bar(row, key) for row in rows], catalogue.describe(measure).more_is_better or key == "per_billion", words)
            axes.set_title(wrap(words.say(f"contributions.{key}", year=year), TITLE_WIDTH), fontsize=7, loc="left", pad=3)
            axes.set_xlabel(words.say("contributions.households_axis"), fontsize=7)
            axes.set_yticks(range(len(players)), labels if number == 0 else [""] * len(players), fontsize=7)
            for at, player in enumerate(players):
                if player == GROWTH:
                    axes.patches[at].set_color(GREY)
    return figure


def write(study: Contributions, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``contributions_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(study, words), folder / f"contributions_{words.lang}")


def _bar(row: Any, key: str) -> tuple[float, float, float]:
    """A mean with the ends of its interval."""
    if key == "per_billion":
        return row.per_billion, row.per_billion_low, row.per_billion_high
    return row.mean, row.mean_low, row.mean_high


def _bars(axes: Axes, bars: list[tuple[float, float, float]], more_is_better: bool, words: Any) -> None:
    """Bars from the top with their intervals, zero, and the better side shaded."""
    for at, (mean, low, high) in enumerate(bars):
        known = not math.isnan(mean)
        axes.barh(at, mean if known else 0.0, height=0.66, color=BLUE)
        if known and not math.isnan(low):
            axes.plot([low, high], [at, at], color=DARK, linewidth=0.9)
    axes.axvline(0, color=DARK, linewidth=0.7)
    left, right = axes.get_xlim()
    axes.axvspan(*((0, max(right, 0)) if more_is_better else (min(left, 0), 0)), color=GREEN, alpha=0.08, linewidth=0)
    axes.set_xlim(min(left, 0), max(right, 0))
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=6.5, length=2)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=3))
    plain_numbers(axes.xaxis, words, decimals_of_ticks(axes.get_xticks()))
