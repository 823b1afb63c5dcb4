"""Who gets what: today's share and the best of every lever, year or place, with the shares that are as good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts.study_note import note
from sim.charts.style import BLUE, DARK, SETTINGS, new_figure, pale, plain_numbers, save, wrap
from sim.studies.best import BEST, TODAY, BestMix

PERCENT = 100.0
LEFT, RIGHT = 0.34, 0.97
ROW, ROOM = 0.235, 0.62  # inches of a line, and beside the lines of a block
LABEL_WIDTH, TITLE_WIDTH = 36, 62  # letters of a line


def draw(study: BestMix, words: Any) -> Figure | None:
    """A panel a block of money, a line a member; None for several aims, and where no division moves the aim."""
    if len(study.aims) > 1 or not study.moved:
        return None
    frame = study.frame
    blocks: dict[tuple[str, str, int], list[Any]] = {}
    for row in study.rows("divisions", division=TODAY):
        blocks.setdefault((row.over, row.money, row.money_dong), []).append(row)
    best = {(row.over, row.money, row.money_dong, row.member): row for row in study.rows("divisions", division=BEST)}
    foot = note(study, words, "best.chart_footer", searched=words.number(study.searched))
    with rc_context(SETTINGS):
        lines = sum(len(rows) for rows in blocks.values())
        title = wrap(words.say("best.chart", aim=words.aim(study, study.aims[0])), 92)
        figure = new_figure(words.name(frame.name, frame.key), title, foot, height=0.75 + ROW * lines + ROOM * len(blocks) + 0.15)
        height = figure.get_figheight()
        top = 0.62 + 0.16 * title.count("\n")
        for (over, money, dong), rows in blocks.items():
            tall = ROW * len(rows)
            axes = figure.add_axes((LEFT, 1 - (top + 0.2 + tall) / height, RIGHT - LEFT, tall / height))
            pairs = [(row, best[row.over, row.money, row.money_dong, row.member]) for row in rows]
            _lines(axes, pairs, [wrap(words.member(study, row.member), LABEL_WIDTH) for row in rows], words)
            name = words.say("best.money", kind=words.money_of(study, over, money), amount=words.money(dong))
            axes.set_title(wrap(name, TITLE_WIDTH), fontsize=8, loc="left", pad=3)
            top += tall + ROOM
        axes.set_xlabel(words.say("best.share_axis"), fontsize=7.5)
    return figure


def write(study: BestMix, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``best_mix_<lang>.png`` and ``.svg`` into ``folder``, if there is anything to show."""
    figure = draw(study, words)
    return save(figure, folder / f"best_mix_{words.lang}") if figure is not None else ()


def _lines(axes: Axes, pairs: list[tuple[Any, Any]], labels: list[str], words: Any) -> None:
    """Today's and the best share of each member on a line of its own."""
    for at, (today, best) in enumerate(pairs):
        axes.barh(at, PERCENT * (best.flat_high - best.flat_low), left=PERCENT * best.flat_low, height=0.5, color=pale(BLUE, 0.22))
        axes.plot([PERCENT * today.share, PERCENT * best.share], [at, at], color=DARK, linewidth=0.6)
        axes.plot([PERCENT * today.share], [at], "o", markersize=5, markerfacecolor="white", markeredgecolor=DARK, clip_on=False)
        axes.plot([PERCENT * best.share], [at], "o", markersize=5, color=BLUE, clip_on=False)
    axes.set_yticks(range(len(pairs)), labels, fontsize=7)
    axes.set_ylim(len(pairs) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=7)
    axes.grid(axis="x", color="#E5E5E5", linewidth=0.5)
    axes.set_axisbelow(True)
    plain_numbers(axes.xaxis, words, 0)
