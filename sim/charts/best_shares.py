"""Who gets what: today's share and the best of every lever, year or place, with the shares that are as good."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.study_note import note
from sim.charts.style import BLUE, DARK, SETTINGS, new_figure, pale, plain_numbers, save, wrap
from sim.studies.best import TODAY, BestMix

PERCENT = 100.0
LEFT, RIGHT = 0.34, 0.97
ROW, ROOM = 0.235, 0.62  # inches of a line, and beside the lines of a block
STEP, SPREAD = 0.1, 0.72  # inches from number to number along a front; how much of a line they take
RING = 9.5  # points of today's circle, which a number of the front may stand in
LABEL_WIDTH, TITLE_WIDTH = 36, 70  # letters of a line


def draw(study: BestMix, words: Any) -> Figure | None:
    """A panel a block of money, a line a member: the best, or the divisions along a front. None where no division moves an aim."""
    if not study.moved:
        return None
    frame, several = study.frame, len(study.aims) > 1
    blocks: dict[tuple[str, str, int], list[Any]] = {}
    for row in study.rows("divisions", division=TODAY):
        blocks.setdefault((row.over, row.money, row.money_dong), []).append(row)
    found = {name: {_key(row): row for row in study.rows("divisions", division=name)} for name in study.bests}
    chart = "chart_along" if several else "chart"
    foot = note(study, words, f"best.{chart}_footer", searched=words.number(study.searched))
    tall = max(ROW, STEP * (len(found) + 1)) if several else ROW
    with rc_context(SETTINGS):
        lines = sum(len(rows) for rows in blocks.values())
        title = wrap(words.say(f"best.{chart}", mix=words.mix(study.mix), aim=words.aim(study, study.aims[0])), 92)
        figure = new_figure(words.name(frame.name, frame.key), title, foot, height=0.75 + tall * lines + ROOM * len(blocks) + 0.15)
        height = figure.get_figheight()
        top = 0.62 + 0.16 * title.count("\n")
        for (over, money, dong), rows in blocks.items():
            axes = figure.add_axes((LEFT, 1 - (top + 0.2 + tall * len(rows)) / height, RIGHT - LEFT, tall * len(rows) / height))
            for at, today in enumerate(rows):
                (_along if several else _best)(axes, at, today, [some[_key(today)] for some in found.values()])
            _finish(axes, [wrap(words.member(study, row.member), LABEL_WIDTH) for row in rows], words)
            name = words.say("best.money", kind=words.money_of(study, over, money), amount=words.money(dong))
            axes.set_title(wrap(name, TITLE_WIDTH), fontsize=8, loc="left", pad=3)
            top += tall * len(rows) + ROOM
        axes.set_xlabel(words.say("best.share_axis"), fontsize=7.5)
    return figure


def write(study: BestMix, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``best_mix_<lang>.png`` and ``.svg`` into ``folder``, if there is anything to show."""
    figure = draw(study, words)
    return save(figure, folder / f"best_mix_{words.lang}") if figure is not None else ()


def _key(row: Any) -> tuple[str, str, int, str]:
    """Which share a row is of."""
    return row.over, row.money, row.money_dong, row.member


def _best(axes: Axes, at: int, today: Any, bests: Sequence[Any]) -> None:
    """Today's and the best share of a member on a line of its own."""
    (best,) = bests
    axes.barh(at, PERCENT * (best.flat_high - best.flat_low), left=PERCENT * best.flat_low, height=0.5, color=pale(BLUE, 0.22))
    axes.plot([PERCENT * today.share, PERCENT * best.share], [at, at], color=DARK, linewidth=0.6)
    _today(axes, at, today)
    axes.plot([PERCENT * best.share], [at], "o", markersize=5, color=BLUE, clip_on=False)


def _along(axes: Axes, at: int, today: Any, front: Sequence[Any]) -> None:
    """Today's share of a member and those along the front, numbered from top to bottom."""
    _today(axes, at, today, RING)
    heights = [at + SPREAD * ((number + 0.5) / len(front) - 0.5) for number in range(len(front))]
    shares = [PERCENT * row.share for row in front]
    axes.plot(shares, heights, "o-", markersize=6.5, color=BLUE, linewidth=0.6, clip_on=False)
    for number, (share, height) in enumerate(zip(shares, heights, strict=True), start=1):
        axes.annotate(str(number), (share, height), ha="center", va="center_baseline", fontsize=5, color="white", annotation_clip=False)


def _today(axes: Axes, at: int, today: Any, size: float = 5.0) -> None:
    axes.plot([PERCENT * today.share], [at], "o", markersize=size, markerfacecolor="white", markeredgecolor=DARK, clip_on=False)


def _finish(axes: Axes, labels: list[str], words: Any) -> None:
    """Names of the lines, and the scale of shares."""
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    axes.tick_params(axis="y", length=0, pad=6)
    axes.tick_params(axis="x", labelsize=7)
    axes.grid(axis="x", color="#E5E5E5", linewidth=0.5)
    axes.set_axisbelow(True)
    plain_numbers(axes.xaxis, words, 0)
