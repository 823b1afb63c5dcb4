"""The back-test scores what it says, knows only what was known, and repeats to the bit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim.measures import scores
from sim.record import series
from sim.record.split import is_held_out_province
from sim.report.backtest_text import backtest_text
from sim.studies import study_files
from sim.studies.backtest import Backtest, rows_of
from sim.studies.forecast_rows import level_of
from sim.studies.list_backtest import ListRecord, list_cases
from sim.studies.province_sample import Free, Known, known_at, scenario_of
from sim.studies.score_tables import best_rule, chance_table, rule_table, score_table
from sim.studies.spread_work import Size
from sim.studies.survey_backtest import SurveyRecord, free_at, survey_cases
from sim.studies.survey_forecast import forecast

SMALL = Size(agents=150, replications=4, seed=3, threads=1)


class FewProvinces(SurveyRecord):
    """Three provinces and one origin."""

    def origins(self):
        return [2012]

    def known(self, origin):
        return known_at(origin, self.rates, self.incomes, ["14", "24", "31"])


@pytest.fixture(scope="module")
def study():
    cases = [*survey_cases(FewProvinces(), None, SMALL), *few_lists()]
    forecasts, rules = rows_of(cases)
    tables = (score_table(forecasts), rule_table(forecasts, rules), chance_table(forecasts))
    choices = {"agents": 150, "replications": 4, "seed": 3, "posterior": "none"}
    return Backtest(forecasts, rules, *tables, manifest={"study": "backtest", "run": "test", "choices": choices})


def few_lists():
    record = ListRecord()
    record.origins = lambda: [("vn_2022", 2021)]
    return list_cases(record, None, SMALL)


def test_what_is_scored(study):
    survey = study.forecasts[study.forecasts["series"] == "survey"]
    assert set(survey["code"]) == {"14", "24"} and set(survey["year"]) == {2013, 2014, 2015, 2016}
    rates = series.survey_rates()
    assert survey["observed"].tolist() == [rates.loc[code, year] for code, year in zip(survey["code"], survey["year"], strict=True)]
    held = survey.set_index(["code", "year"])["held_out"]
    assert held[("14", 2014)] == "no" and held[("14", 2015)] == "year"
    assert survey["p05"].le(survey["p50"]).all() and survey["p50"].le(survey["p95"]).all()


def test_forecasts_are_near_the_record(study):
    survey = study.forecasts[study.forecasts["series"] == "survey"]
    assert scores.mae(survey["p50"], survey["observed"]) < 0.5 * scores.mae(survey["origin_rate"], survey["observed"])


def test_only_what_was_known(monkeypatch):
    """Later figures of the record change no forecast."""
    before = [case.members for case in survey_cases(FewProvinces(), None, SMALL)]
    later = FewProvinces()
    later.rates.loc[:, [2013, 2014, 2015, 2016]] *= 0.5
    later.incomes = later.incomes.drop([key for key in later.incomes.index if key[1] > 2012])
    after = [case.members for case in survey_cases(later, None, SMALL)]
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
    table = series.national_incomes()
    monkeypatch.setattr(series, "national_incomes", lambda: table[table.index <= 2012])
    assert free_at(2012, None) == free_at(2012, None, 0.0)
    cut = free_at(2012, None)
    monkeypatch.undo()
    assert free_at(2012, None) == cut


def test_origin_is_met_and_more_replications_change_none():
    record = FewProvinces()
    known = record.known(2012)
    free = Free({"growth": 0.06, "inflation": 0.0, "place_growth_sd": 0.0})
    few, sampling = forecast(known, 1, free, Size(150, 2, 3, 1))
    more, _ = forecast(known, 1, free, Size(150, 3, 3, 1))
    assert np.array_equal(few, more[:2])
    assert sampling.shape == (3, 1) and np.abs(few.mean(axis=0)[:, 0] - known.rates).max() < 8.0
    scenario = scenario_of(known, free, 150, 1)
    assert [place.name for place in scenario.places] == ["Sơn La", "Bắc Giang", "Hải Phòng"]


def test_tables_add_up(study):
    fitted = study.scores[(study.scores["series"] == "survey") & (study.scores["subset"] == "all")].iloc[0]
    rows = study.forecasts[study.forecasts["series"] == "survey"]
    assert fitted["crps"] == pytest.approx(rows["crps"].mean()) and fitted["forecasts"] == len(rows)
    rule = study.against_rules.query("series == 'survey' and subset == 'all' and rule == 'no_change'").iloc[0]
    assert rule["difference"] == pytest.approx(rows["crps"].mean() - rule["crps"])
    assert rule["crps_hindsight"] <= rule["crps"] <= rule["mae"]
    assert best_rule(study.against_rules, "survey", "all")["rule"] != "uniform_factor"


def test_user_figures_are_new_and_scored(tmp_path):
    path = tmp_path / "more.csv"
    path.write_text("name,code,code34,level,year,poverty_rate_pct\nHai Phong,31,31,province,2013,4.6\n")
    from sim.record.figures import read_figures

    record = SurveyRecord(read_figures(path))
    assert record.is_new("31", 2013) and not record.is_new("14", 2013)
    assert record.rates.loc["31", 2013] == 4.6


def test_levels():
    assert [level_of(rate, 15.0) for rate in (0.5, 1.0, 3.0, 15.0, 15.1)] == ["below 1", "below 1", "1 to 5", "5 to 15", "above 15"]
    assert is_held_out_province("11")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_text(study, lang):
    text = backtest_text(study, lang).markdown()
    assert "CRPS" in text and "{" not in text and "nan" not in text


def test_saved_whole(study, tmp_path):
    placed = study_files.save(study, tmp_path)
    assert {path.name for path in placed.folder.iterdir()} == {*(f"{name}.csv" for name in Backtest.TABLES), "manifest.json"}
    again = pd.read_csv(placed.folder / "forecasts.csv")
    assert len(again) == len(study.forecasts)
    study_files.save(replace(study, folder=None), tmp_path)


def test_known_needs_rate_and_incomes():
    known = known_at(2013, series.survey_rates(), series.survey_incomes(), ["14"])
    assert isinstance(known, Known) and known.codes == ()
