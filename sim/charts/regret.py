"""Regret over futures: a table of cells, a row a future and a column a mix, the darker the more to regret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.charts.cells import cells, frame_of
from sim.charts.study_note import note
from sim.charts.style import SETTINGS, save, wrap
from sim.studies.robustness import Robust, is_as_good


def draw(study: Robust, words: Any) -> Figure:
    """The chart as a figure."""
    futures = list(study.futures)
    found = {(row.future, row.mix): row for row in study.rows("outcomes")}
    values = [[found[future, mix].regret for mix in study.mixes] for future in futures]
    best = [next(row.mean for row in study.rows("outcomes", future=future) if row.best) for future in futures]
    texts = [[_text(found[future, mix], words) for mix in study.mixes] for future in futures]
    title = words.say("robust_chart.regret")
    facts = {"measure": words.capital(words.measure(study.measure)), "year": study.year}
    with rc_context(SETTINGS):
        figure, axes = frame_of(study, words, (title, note(study, words, "robust_chart.regret_footer", **facts)), len(futures))
        cells(axes, values, texts)
        names = [words.future(study.futures, future) for future in futures]
        axes.set_yticks(range(len(futures)), [f"{name}  ({words.mean(mean)})" for name, mean in zip(names, best, strict=True)])
        axes.set_xticks(range(len(study.mixes)), [wrap(words.mix(mix).replace("_", " "), 12) for mix in study.mixes])
    return figure


def _text(row: Any, words: Any) -> str:
    return words.say("robust.best") if is_as_good(row) else words.mean(row.regret, row.mean)


def write(study: Robust, words: Any, folder: Path) -> tuple[Path, Path]:
    """Write ``regret_<lang>.png`` and ``.svg`` into ``folder``."""
    return save(draw(study, words), folder / f"regret_{words.lang}")
