"""Why a forecast moved: bars by cause for the reviewed year and each later one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.charts.study_note import note
from sim.charts.style import BLUE, DARK, GREEN, ORANGE, SETTINGS, SKY, decimals_of_ticks, further_lines, new_figure, plain_numbers, save
from sim.studies.updated import CAUSES, Update

COLOURS = dict(zip(CAUSES, (GREEN, BLUE, SKY, ORANGE, "#C9C9C9"), strict=True))
ROW = 0.34  # inches


def draw(study: Update, words: Any) -> Figure:
    """The chart as a figure: what lowers to the left of nought, what raises to the right."""
    years = list(dict.fromkeys(study.causes["year"]))
    moves = {(row.year, row.cause): row.households for row in study.rows("causes")}
    foot = note(study, words, "update_chart.why_footer", effective=words.number(study.effective))
    with rc_context(SETTINGS):
        title = words.name(study.frame.name, study.frame.key)
        figure = new_figure(title, words.say("update_chart.why"), foot, height=1.9 + ROW * len(years))
        height = figure.get_figheight()
        axes = figure.add_axes((0.1, (0.75 + further_lines(foot)) / height, 0.86, ROW * len(years) / height))
        for at, year in enumerate(years):
            ends = {-1.0: 0.0, 1.0: 0.0}
            for cause in CAUSES:
                move = moves.get((year, cause), 0.0)
                side = 1.0 if move > 0 else -1.0
                axes.barh(at, move, left=ends[side], height=0.62, color=COLOURS[cause], linewidth=0)
                ends[side] += move
            axes.plot([sum(moves.get((year, cause), 0.0) for cause in CAUSES)], [at], "o", color=DARK, markersize=4.5)
        axes.axvline(0, color=DARK, linewidth=0.8)
        axes.set_yticks(range(len(years)), [str(year) for year in years])
        axes.set_ylim(len(years) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(words.say("update_chart.moved_axis"), fontsize=8)
        plain_numbers(axes.xaxis, words, decimals_of_ticks(axes.get_xticks()))
        for cause in CAUSES:
            axes.barh([0], [0], color=COLOURS[cause], label=words.say(f"update.causes.{cause}"))
        figure.legend(loc="upper left", bbox_to_anchor=(0.01, 1 - 0.46 / height), ncols=2, frameon=False, fontsize=7, columnspacing=1.2)
    return figure


def write(study: Update, words: Any, folder: Path) -> tuple[Path, Path]:
    """Write ``update_why_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(study, words), folder / f"update_why_{words.lang}")
