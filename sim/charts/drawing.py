"""All kinds of charts of a run, by name."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from sim.charts.style import Speaker
from sim.studies.results import Results

KINDS = ("projection", "standings", "flows", "indicators", "money", "districts")


def draw_charts(results: Results, words: Speaker, folder: Path, kinds: Iterable[str] = KINDS) -> list[Path]:
    """Write the charts of these kinds that the run has data for as PNG and SVG into ``folder``; the files written."""
    files: list[Path] = []
    for kind in kinds:
        module = import_module(f"sim.charts.{kind}")
        if module.has_data(results):
            files += module.write(results, words, folder)
    return files
