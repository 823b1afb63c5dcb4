"""What levers and growth bring to each target: a table of numbers, coloured by their weight in the row."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.charts.matrix import DOT, Cell, matrix, room_above
from sim.charts.study_note import note
from sim.charts.style import SETTINGS, new_figure, save, wrap
from sim.studies.contributed import Contributions, is_nothing, is_seen
from sim.studies.outcomes import TARGET

LEFT, RIGHT = 0.33, 0.94
TOP, ROW = 0.5, 0.27  # inches of the titles, and of a row
LABEL_WIDTH = 42  # letters of a line


def draw(study: Contributions, words: Any) -> Figure | None:
    """A row a target that anybody is seen to move, a column a player; None where nothing moves any."""
    frame, players = study.frame, study.by_weight()
    found = {row.name: study.rows("contributions", kind=TARGET, name=row.name) for row in study.rows("totals", kind=TARGET)}
    moved = {name: {row.player: row for row in rows} for name, rows in found.items() if any(is_seen(row) for row in rows)}
    players = [player for player in players if any(not is_nothing(rows[player]) for rows in moved.values())]
    if not moved:
        return None
    foot = note(study, words, "contributions.chart_targets_footer")
    columns = [words.capital(words.player(frame, player)) for player in players]
    top = TOP + room_above(columns)
    with rc_context(SETTINGS):
        title = words.say("contributions.chart_targets", mix=words.mix(study.mix))
        figure = new_figure(words.name(frame.name, frame.key), title, foot, height=top + 0.35 + ROW * len(moved))
        height = figure.get_figheight()
        axes = figure.add_axes((LEFT, 1 - (top + ROW * len(moved)) / height, RIGHT - LEFT, ROW * len(moved) / height))
        numbers = {target.name: number for number, target in enumerate(frame.targets, start=1)}
        named = {target.name: target for target in frame.targets}
        rows = [wrap(f"{numbers[name]}. {_short(words.name_of(frame, named[name]))}", LABEL_WIDTH) for name in moved]
        matrix(axes, (rows, columns), [[_cell(row[player], row.values(), words) for player in players] for row in moved.values()])
    return figure


def write(study: Contributions, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``contributions_targets_<lang>.png`` and ``.svg`` into ``folder``, if there is anything to show."""
    figure = draw(study, words)
    return save(figure, folder / f"contributions_targets_{words.lang}") if figure is not None else ()


def _cell(row: Any, others: Any, words: Any) -> Cell:
    """A contribution: its number, and how good it is beside the greatest of the row."""
    if is_nothing(row):
        return Cell("", 0.0)
    if not is_seen(row):
        return Cell(DOT, 0.0)
    greatest = max(abs(one.mean) for one in others)
    return Cell(words.bearing(row.mean, row.mean_high - row.mean_low), row.mean / greatest * (1 if row.more_is_better else -1))


def _short(text: str) -> str:
    """A name that two lines hold, ended between words."""
    return textwrap.shorten(text, 2 * LABEL_WIDTH - 8, placeholder=" …")
