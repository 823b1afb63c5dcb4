"""Where the spread of each outcome comes from: bars of shares by source."""

from __future__ import annotations

from math import isnan
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.charts.study_note import note
from sim.charts.style import BLUE, DARK, GREEN, GREY, ORANGE, SETTINGS, SKY, further_lines, new_figure, plain_numbers, save, wrap
from sim.studies.sensible import Sensitivity
from sim.studies.sources import SOURCES

COLOURS = dict(zip(SOURCES, (GREEN, BLUE, ORANGE, SKY, "#C9C9C9"), strict=True))
ROW = 0.3  # inches
LABEL_WIDTH = 46  # letters
TOLD_FROM = 7.0  # percent from which a share is written into its bar


def draw(study: Sensitivity, words: Any) -> Figure | None:
    """The chart as a figure; None where nothing was split."""
    outcomes = [study.main, *[one for one in dict.fromkeys(row.outcome for row in study.rows("split")) if one != study.main]]
    found = {one: {row.source: 100.0 * row.share for row in study.rows("split", outcome=one)} for one in outcomes}
    shown = {one: shares for one, shares in found.items() if shares and not any(map(isnan, shares.values()))}
    if not shown:
        return None
    foot = note(study, words, "sensitivity_chart.sources_footer")
    with rc_context(SETTINGS):
        title = words.say("sensitivity_chart.sources")
        figure = new_figure(words.name(study.frame.name, study.frame.key), title, foot, height=1.65 + ROW * len(shown))
        height = figure.get_figheight()
        axes = figure.add_axes((0.4, (0.62 + further_lines(foot)) / height, 0.57, ROW * len(shown) / height))
        for at, shares in enumerate(shown.values()):
            left = 0.0
            for source in SOURCES:
                share = max(shares[source], 0.0)
                axes.barh(at, share, left=left, height=0.66, color=COLOURS[source], linewidth=0)
                if share >= TOLD_FROM:
                    colour = "white" if source in SOURCES[:2] else DARK
                    axes.text(left + share / 2, at, words.number(share), ha="center", va="center", fontsize=7, color=colour)
                left += share
        axes.set_yticks(range(len(shown)), [_short(words.outcome(study.frame, one)) for one in shown], fontsize=6.5)
        axes.set_ylim(len(shown) - 0.5, -0.5)
        axes.set_xlim(0, 100)
        axes.tick_params(axis="y", length=0)
        axes.tick_params(axis="x", labelsize=7)
        plain_numbers(axes.xaxis, words, 0)
        axes.set_xlabel("%", fontsize=7.5)
        for spine in ("left", "bottom"):
            axes.spines[spine].set_color(GREY)
        for source in SOURCES:
            axes.barh([0], [0], color=COLOURS[source], label=words.say(f"sensitivity.sources.{source}"))
        figure.legend(loc="upper left", bbox_to_anchor=(0.01, 1 - 0.46 / height), ncols=2, frameon=False, fontsize=7, columnspacing=1.2)
    return figure


def _short(text: str) -> str:
    """A name in two lines at most."""
    lines = wrap(text, LABEL_WIDTH).split("\n")
    return "\n".join(lines) if len(lines) <= 2 else f"{lines[0]}\n{lines[1]}…"


def write(study: Sensitivity, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``sources_<lang>.png`` and ``.svg`` into ``folder``, if there is anything to show."""
    figure = draw(study, words)
    return save(figure, folder / f"sources_{words.lang}") if figure is not None else ()
