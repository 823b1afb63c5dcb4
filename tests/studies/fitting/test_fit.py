"""The fit around a stand-in for the simulation whose statistics are known functions of the free numbers."""

import numpy as np
import pytest

from sim.charts import fitted as charts
from sim.kit import maths
from sim.law.posterior import read_posterior
from sim.report.fit_text import fit_text
from sim.report.study_words import StudyWords
from sim.studies.fitting import fit as fitting
from sim.studies.fitting.free import readings
from sim.studies.fitting.statistics import observed, statistics, survey_rates
from sim.studies.fitting.survey import GROUPS
from sim.studies.study_files import save

SLOPES = {"poor_to_near_poor": 4.0, "poor_to_not_listed": 3.0, "near_poor_to_not_listed": 5.0}


def flows(numbers, particles, seed, threads, tell):
    """Flows that rise with growth and fall with what is held back, near the record."""
    n = numbers.columns if hasattr(numbers, "columns") else numbers
    shift = {key: SLOPES.get(key, 0.0) * (n["growth"] - 0.06) * 10 for key in (one.key for one in statistics() if one.of == "ninh_thuan")}
    held = 3.0 * (n["entry_held_back"] - 0.6)
    known = {one.key: one.observed for one in statistics()}
    found = {}
    for key, by in shift.items():
        less = held if key in ("near_poor_to_poor", "new_poor") else 0.0
        found[key] = 100 / (1 + (100 - known[key]) / known[key] * np.exp(less - by))
    return found


def provinces(values, seed, threads, tell):
    """Groups whose normal score falls by 1.5 times growth."""
    years = np.array([0.0, 2.0, 4.0])[None, :, None, None]
    growth = values["growth"][:, None, None, None] + 0.02 * np.array([1.0, -1.0])
    start = np.linspace(-1.5, -0.3, GROUPS)[None, None, :, None]
    scores = start - 1.5 * growth * years
    rates = maths.normal_cdf(scores)
    return {"rates": rates, "incomes": 1000 * np.exp(growth * years) * np.ones_like(scores), "ratio": np.full(len(scores), 1.9)}


@pytest.fixture
def fitted(monkeypatch):
    monkeypatch.setattr(fitting, "simulate_flows", flows)
    monkeypatch.setattr(fitting, "simulate_provinces", provinces)
    monkeypatch.setattr(fitting.calibration, "PSEUDO", 40)
    return fitting.fit(particles=600, predicted=60, seed=3, threads=1)


def test_growth_is_found_and_predictions_hold_the_record(fitted):
    rows = fitted.parameters.set_index(["reading", "parameter"])
    for reading in readings():
        assert rows.loc[(reading, "growth"), "low"] < 0.058 < rows.loc[(reading, "growth"), "high"]
        assert rows.loc[(reading, "growth"), "told"] > 0.5
        assert abs(rows.loc[(reading, "service_loss"), "told"]) < 0.15  # nothing tells of it
    flows_of = fitted.predictions[fitted.predictions["statistic"].isin(SLOPES)]
    assert flows_of["inside"].all()


def test_the_same_again_and_files_that_scenarios_can_name(fitted, tmp_path):
    again = fitting.fit(particles=600, predicted=60, seed=3, threads=1)
    placed = save(fitted, tmp_path)
    assert save(again, tmp_path).folder == placed.folder  # a repeat that differed would be refused
    for reading, posterior in fitted.posteriors.items():
        stored = read_posterior(placed.folder / f"vietnam_{reading}.yaml")
        assert stored.digest == posterior.digest and stored.made["particles"] == 600
    assert set(fitted.posteriors["step"].values[:, fitted.posteriors["step"].names.index("deprivation_drift")]) == {0.0}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_words_and_charts(fitted, tmp_path, lang):
    text = fit_text(fitted, lang).markdown()
    assert all(getattr(reading, lang) in text for reading in readings().values())
    charts.write(fitted, StudyWords(lang), tmp_path)
    assert len(list(tmp_path.glob(f"*_{lang}.png"))) == 3


def test_no_particle_depends_on_how_many_there_are():
    reading = readings()["drift"]
    assert np.array_equal(reading.scores(5, 100)[:20], reading.scores(5, 20))


def test_the_record_that_is_fitted_is_not_held_out():
    assert len(observed()) == len(statistics()) and np.isfinite(observed()).all()
    assert survey_rates((2010, 2012)).shape == (43, 2)
    with pytest.raises(ValueError, match="held out"):
        survey_rates((2014, 2016))
