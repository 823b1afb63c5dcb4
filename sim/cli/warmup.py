"""``thoatngheo warmup``: compile ahead of the first run."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

import typer

from sim.cli.language import Language, LanguageOption

TICK_SECONDS = 5.0
WORDS = {
    "vi": {
        "compiling": "Đang biên dịch phần tính toán (thường 20 đến 60 giây)…",
        "tick": "… {seconds} giây",
        "done": "Xong sau {seconds} giây. Các lần chạy sau không phải biên dịch nữa. Lưu tại {folder}",
        "before": "Đã biên dịch từ trước; chạy thử mất {seconds} giây. Lưu tại {folder}",
        "plain": "NUMBA_DISABLE_JIT đang bật nên không có gì để biên dịch.",
    },
    "en": {
        "compiling": "Compiling the kernel (usually 20 to 60 seconds)…",
        "tick": "… {seconds} seconds",
        "done": "Done after {seconds} seconds. Later runs need not compile. Kept in {folder}",
        "before": "Compiled before; a trial took {seconds} seconds. Kept in {folder}",
        "plain": "NUMBA_DISABLE_JIT is set, so there is nothing to compile.",
    },
}


def warmup(lang: LanguageOption = Language.VI) -> None:
    """Biên dịch trước để lần chạy đầu không phải đợi / Compile ahead, so that the first run need not wait."""
    import numba

    from sim.kit.compiling import CACHE, is_compiled_before

    words = WORDS[lang]
    if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        typer.echo(words["plain"])
        return
    before = is_compiled_before()
    if not before:
        typer.echo(words["compiling"], err=True)
    started = monotonic()
    finished = Event()
    Thread(target=_tick, args=(finished, started, words["tick"]), daemon=True).start()
    try:
        compile_all()
    finally:
        finished.set()
    typer.echo(words["before" if before else "done"].format(seconds=round(monotonic() - started), folder=CACHE))


def compile_all() -> None:
    """Run a commune of some fifty households for a year with every lever: all that can be compiled is."""
    from sim import scenario as folder
    from sim.engine import Simulation
    from sim.scenario.read import read_scenario

    scenario: Any = small(read_scenario(Path(folder.__path__[0]) / "templates" / "new.en.yaml"))
    simulation = Simulation(Simulation.start(scenario, range(1), 1), next(iter(scenario.mixes)))
    simulation.run()


def small(scenario: Any) -> Any:
    """The scenario with one small place, and followed no longer than its plan."""
    from dataclasses import replace

    place = replace(scenario.places[0], households=60, poor=6, near_poor=6, communes=1)
    return replace(scenario, places=(place,), money=tuple(one for one in scenario.money if one.place is None), follow_years=0, one_for=1)


def _tick(finished: Event, started: float, words: str) -> None:
    """Say every few seconds how long it has taken."""
    while not finished.wait(TICK_SECONDS):
        typer.echo(words.format(seconds=round(monotonic() - started)), err=True)
