"""What can be looked at in a notebook: in words, as a chart, and as Jupyter's own display."""

from __future__ import annotations

import sys
from importlib import import_module
from io import BytesIO
from typing import Any, ClassVar

from sim.report.document import Document
from sim.report.study_words import StudyWords

SHARPNESS = 96  # dots an inch of a chart under a cell


class Shown:
    """What can be looked at: ``text``, ``plot`` and Jupyter's own display. ``lang`` is vi or en."""

    charts: ClassVar[dict[str, Any]]
    words: ClassVar[Any] = StudyWords  # what speaks of it in a language

    def text(self, lang: str = "vi") -> Document:
        """The whole study in words."""
        raise NotImplementedError

    def plot(self, kind: str = "", lang: str = "vi") -> Any:
        """Draw one of ``charts`` (the first unless named) and return its matplotlib axes, an only one by itself.

        In a notebook the chart also appears under the cell. None where there is nothing to show; ValueError for an unknown kind.
        """
        if kind and kind not in self.charts:
            raise ValueError(f"no such chart: {kind!r}; there are {', '.join(self.charts)}")
        chart = self.charts[kind or next(iter(self.charts))]
        figure = chart.draw(self, self.words(lang)) if not hasattr(chart, "has_data") or chart.has_data(self) else None
        if figure is None:
            return None
        _show(figure)
        return figure.axes[0] if len(figure.axes) == 1 else figure.axes

    def __repr__(self) -> str:
        frame: Any = getattr(self, "frame", None)
        return f"<{type(self).__name__} of {frame.key}, {frame.replications} replications>" if frame else f"<{type(self).__name__}>"

    def _repr_html_(self) -> str:
        return self.text()._repr_html_()


def _show(figure: Any) -> None:
    """Put a chart under the cell of a notebook, as pyplot would; nothing elsewhere."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if hasattr(shell, "kernel"):
        picture = BytesIO()
        figure.savefig(picture, format="png", dpi=SHARPNESS, metadata={"Software": None})
        jupyter = import_module("IPython.display")
        jupyter.display(jupyter.Image(picture.getvalue()))
