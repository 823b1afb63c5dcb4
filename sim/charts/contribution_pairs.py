"""What two players bring together over and above each by itself: half a table, a cell a pair."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.charts.matrix import DOT, Cell, matrix, room_above
from sim.charts.study_note import note
from sim.charts.style import SETTINGS, new_figure, save, wrap
from sim.studies.contributed import Contributions, is_nothing, is_seen
from sim.studies.outcomes import ESCAPED, HOUSEHOLDS

LEFT, CELL = 0.27, 0.1  # shares of the width: names of the rows, and a column at most
TOP, ROW = 0.5, 0.3  # inches of the titles, and of a row


def draw(study: Contributions, words: Any) -> Figure | None:
    """The chart as a figure; None where there are no pairs."""
    frame, year = study.frame, study.frame.last_planned_year
    found = study.rows("interactions", kind=HOUSEHOLDS, name=ESCAPED, year=year)
    told = {player for row in found if not is_nothing(row) for player in (row.player, row.other)}
    players = [player for player in study.by_weight() if player in told]
    if len(players) < 2:
        return None
    by_pair = {frozenset((row.player, row.other)): row for row in found}
    greatest = max(abs(row.mean) for row in found) or 1.0
    foot = note(study, words, "contributions.chart_pairs_footer", year=year)
    rows, columns = players[1:], players[:-1]
    names = [[words.capital(words.player(frame, player)) for player in some] for some in (rows, columns)]
    top = TOP + room_above(names[1])
    with rc_context(SETTINGS):
        title = words.say("contributions.chart_pairs", mix=words.mix(study.mix))
        figure = new_figure(words.name(frame.name, frame.key), title, foot, height=top + 0.35 + ROW * len(rows))
        height, wide = figure.get_figheight(), min(CELL * len(columns), 0.94 - LEFT)
        axes = figure.add_axes((LEFT, 1 - (top + ROW * len(rows)) / height, wide, ROW * len(rows) / height))
        cells = [
            [_cell(by_pair[frozenset((row, column))], greatest, words) if place <= at else None for place, column in enumerate(columns)]
            for at, row in enumerate(rows)
        ]
        matrix(axes, ([wrap(name, 34) for name in names[0]], names[1]), cells)
    return figure


def write(study: Contributions, words: Any, folder: Path) -> tuple[Path, ...]:
    """Write ``contributions_pairs_<lang>.png`` and ``.svg`` into ``folder``, if there is anything to show."""
    figure = draw(study, words)
    return save(figure, folder / f"contributions_pairs_{words.lang}") if figure is not None else ()


def _cell(row: Any, greatest: float, words: Any) -> Cell:
    if is_nothing(row):
        return Cell("", 0.0)
    return Cell(words.bearing(row.mean, row.mean_high - row.mean_low), row.mean / greatest) if is_seen(row) else Cell(DOT, 0.0)
