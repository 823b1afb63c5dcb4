"""Figures that a user brings are read in both forms; a cell that is no number is told."""

from __future__ import annotations

import pytest

from sim.kit.complaints import InputError
from sim.record.figures import measure_of, read_figures, standard_of
from sim.record.series import list_rates, survey_incomes, survey_rates


def written(folder, text):
    path = folder / "figures.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_form_of_the_province_tables(tmp_path):
    path = written(tmp_path, "name,code,code34,level,year,poverty_rate_pct\nHai Phong,31,31,province,2013,4.6\nX,,,province,2013,9\n")
    figures = read_figures(path)
    assert figures.loc[0, "code"] == "31" and figures.loc[0, "standard"] == "survey"
    assert survey_rates(figures).loc["31", 2013] == 4.6
    assert survey_rates(figures).loc["14", 2013] == survey_rates().loc["14", 2013]


def test_incomes(tmp_path):
    path = written(tmp_path, "name,code,level,year,mean,q1,q2,q3,q4,q5\nHai Phong,31,province,2014,3000,1000,1500,2000,3000,7500\n")
    assert survey_incomes(read_figures(path)).loc[("31", 2014), "q5"] == 7500.0


def test_long_form(tmp_path):
    path = written(
        tmp_path,
        "place,year,standard,measure,value,unit\n"
        "Sơn La,2022,2022-2025 MD (ND 07/2021),poor_rate,18.7,% of households\n"
        "Sơn La,2016-2020,2016-2020,poor_rate_annual_reduction,1.4,points\n"
        "Hai Phong,2013,GSO survey,poverty_rate,0.046,share\n",
    )
    figures = read_figures(path)
    assert len(figures) == 2
    rates = list_rates(figures).query("code == '14' and year == 2022")
    assert rates["value"].tolist() == [18.7] and rates["standard"].tolist() == ["vn_2022"]
    assert survey_rates(figures).loc["31", 2013] == pytest.approx(4.6)


@pytest.mark.parametrize("text", ["place,year,standard,measure,value,unit\nSon La,2022,vn_2022,poor_rate,many,%\n", "colour,size\nred,3\n"])
def test_faults_are_told(tmp_path, text):
    with pytest.raises(InputError):
        read_figures(written(tmp_path, text))


def test_words():
    assert standard_of("2016-2020 MD (QD 59/2015)") == "vn_2016" and standard_of("") == "survey"
    assert measure_of("Poor rate", "VHLSS") == "poverty_rate_pct" and measure_of("poor_rate", "vn_2022") == "poor_rate"
