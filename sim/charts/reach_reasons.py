"""What is missing for a target and what would make it up: bars that fall from the shortfall as it is to what is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.charts.study_note import note
from sim.charts.style import BLUE, DARK, GREEN, GREY, RED, SETTINGS, decimals_of_ticks, new_figure, plain_numbers, save, wrap
from sim.studies.answer import ADDED, ALONE, REMEDIES, Reach

MOST_TARGETS = 4
EVEN = 0.5
COUNTED = ("households", "people")
ROW, ROOM = 0.2, 0.75  # inches of a bar, and beside the bars of a target


def draw(study: Reach, words: Any) -> Figure | None:
    """One set of bars for each target that is not as likely as not; None where there is none to show."""
    targets = [row for row in study.rows("targets") if row.probability < EVEN and row.missing_mean > 0][:MOST_TARGETS]
    targets = [row for row in targets if study.rows("reasons", target=row.name)]
    if not targets:
        return None
    frame = study.frame
    foot = note(study, words, "chart.reasons_footer")
    numbers = {target.name: number for number, target in enumerate(frame.targets, start=1)}
    with rc_context(SETTINGS):
        tall = ROW * (len(REMEDIES) + 2) + ROOM
        title = words.say("chart.reasons", mix=words.mix(study.mix))
        figure = new_figure(words.name(frame.name, frame.key), title, foot, height=0.8 + tall * len(targets))
        height = figure.get_figheight()
        for at, row in enumerate(targets):
            bottom = height - 0.55 - tall * (at + 1) + 0.45
            axes = figure.add_axes((0.33, bottom / height, 0.62, (tall - ROOM) / height))
            target = next(target for target in frame.targets if target.name == row.name)
            says = words.name(target.says, "") or words.name_of(frame, target)
            axes.set_title(wrap(f"{numbers[row.name]}. {says}", 62), fontsize=8, loc="left", pad=3)
            _bars(axes, _steps(study, row), row.missing_unit, words)
    return figure


def write(study: Reach, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``reach_reasons_<lang>.png`` and ``.svg`` into ``folder``, if there is anything to show."""
    figure = draw(study, words)
    return save(figure, folder / f"reach_reasons_{words.lang}") if figure is not None else ()


def _steps(study: Reach, row: Any) -> list[tuple[str, float, float]]:
    """Name of each bar, where it starts and where it ends."""
    steps = [("short_now", 0.0, row.missing_mean)]
    left = row.missing_mean
    for remedy in REMEDIES:
        how = ALONE if remedy == REMEDIES[0] else ADDED
        found = study.rows("reasons", target=row.name, remedy=remedy, how=how)
        if found:
            steps.append((remedy, left, row.missing_mean - found[0].gained))
            left = steps[-1][2]
    return [*steps, ("short_left", 0.0, left)]


def _bars(axes: Axes, steps: list[tuple[str, float, float]], unit: str, words: Any) -> None:
    """The bars of one target, with what each takes off."""
    labels = []
    for at, (name, start, end) in enumerate(steps):
        whole = name in ("short_now", "short_left")
        colour = (RED if name == "short_left" else BLUE) if whole else GREEN if end <= start else GREY
        axes.barh(at, end - start, left=start, height=0.72, color=colour)
        shown = end if whole else end - start
        text = words.number(shown, 1) if abs(shown) >= 0.05 else "0"
        side = max(start, end)
        axes.annotate(text, (side, at), xytext=(3, 0), textcoords="offset points", va="center", fontsize=7)
        labels.append(words.say(f"chart.{name}") if whole else words.say(f"reach.{name}_remedy"))
        if at + 1 < len(steps):
            axes.plot([end, end], [at + 0.36, at + 0.64], color=DARK, linewidth=0.5)
    axes.set_yticks(range(len(steps)), labels, fontsize=7.5)
    axes.set_ylim(len(steps) - 0.4, -0.6)
    axes.set_xlim(0, max(max(start, end) for _, start, end in steps) * 1.12)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=7)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6))
    plain_numbers(axes.xaxis, words, decimals_of_ticks(axes.get_xticks()))
    key = f"chart.{unit}_axis" if unit in COUNTED else "chart.other_axis"
    axes.set_xlabel(words.say(key, **({} if unit in COUNTED else {"unit": unit})), fontsize=7.5)
