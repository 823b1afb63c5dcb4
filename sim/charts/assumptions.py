"""Which groups of assumptions move the main outcome: Morris' effect to the left, total Sobol' index to the right."""

from __future__ import annotations

from math import isnan
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.study_note import note
from sim.charts.style import BLUE, DARK, GREEN, SETTINGS, decimals_of_ticks, further_lines, new_figure, plain_numbers, save, wrap
from sim.studies.sensible import REST, Sensitivity

MOST = 12
ROW = 0.24  # inches


def draw(study: Sensitivity, words: Any) -> Figure | None:
    """The chart as a figure; None where nothing moves the outcome."""
    moved = sorted((row for row in study.rows("screening", outcome=study.main) if row.mu_star > 0), key=lambda row: -row.mu_star)[:MOST]
    if not moved:
        return None
    indexed = {row.group: row for row in study.rows("indices", outcome=study.main) if not isnan(row.total)}
    groups = [row.group for row in moved] + ([REST] if REST in indexed else [])
    foot = note(study, words, "sensitivity_chart.groups_footer")
    with rc_context(SETTINGS):
        title = wrap(words.say("sensitivity_chart.groups", outcome=words.outcome(study.frame, study.main)), 88)
        figure = new_figure(words.name(study.frame.name, study.frame.key), title, foot, height=1.4 + ROW * len(groups))
        height = figure.get_figheight()
        bottom, tall = (0.62 + further_lines(foot)) / height, ROW * len(groups) / height
        left, right = figure.add_axes((0.36, bottom, 0.29, tall)), figure.add_axes((0.69, bottom, 0.28, tall))
        for at, row in enumerate(moved):
            _bar(left, at, (row.mu_star, row.mu_star_error), BLUE)
        for at, group in enumerate(groups):
            if group in indexed:
                _bar(right, at, (100.0 * indexed[group].total, 100.0 * indexed[group].total_error), GREEN)
        left.set_yticks(range(len(groups)), [words.capital(words.numbers_of(study.frame, group)) for group in groups], fontsize=7.5)
        right.set_yticks([])
        unit = words.say("reach.households") if ":" not in study.main else _unit(study, words)
        left.set_xlabel(words.say("sensitivity_chart.moves", unit=unit.lower()), fontsize=7.5)
        right.set_xlabel(words.say("sensitivity_chart.total"), fontsize=7.5)
        for axes in (left, right):
            axes.set_ylim(len(groups) - 0.4, -0.6)
            axes.set_xlim(left=0)
            axes.tick_params(axis="y", length=0)
            axes.tick_params(axis="x", labelsize=7)
            axes.xaxis.set_major_locator(MaxNLocator(nbins=4))
            plain_numbers(axes.xaxis, words, decimals_of_ticks(axes.get_xticks()))
    return figure


def _bar(axes: Axes, at: int, value: tuple[float, float], colour: str) -> None:
    middle, error = value
    axes.barh(at, max(middle, 0.0), height=0.6, color=colour, linewidth=0)
    axes.plot([max(middle - error, 0.0), middle + error], [at, at], color=DARK, linewidth=0.9)


def _unit(study: Sensitivity, words: Any) -> str:
    target = next(one for one in study.frame.targets if f"target:{one.name}" == study.main)
    return words.say("reach.households" if target.unit == "households" else "reach.people" if target.unit == "people" else "reach.points")


def write(study: Sensitivity, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``assumptions_<lang>.png`` and ``.svg`` into ``folder``, if there is anything to show."""
    figure = draw(study, words)
    return save(figure, folder / f"assumptions_{words.lang}") if figure is not None else ()
