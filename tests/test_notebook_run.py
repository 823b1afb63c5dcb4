"""A run as a notebook gets it: tables that agree with the files, charts, and the verdict as HTML."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from matplotlib.axes import Axes

import sim
from sim.report.verdict import verdict
from sim.studies.tables import TARGET_COLUMNS
from tests.studies.fake_engine import FakeSimulation, scenario

PLAN = Path(__file__).parents[1] / "scenarios" / "hoang_kim_2024.yaml"


@pytest.fixture(scope="module")
def ran():
    return sim.run(scenario(households=300, poor=30, replications=20), threads=1, engine=FakeSimulation)


def test_its_tables_are_those_of_the_files(ran, tmp_path):
    folder = sim.save(ran, tmp_path).folder
    for name in ("measures", "flows", "ledger"):
        of_file = pd.read_parquet(folder / f"{name}.parquet")
        pd.testing.assert_frame_equal(ran.table(name).astype(of_file.dtypes), of_file)
    of_file, own = pd.read_csv(folder / "targets.csv"), ran.table("targets")
    assert tuple(own.columns) == tuple(of_file.columns) == TARGET_COLUMNS
    assert own["probability"].tolist() == pytest.approx(of_file["probability"].tolist())
    assert own["name"].tolist() == of_file["name"].tolist()
    again = sim.load_results(folder)
    assert again.text("en") == ran.text("en") and len(again.table("ledger")) == len(ran.table("ledger"))


def test_rows_are_narrowed_and_summed_up(ran):
    rows = ran.table("measures", mix="plan", year=2024, measure="official_poor_households", place="all", group="all")
    assert len(rows) == ran.frame.replications
    line = ran.summary().query("mix == 'plan' and year == 2024").iloc[0]
    assert line["median"] == rows["value"].median() and line.p05 <= line["median"] <= line.p95
    with pytest.raises(ValueError, match="no such column"):
        ran.table("flows", colour="red")
    with pytest.raises(ValueError, match="no such table"):
        ran.table("flow")


def test_every_chart_is_drawn_or_says_that_there_is_none(ran):
    assert isinstance(ran.plot(), Axes) and ran.plot("projection", lang="en").figure.axes
    drawn = [kind for kind in ran.charts if ran.plot(kind) is not None]
    assert {"projection", "flows", "standings", "indicators"} <= set(drawn) and "districts" not in drawn
    with pytest.raises(ValueError, match="no such chart"):
        ran.plot("projections")


def test_it_shows_the_verdict(ran):
    html = ran._repr_html_()
    assert "<table>" in html and "<h3>" in html
    assert ran.text("en") == verdict(ran, "en")
    assert "Hoàng Kim commune plan 2024" in ran.text("en")._repr_html_()


def test_it_is_run_from_a_file_or_a_mapping_and_told_of_a_mix_that_is_none():
    with pytest.raises(sim.InputError, match="`plan`"):
        sim.run(PLAN, ["plann"])
    with pytest.raises(sim.InputError, match="signed"):
        sim.run({"signed": "soon"})


def test_findings_are_shown_in_words():
    found = sim.check(PLAN)
    assert len(found) > 5 and "<ol>" in found._repr_html_()
    assert "What the plan does not say" in found.text("en").markdown()
    assert "agree" in type(found)(()).text("en").markdown()
