"""All kinds of charts of a run, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from sim.charts.style import Speaker
from sim.studies.forks import can_fork, in_order
from sim.studies.results import Results

KINDS = ("projection", "standings", "flows", "indicators", "money", "districts")


def draw_charts(results: Results, words: Speaker, folder: Path, kinds: Iterable[str] = KINDS) -> list[Path]:
    """Write the charts of these kinds that the run has data for as PNG and SVG into ``folder``; the files written."""
    return [file for kind in kinds for file in _draw(results, words, folder, kind)]


def draw_beside(results: Results, words: Speaker, folder: Path, meanwhile: Callable[[], None]) -> list[Path]:
    """All charts as :func:`draw_charts` writes them, by two processes where the system can fork, while ``meanwhile`` is done here."""
    if not can_fork():
        meanwhile()
        return draw_charts(results, words, folder)
    drawn = in_order(lambda kind, _: _draw(results, words, folder, kind), KINDS, 2, lambda: None, meanwhile)
    return [file for files in drawn for file in files]


def _draw(results: Results, words: Speaker, folder: Path, kind: str) -> list[Path]:
    module = import_module(f"sim.charts.{kind}")
    return list(module.write(results, words, folder)) if module.has_data(results) else []
