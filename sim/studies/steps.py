"""Progress over many runs whose whole work is known beforehand."""

from __future__ import annotations

from sim.studies.run import Progress


class Steps:
    """``of(work)`` is the progress of the next run, which is ``work`` of ``total``."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._before = progress, max(total, 1), 0

    def of(self, work: int) -> Progress:
        """Progress of the next part."""
        before, self._before = self._before, self._before + work
        self._total = max(self._total, self._before)

        def tell(done: int, total: int) -> None:
            if self._progress is not None:
                self._progress(before + work * done // total, self._total)

        return tell

    def end(self) -> None:
        """All is done."""
        if self._progress is not None:
            self._progress(self._total, self._total)
