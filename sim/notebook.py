"""Studies as ``import sim`` gives them: with their words, tables and charts to look at in a notebook."""

from __future__ import annotations

from typing import Any, ClassVar

from sim.charts import (
    assumptions,
    contribution_bars,
    contribution_pairs,
    contribution_targets,
    differences,
    equity,
    futures_met,
    reach_money,
    reach_reasons,
    regret,
    sources,
)
from sim.report.comparison_text import comparison_text
from sim.report.contributions_text import contributions_text
from sim.report.document import Document
from sim.report.html import html_of
from sim.report.reach_text import reach_text
from sim.report.robust_text import robust_text
from sim.report.sensitivity_text import sensitivity_text
from sim.report.study_words import StudyWords
from sim.studies import answer, comparison, contributed, robustness, sensible
from sim.studies import compare as comparing
from sim.studies import contributions as contributing
from sim.studies import reach as reaching
from sim.studies import robust as robustly
from sim.studies import sensitivity as sensing


class Shown:
    """What can be looked at: ``text``, ``plot`` and Jupyter's own display. ``lang`` is vi or en."""

    charts: ClassVar[dict[str, Any]]

    def text(self, lang: str = "vi") -> Document:
        """The whole study in words."""
        raise NotImplementedError

    def plot(self, kind: str = "", lang: str = "vi") -> Any:
        """Draw one of ``charts`` (the first unless named) and return its matplotlib axes, an only one by itself.

        None where there is nothing to show; ValueError for an unknown kind.
        """
        if kind and kind not in self.charts:
            raise ValueError(f"no such chart: {kind!r}; there are {', '.join(self.charts)}")
        figure = self.charts[kind or next(iter(self.charts))].draw(self, StudyWords(lang))
        if figure is None:
            return None
        return figure.axes[0] if len(figure.axes) == 1 else figure.axes

    def _repr_html_(self) -> str:
        return html_of(self.text())


class Comparison(Shown, comparison.Comparison):
    """Mixes side by side (see sim/studies/comparison.py): ``differences``, ``transitions``, ``costs``."""

    charts: ClassVar[dict[str, Any]] = {"differences": differences, "equity": equity}

    def text(self, lang: str = "vi") -> Document:
        """The comparison in words."""
        return comparison_text(self, lang)


class Reach(Shown, answer.Reach):
    """What it would take (see sim/studies/answer.py): ``targets``, ``years``, ``money``, ``tried``, ``reasons``, ``remainder``."""

    charts: ClassVar[dict[str, Any]] = {"reasons": reach_reasons, "money": reach_money}

    def text(self, lang: str = "vi") -> Document:
        """The answer in words."""
        return reach_text(self, lang)


class Contributions(Shown, contributed.Contributions):
    """What each lever earns (see sim/studies/contributed.py): ``contributions``, ``totals``, ``interactions``, ``coalitions``."""

    charts: ClassVar[dict[str, Any]] = {"households": contribution_bars, "targets": contribution_targets, "pairs": contribution_pairs}

    def text(self, lang: str = "vi") -> Document:
        """The shares in words."""
        return contributions_text(self, lang)


class Robust(Shown, robustness.Robust):
    """Mixes over futures (see sim/studies/robustness.py): ``outcomes``, ``targets``, ``satisficing``, ``rules``, ``drivers``."""

    charts: ClassVar[dict[str, Any]] = {"regret": regret, "targets": futures_met}

    def text(self, lang: str = "vi") -> Document:
        """The study in words."""
        return robust_text(self, lang)


class Sensitivity(Shown, sensible.Sensitivity):
    """What drives the verdict (see sim/studies/sensible.py): ``split``, ``screening``, ``indices``, ``numbers``, ``information``."""

    charts: ClassVar[dict[str, Any]] = {"sources": sources, "assumptions": assumptions}

    def text(self, lang: str = "vi") -> Document:
        """The study in words."""
        return sensitivity_text(self, lang)


def compare(scenarios: Any, mixes: Any = None, **options: Any) -> Comparison:
    """Compare mixes as :func:`sim.studies.compare.compare` does; ``scenarios`` may be paths."""
    every = scenarios if isinstance(scenarios, (list, tuple)) else [scenarios]
    return Comparison(**vars(comparing.compare([_loaded(one) for one in every], mixes, **options)))


def reach(scenario: Any, mix: str = "plan", target: str | None = None, **options: Any) -> Reach:
    """Ask what it would take as :func:`sim.studies.reach.reach` does; ``scenario`` may be a path."""
    return Reach(**vars(reaching.reach(_loaded(scenario), mix, target, **options)))


def contributions(scenario: Any, mix: str = "plan", **options: Any) -> Contributions:
    """Divide what a mix brings as :func:`sim.studies.contributions.contributions` does; ``scenario`` may be a path."""
    return Contributions(**vars(contributing.contributions(_loaded(scenario), mix, **options)))


def robust(scenario: Any, mixes: Any = None, **options: Any) -> Robust:
    """Try mixes in futures as :func:`sim.studies.robust.robust` does; ``scenario`` may be a path."""
    return Robust(**vars(robustly.robust(_loaded(scenario), mixes, **options)))


def sensitivity(scenario: Any, mix: str = "plan", target: str | None = None, **options: Any) -> Sensitivity:
    """Ask what drives the verdict as :func:`sim.studies.sensitivity.sensitivity` does; ``scenario`` may be a path."""
    return Sensitivity(**vars(sensing.sensitivity(_loaded(scenario), mix, target, **options)))


def _loaded(scenario: Any) -> Any:
    """A scenario, read if it is a path."""
    from sim.scenario.read import read_scenario
    from sim.scenario.shape import Scenario

    return scenario if isinstance(scenario, Scenario) else read_scenario(scenario)
