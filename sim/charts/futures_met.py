"""Chance of each target in each future, as a table of cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.charts.cells import cells, frame_of
from sim.charts.study_note import note
from sim.charts.style import SETTINGS, save, wrap
from sim.studies.judging import ALL_TARGETS
from sim.studies.robustness import Robust

WIDTH = 44  # letters of a target's line


def draw(study: Robust, words: Any) -> Figure | None:
    """The chart as a figure; None without targets."""
    rows = study.rows("targets", mix=study.mix)
    targets = list(dict.fromkeys(row.target for row in rows))
    if not targets:
        return None
    found = {(row.target, row.future): row for row in rows}
    futures = list(study.futures)
    values = [[found[target, future].probability for future in futures] for target in targets]
    texts = [[words.share(value) for value in row] for row in values]
    title = words.say("robust_chart.futures_met", mix=words.mix(study.mix))
    with rc_context(SETTINGS):
        figure, axes = frame_of(study, words, (title, note(study, words, "robust_chart.futures_met_footer")), len(targets))
        cells(axes, values, texts, highest=1.0)
        axes.set_yticks(range(len(targets)), [_label(study, target, words) for target in targets], fontsize=6.5)
        axes.set_xticks(range(len(futures)), [wrap(words.future(study.futures, future), 9) for future in futures], fontsize=6)
    return figure


def _label(study: Robust, name: str, words: Any) -> str:
    if name == ALL_TARGETS:
        return words.say("robust.all_targets")
    numbers = {target.name: (number, target) for number, target in enumerate([t for t in study.frame.targets if t.is_judged], start=1)}
    number, target = numbers[name]
    lines = wrap(f"{number}. {words.name_of(study.frame, target)}", WIDTH).split("\n")
    return lines[0] if len(lines) == 1 else f"{lines[0]}…"


def write(study: Robust, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``futures_met_<lang>.png`` and ``.svg`` into ``folder``, if there are targets."""
    figure = draw(study, words)
    return save(figure, folder / f"futures_met_{words.lang}") if figure is not None else ()
