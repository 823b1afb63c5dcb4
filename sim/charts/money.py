"""Money by quarter, as planned and as delivered: stacked by lever above, by source below; means of the runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.charts.style import (
    BLUE,
    DARK,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    RED,
    SETTINGS,
    SKY,
    YELLOW,
    Speaker,
    footer,
    new_figure,
    pale,
    plain_numbers,
    save,
    wrap,
)
from sim.studies.payments import GIVEN, PAID, payments, quarters, span
from sim.studies.results import Results

COLOURS = (BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW)  # the largest have colours of their own, the rest is grey
REST = "rest"
ROMAN = ("I", "II", "III", "IV")
INK = {"planned": 0.45, "delivered": 1.0}
PANEL, GAP, ABOVE, BELOW = 1.95, 0.68, 0.98, 0.62  # inches
RIGHT = 0.655  # where the panels end and the legends begin, of the width
MILLION, BILLION = 1e6, 1e9
Stack = dict[str, np.ndarray]  # mean dong by quarter under each name


def has_data(results: Results) -> bool:
    """Whether the leading mix has any money."""
    return any(len(results.ledger[mix]) for mix in _pair(results).values())


def draw(results: Results, words: Speaker) -> Figure:
    """Two panels over the same quarters."""
    pair, frame = _pair(results), results.frame
    names = {by: {reading: _means(results, mix, by) for reading, mix in pair.items()} for by in ("lever", "source")}
    shown = span([table[None] for stacks in names.values() for stack in stacks.values() for table in stack.values()])
    unit, scale = _unit(names["lever"])
    note = footer(results, words, "chart.money_means")
    with rc_context(SETTINGS):
        subtitle = words.text("chart.money", mix=words.mix(frame.leading), unit=words.text(f"chart.{unit}"))
        figure = new_figure(words.name(frame.name, frame.key), subtitle, note, ABOVE + 2 * PANEL + GAP + BELOW)
        height = figure.get_figheight()
        for number, by in enumerate(names):
            top = ABOVE + number * (PANEL + GAP)
            axes = figure.add_axes((0.105, 1 - (top + PANEL) / height, RIGHT - 0.105, PANEL / height))
            _panel(axes, names[by], (shown, scale), lambda name: words.capital(words.name(frame.labels.get(name), name)), words)
            _label_quarters(axes, results, shown)
            axes.set_title(words.text(f"chart.money_by_{by}"), fontsize=8.5, loc="left", color=DARK)
        handles: Any = [Patch(facecolor=pale(GREY, INK[reading])) for reading in pair]
        labels = [words.text(f"chart.{reading}") for reading in pair]
        place: Any = {"loc": "upper left", "bbox_to_anchor": (0.01, 1 - 0.44 / height)}
        figure.legend(handles, labels, ncols=2, frameon=False, handlelength=1.2, **place)
    return figure


def write(results: Results, words: Speaker, folder: Path) -> tuple[Path, Path]:
    """Write ``money_<lang>.png`` and ``.svg`` of the run's first mix into ``folder``."""
    return save(draw(results, words), folder / f"money_{words.lang}")


def _pair(results: Results) -> dict[str, str]:
    """The leading mix as planned and as delivered, those of the two that the run has."""
    mixes = results.frame.planned_and_delivered(results.frame.leading)
    return {reading: mix for reading, mix in zip(("planned", "delivered"), mixes, strict=True) if mix}


def _means(results: Results, mix: str, by: str) -> Stack:
    """Mean dong of a run by quarter."""
    return {name: dong.mean(axis=0) for name, dong in payments(results, mix, by, (*PAID, *GIVEN)).items()}


def _unit(stacks: Mapping[str, Stack]) -> tuple[str, float]:
    """Million dong, or billion where a quarter sees a hundred billion."""
    highest = max((float(np.sum(list(stack.values()), axis=0).max()) for stack in stacks.values() if stack), default=0.0)
    return ("billion_dong", BILLION) if highest >= 100 * BILLION else ("million_dong", MILLION)


def _panel(axes: Axes, stacks: Mapping[str, Stack], look: tuple[slice, float], speak: Any, words: Speaker) -> None:
    """Bars side by side in each quarter, pale as planned and full as delivered."""
    shown, scale = look
    order = _largest_first(stacks)
    at = np.arange(shown.stop - shown.start)
    width = 0.84 / len(stacks)
    boxes, colours, highest = [], [], 0.0
    for number, (reading, stack) in enumerate(stacks.items()):
        left = at + (number - len(stacks) / 2) * width
        bottom = np.zeros(len(at))
        for name, colour in order.items():
            parts = [dong[shown] / scale for key, dong in stack.items() if key == name or (name == REST and key not in order)]
            top = bottom + (np.sum(parts, axis=0) if parts else 0.0)
            right = left + 0.94 * width
            boxes += list(np.stack([[left, bottom], [left, top], [right, top], [right, bottom]]).transpose(2, 0, 1))
            colours += [pale(colour, INK[reading])] * len(at)
            bottom = top
        highest = max(highest, float(bottom.max()))
    axes.add_collection(PolyCollection(boxes, facecolors=colours, linewidths=0))
    axes.set_ylim(0, highest * 1.05 if highest else 1.0)
    handles = [Patch(facecolor=colour) for colour in order.values()]
    labels = [wrap(words.text("chart.rest") if name == REST else speak(name), 32) for name in order]
    place: Any = {"loc": "upper left", "bbox_to_anchor": (1.01, 1.05)}
    axes.legend(handles[::-1], labels[::-1], frameon=False, fontsize=7, handlelength=1.0, labelspacing=0.45, **place)
    axes.set_xlim(-0.6, len(at) - 0.4)
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    plain_numbers(axes.yaxis, words, 0)


def _largest_first(stacks: Mapping[str, Stack]) -> dict[str, str]:
    """The colours of what is paid most; what is left over is one part of its own."""
    total: dict[str, float] = {}
    for stack in stacks.values():
        for name, dong in stack.items():
            total[name] = total.get(name, 0.0) + float(dong.sum())
    order = sorted(total, key=lambda name: (-total[name], name))
    kept = order if len(order) <= len(COLOURS) else order[: len(COLOURS) - 1]
    colours = dict(zip(kept, COLOURS, strict=False))
    return colours if len(kept) == len(order) else {**colours, REST: GREY}


def _label_quarters(axes: Axes, results: Results, shown: slice) -> None:
    """Each quarter by its number, the year below its first."""
    labels = []
    for number, quarter in enumerate(quarters(results)[shown]):
        year = quarter.year if quarter.quarter == 1 or not number else " "  # as many lines each, so that all stand level
        labels.append(f"{ROMAN[quarter.quarter - 1]}\n{year}")
    axes.set_xticks(range(len(labels)), labels, fontsize=7 if len(labels) < 14 else 6)
