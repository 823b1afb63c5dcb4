"""A progress bar on stderr for whatever takes over two seconds."""

from __future__ import annotations

from threading import Timer
from types import TracebackType
from typing import Self

PATIENCE_SECONDS = 2.0


class Bar:
    """Shows ``done`` of ``total`` once two seconds have passed, on a terminal only; silent when ``quiet``."""

    def __init__(self, title: str, quiet: bool = False) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        self.console = Console(stderr=True, quiet=quiet, highlight=False)
        share = TextColumn("{task.percentage:>3.0f} %")
        columns = (TextColumn("{task.description}"), BarColumn(), share, TimeElapsedColumn(), TimeRemainingColumn())
        hidden = quiet or not self.console.is_terminal
        self._progress = Progress(*columns, console=self.console, transient=True, disable=hidden)
        self._task = self._progress.add_task(title, total=None)
        self._timer = Timer(PATIENCE_SECONDS, self._progress.start)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, where: TracebackType | None) -> None:
        self._timer.cancel()
        self._progress.stop()

    def advance(self, done: int, total: int) -> None:
        """So much of it is done."""
        self._progress.update(self._task, completed=done, total=total)
