"""Back-test and evidence as ``import sim`` gives them: with their words, tables and charts to look at in a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from sim.charts import forecasts, scores
from sim.report.backtest_text import backtest_text
from sim.report.document import Document
from sim.report.evidence_text import evidence_text
from sim.report.shown import Shown
from sim.studies import backtest as testing
from sim.studies import evidence as registering
from sim.studies.posterior_choice import posterior_named


class Backtest(Shown, testing.Backtest):
    """Forecasts of past years (see sim/studies/backtest.py): ``forecasts``, ``rules``, ``scores``, ``against_rules``, ``chances``."""

    charts: ClassVar[dict[str, Any]] = {"scores": scores, "forecasts": forecasts}

    def text(self, lang: str = "vi") -> Document:
        """The scores in words."""
        return backtest_text(self, lang)


class Evidence(Shown, registering.Register):
    """The register of evidence (see sim/studies/evidence.py): ``effects``, ``levers``, ``numbers``."""

    charts: ClassVar[dict[str, Any]] = {}

    def text(self, lang: str = "vi") -> Document:
        """The register in words."""
        return evidence_text(self, lang)


def backtest(figures: str | Path | None = None, posterior: str | None = None, **options: Any) -> Backtest:
    """Score forecasts as :func:`sim.studies.backtest.backtest` does; ``posterior`` is a name or a path."""
    fitted = posterior_named(posterior) if posterior else None
    return Backtest(**vars(testing.backtest(Path(figures) if figures else None, fitted, **options)))


def evidence(sensitivity: str | Path | None = None) -> Evidence:
    """The register as :func:`sim.studies.evidence.register` gives it."""
    return Evidence(**vars(registering.register(Path(sensitivity) if sensitivity else None)))
