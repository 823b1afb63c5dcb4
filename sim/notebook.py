"""Studies as ``import sim`` gives them: with their words, tables and charts to look at in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from sim.charts import (
    assumptions,
    best_front,
    best_shares,
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
    update_fan,
    update_why,
)
from sim.notebook_run import loaded
from sim.report.best_mix_text import best_mix_text
from sim.report.best_words import BestWords
from sim.report.compare_text import compare_text
from sim.report.contributions_text import contributions_text
from sim.report.document import Document
from sim.report.reach_text import reach_text
from sim.report.robust_text import robust_text
from sim.report.sensitivity_text import sensitivity_text
from sim.report.shown import Shown
from sim.report.update_text import update_text
from sim.studies import answer, best, comparison, contributed, robustness, sensible, updated
from sim.studies import best_mix as dividing
from sim.studies import compare as comparing
from sim.studies import contributions as contributing
from sim.studies import reach as reaching
from sim.studies import robust as robustly
from sim.studies import sensitivity as sensing
from sim.studies import update as updating
from sim.studies.reviews import Review, read_reviews


class Comparison(Shown, comparison.Comparison):
    """Mixes side by side (see sim/studies/comparison.py): ``differences``, ``transitions``, ``costs``."""

    charts: ClassVar[dict[str, Any]] = {"differences": differences, "equity": equity}

    def text(self, lang: str = "vi") -> Document:
        """The comparison in words."""
        return compare_text(self, lang)


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


class Update(Shown, updated.Update):
    """A forecast after review results (see sim/studies/updated.py): ``reviews``, ``forecast``, ``targets``, ``causes``, ``weights``."""

    charts: ClassVar[dict[str, Any]] = {"forecast": update_fan, "causes": update_why}

    def text(self, lang: str = "vi") -> Document:
        """The study in words."""
        return update_text(self, lang)


class BestMix(Shown, best.BestMix):
    """The best use of the money (see sim/studies/best.py): ``divisions``, ``fresh``, ``tried``, ``points``, ``curves``."""

    charts: ClassVar[dict[str, Any]] = {"shares": best_shares, "front": best_front}
    words: ClassVar[Any] = BestWords

    def text(self, lang: str = "vi") -> Document:
        """The division in words."""
        return best_mix_text(self, lang)


def compare(scenarios: Any, mixes: Any = None, **options: Any) -> Comparison:
    """Compare mixes as :func:`sim.studies.compare.compare` does; ``scenarios`` may be paths or mappings."""
    every = scenarios if isinstance(scenarios, (list, tuple)) else [scenarios]
    return Comparison(**vars(comparing.compare([loaded(one) for one in every], mixes, **options)))


def reach(scenario: Any, mix: str = "plan", target: str | None = None, **options: Any) -> Reach:
    """Ask what it would take as :func:`sim.studies.reach.reach` does; ``scenario`` may be a path or a mapping."""
    return Reach(**vars(reaching.reach(loaded(scenario), mix, target, **options)))


def best_mix(scenario: Any, mix: str = "plan", aims: Any = ("escaped",), **options: Any) -> BestMix:
    """Search the best division of a mix's money as :func:`sim.studies.best_mix.best_mix` does; ``scenario`` may be a path or a mapping."""
    every = [aims] if isinstance(aims, str) else list(aims)
    return BestMix(**vars(dividing.best_mix(loaded(scenario), mix, every, **options)))


def contributions(scenario: Any, mix: str = "plan", **options: Any) -> Contributions:
    """Divide what a mix brings as :func:`sim.studies.contributions.contributions` does; ``scenario`` may be a path or a mapping."""
    return Contributions(**vars(contributing.contributions(loaded(scenario), mix, **options)))


def robust(scenario: Any, mixes: Any = None, **options: Any) -> Robust:
    """Try mixes in futures as :func:`sim.studies.robust.robust` does; ``scenario`` may be a path or a mapping."""
    return Robust(**vars(robustly.robust(loaded(scenario), mixes, **options)))


def sensitivity(scenario: Any, mix: str = "plan", target: str | None = None, **options: Any) -> Sensitivity:
    """Ask what drives the verdict as :func:`sim.studies.sensitivity.sensitivity` does; ``scenario`` may be a path or a mapping."""
    return Sensitivity(**vars(sensing.sensitivity(loaded(scenario), mix, target, **options)))


def update(scenario: Any, reviews: Any, mix: str = "plan", **options: Any) -> Update:
    """Forecast with review results as :func:`sim.studies.update.update` does; ``scenario`` may be a path or a mapping.

    ``reviews`` is the path of a table, or mappings such as ``{"year": 2024, "poor": 20, "near_poor": 24, "place": "Hoàng Kim"}``.
    """
    if isinstance(reviews, (str, Path)):
        found = read_reviews(reviews)
    else:
        listed = [reviews] if isinstance(reviews, (Mapping, Review)) else reviews
        found = tuple(one if isinstance(one, Review) else Review(**one) for one in listed)
    return Update(**vars(updating.update(loaded(scenario), found, mix, **options)))
