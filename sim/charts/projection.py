"""The poverty rate over the years: median and bands under the plan and without it, the start, the target."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from sim.charts.style import (
    BLUE,
    DARK,
    ORANGE,
    OTHERS,
    RED,
    SETTINGS,
    Speaker,
    beside,
    decimals_of_ticks,
    footer,
    inner_axes,
    new_figure,
    plain_numbers,
    save,
)
from sim.studies.frame import NO_POLICY
from sim.studies.results import Results

MEASURE = "official_poor_rate"
BANDS = ((0.05, 0.95, 0.16), (0.25, 0.75, 0.30))  # 90 % and 50 % of the runs, and how opaque
LEGEND_COLUMNS = 2
HALO = (withStroke(linewidth=2.5, foreground="white"),)  # keeps letters apart from lines behind them


def draw(results: Results, words: Speaker) -> Figure:
    """The chart as a figure."""
    frame = results.frame
    note = footer(results, words, "chart.bands")
    with rc_context(SETTINGS):
        figure = new_figure(words.name(frame.name, frame.key), words.text("chart.projection"), note)
        right = 1.0 - beside(words, _highest(results) * _households(results) / 100.0)
        axes = inner_axes(figure, note, right=right, top=0.62 + 0.19 * -(-len(frame.mixes) // LEGEND_COLUMNS))
        leading = frame.leading
        _draw_mixes(axes, results, leading, words)
        _draw_start(axes, results, words)
        _draw_targets(axes, results, leading, words)
        _finish(figure, axes, results, words)
    return figure


def has_data(results: Results) -> bool:
    """Every run has a poverty rate."""
    return True


def write(results: Results, words: Speaker, folder: Path) -> tuple[Path, Path]:
    """Write ``projection_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(results, words), folder / f"projection_{words.lang}")


def _draw_mixes(axes: Axes, results: Results, leading: str, words: Speaker) -> None:
    """Bands for the leading mix and no policy, a line for each further mix."""
    years = np.array(results.frame.years)
    others = [mix for mix in results.frame.mixes if mix not in (leading, NO_POLICY)]
    for mix in _drawn_order(results):
        values = results.series(mix, MEASURE)
        main = mix in (leading, NO_POLICY)
        place = 0 if main else others.index(mix)
        colour = (BLUE if mix == leading else ORANGE) if main else OTHERS[place % len(OTHERS)]
        # Dots of lines that run along each other fall between one another, so that each stays to be seen.
        dots = (1.6 * place, (1.2, 0.4 + 1.6 * max(len(others) - 1, 1)))
        style = "-" if mix == leading else (0, (5, 2)) if mix == NO_POLICY else dots
        if main:
            for low, high, opacity in BANDS:
                axes.fill_between(years, *np.quantile(values, (low, high), axis=0), color=colour, alpha=opacity, linewidth=0)
            axes.plot(years, np.quantile(values, BANDS[0][:2], axis=0).T, color=colour, linewidth=0.6, alpha=0.7)
        label = words.text("chart.median", mix=words.mix(mix))
        look: Any = {"linewidth": 1.9, "zorder": 3.0} if main else {"linewidth": 1.5, "zorder": 4.0}  # dots stay visible over a line
        axes.plot(years, np.median(values, axis=0), color=colour, linestyle=style, label=label, **look)


def _draw_start(axes: Axes, results: Results, words: Speaker) -> None:
    """The point from which every run starts, with rate and households."""
    start, mix = results.frame.start_year, results.frame.mixes[0]
    rate = float(np.median(results.at(mix, MEASURE, start)))
    poor = float(np.median(results.at(mix, "official_poor_households", start)))
    axes.plot([start], [rate], "o", color=DARK, markersize=5, zorder=5)
    label = f"{words.percent(rate, 2)}\n({words.households(poor)})"
    axes.annotate(label, (start, rate), xytext=(7, 5), textcoords="offset points", ha="left", va="bottom", fontsize=8, path_effects=HALO)


def _draw_targets(axes: Axes, results: Results, mix: str, words: Speaker) -> None:
    """A line at the rate that each target on the poverty rate of everybody allows."""
    for target in results.frame.targets:
        known = target.year in results.frame.years and target.base_year in results.frame.years
        if not known or target.measure != MEASURE or (target.place, target.group) != ("all", "all"):
            continue
        base = float(np.median(results.at(mix, MEASURE, target.base_year)))
        fall = target.value * (target.years if target.form == "fall_per_year" else 1)
        level = target.value if target.form == "level" else base - fall
        axes.plot([target.base_year, results.frame.years[-1]], [level, level], color=RED, linewidth=1.0, linestyle=(0, (2, 2)), zorder=3)
        axes.plot([target.year], [level], marker="v", color=RED, markersize=7, zorder=6, clip_on=False)
        label = words.text("chart.target", value=words.percent(max(level, 0.0), 2))
        is_low, is_last = level < 0.1 * _highest(results), target.year == results.frame.years[-1]
        at: Any = {"xytext": (0, 5 if is_low else -6), "va": "bottom" if is_low else "top", "ha": "right" if is_last else "center"}
        axes.annotate(label, (target.year, level), textcoords="offset points", color=RED, fontsize=8, path_effects=HALO, zorder=7, **at)


def _finish(figure: Figure, axes: Axes, results: Results, words: Speaker) -> None:
    """Axes, the second scale in households, the legend above."""
    years = results.frame.years
    highest = _highest(results)
    axes.set_xlim(years[0] - 0.15, years[-1] + 0.15)
    axes.set_ylim(0, highest * 1.22 if highest > 0 else 1)
    axes.set_xticks(years, [str(year) for year in years])
    axes.set_xlabel(words.text("chart.year_axis"))
    axes.set_ylabel(words.text("chart.rate_axis"))
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    plain_numbers(axes.yaxis, words, decimals_of_ticks(axes.get_yticks()))
    households = _households(results) / 100.0
    scales: Any = (lambda rate: rate * households, lambda count: count / households)
    second = axes.secondary_yaxis("right", functions=scales)
    second.set_ylabel(words.text("chart.households_axis"))
    plain_numbers(second.yaxis, words, 0)
    height = figure.get_figheight()
    handles, labels = axes.get_legend_handles_labels()
    order = sorted(range(len(labels)), key=lambda index: results.frame.mixes.index(_drawn_order(results)[index]))
    figure.legend(
        [handles[index] for index in order],
        [labels[index] for index in order],
        loc="upper left",
        bbox_to_anchor=(0.01, 1 - 0.48 / height),
        ncols=LEGEND_COLUMNS,
        frameon=False,
        handlelength=2.6,
        columnspacing=1.6,
    )


def _highest(results: Results) -> float:
    """The highest upper end of a 90 % band."""
    return max(float(np.quantile(results.series(mix, MEASURE), 0.95, axis=0).max()) for mix in results.frame.mixes)


def _households(results: Results) -> float:
    """Households at the start."""
    return float(np.median(results.at(results.frame.mixes[0], "households", results.frame.start_year)))


def _drawn_order(results: Results) -> list[str]:
    """Mixes from the back to the front: no_policy, others, the leading one last."""
    leading = results.frame.leading
    return sorted(results.frame.mixes, key=lambda mix: (mix == leading, mix != NO_POLICY))
