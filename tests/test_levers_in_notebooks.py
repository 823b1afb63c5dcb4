"""``sim.contributions`` and ``sim.best_mix`` as a notebook meets them."""

from __future__ import annotations

import pytest

import sim
from tests.studies.planted_levers import CostSimulation, LeverSimulation, planted_costs, planted_levers


def test_contributions_have_tables_a_chart_and_words() -> None:
    found = sim.contributions(planted_levers(), threads=1, engine=LeverSimulation)
    assert {"player", "mean", "mean_low", "mean_high", "per_billion"} <= set(found.contributions.columns)
    assert len(found.plot(lang="en")) == 3  # two counts, and households a billion dong
    assert found.plot("pairs").get_title() == "" and found.plot("targets", "en") is not None
    assert "<table>" in found._repr_html_()
    with pytest.raises(ValueError, match="no such chart"):
        found.plot("pie")


def test_a_best_mix_has_tables_a_chart_and_words() -> None:
    found = sim.best_mix(planted_costs(), aims="escaped", evaluations=40, threads=1, engine=CostSimulation)
    assert {"division", "member", "share", "dong"} <= set(found.divisions.columns)
    assert found.plot(lang="en") is not None and found.plot("front") is None
    assert "<table>" in found._repr_html_()
