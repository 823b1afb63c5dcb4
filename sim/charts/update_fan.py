"""Poor households by year before and after a review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.study_note import note
from sim.charts.style import BLUE, GREY, RED, SETTINGS, beside, inner_axes, new_figure, plain_numbers, save
from sim.measures.grouping import ALL
from sim.studies.updated import Update

POOR = "official_poor_households"


def draw(study: Update, words: Any) -> Figure:
    """The chart as a figure."""
    foot = note(study, words, "update_chart.fan_footer", effective=words.number(study.effective))
    rows = study.rows("forecast", measure=POOR)
    years = [row.year for row in rows]
    highest = max(max(row.high_before, row.high_after) for row in rows)
    with rc_context(SETTINGS):
        figure = new_figure(
            words.name(study.frame.name, study.frame.key), words.say("update_chart.fan", mix=words.mix(study.mix)), foot, height=3.7
        )
        axes = inner_axes(figure, foot, left=beside(words, highest), top=0.95, right=0.97)
        for when, colour, label in (("before", GREY, "before"), ("after", BLUE, "after")):
            low, high, middle = ([getattr(row, f"{part}_{when}") for row in rows] for part in ("low", "high", "median"))
            axes.fill_between(years, low, high, color=colour, alpha=0.22, linewidth=0)
            axes.plot(years, middle, color=colour, linewidth=1.6, marker="o", markersize=3, label=words.say(f"update_chart.{label}"))
        found = [row for row in study.rows("reviews", list="poor") if row.place == ALL]
        if found:
            where = ([row.year for row in found], [row.observed for row in found])
            axes.plot(*where, "D", color=RED, markersize=5.5, label=words.say("update_chart.review"), zorder=5)
        axes.set_ylim(bottom=0)
        axes.set_xticks(years, [str(year) for year in years])
        axes.margins(x=0.04)
        axes.set_ylabel(words.capital(words.measure(POOR)))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
        plain_numbers(axes.yaxis, words, 0)
        top = 1 - 0.47 / figure.get_figheight()
        figure.legend(*axes.get_legend_handles_labels(), loc="upper left", bbox_to_anchor=(0.01, top), ncols=3, frameon=False)
    return figure


def write(study: Update, words: Any, folder: Path) -> tuple[Path, Path]:
    """Write ``update_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(study, words), folder / f"update_{words.lang}")
