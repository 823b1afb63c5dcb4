"""Every table of the record holds what its description says, and people's names for places are understood."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
import pandas as pd
import pytest

from sim.record import series
from sim.record.places import code_of, level_of, name_of, provinces
from sim.record.split import held_out_provinces, is_held_out
from sim.record.tables import HERE, check, described, table


@pytest.mark.parametrize("name", described())
def test_table_is_sound(name):
    assert check(name) == []
    assert described()[name]["vi"] and described()[name]["en"]


def test_every_file_is_described():
    assert {path.name for path in (HERE / "tables").iterdir()} == {about["file"] for about in described().values()}


def test_a_fault_is_found(monkeypatch):
    wrong = table("survey_poverty")
    wrong.loc[0, "poverty_rate_pct"] = 101.0
    wrong = pd.concat([wrong, wrong.iloc[5:6]], ignore_index=True)
    monkeypatch.setattr("sim.record.tables.table", lambda name: wrong if name == "survey_poverty" else table(name))
    faults = check("survey_poverty")
    assert len(faults) == 2 and "twice" in faults[0] and "101" in faults[1]


@pytest.mark.parametrize(
    "text, code",
    [("Sơn La", "14"), ("Tinh Son La", "14"), ("Binh  Duong", "74"), ("1", "01"), ("WHOLE COUNTRY", "VN"), ("TP. Hồ Chí Minh", "79")],
)
def test_names_of_places(text, code):
    assert code_of(text) == code


def test_provinces_and_levels():
    assert len(provinces()) == 63
    assert name_of("14", "vi") == "Sơn La" and level_of("NMM") == "region"


def test_split_is_the_hash():
    """The split is fixed: these are the provinces whose hash is divisible by three."""
    by_hash = {code for code in provinces() if int(sha256(code.encode()).hexdigest(), 16) % 3 == 0}
    assert set(held_out_provinces()) == by_hash
    assert len(by_hash) == 20 and {"11", "33", "79"} <= by_hash
    assert is_held_out("11", 2012) and is_held_out("14", 2016) and not is_held_out("14", 2014)


def test_series():
    rates = series.survey_rates()
    assert rates.loc["14", 2010] == 37.9 and 2008 not in rates
    assert rates[[2010, 2012, 2013, 2014, 2015, 2016]].loc[list(provinces())].notna().all(axis=1).sum() == 43
    assert series.survey_incomes().loc[("89", 2010), "q1"] == 425.0
    assert series.price_level()[2012] == pytest.approx(1.1858 * 1.0921, rel=1e-3)


def test_growth():
    """Poorest fifth 184.3 in 2006 and 275.0 thousand dong in 2008; prices rose by 8.3 and 22.97 % after 2006."""
    growth, _ = series.real_growth(2008, 2006, ("q1",))
    assert growth == pytest.approx((np.log(275.0 / 184.3) - np.log(1.083 * 1.2297)) / 2, abs=2e-3)
    assert np.isnan(series.real_growth(2008, 2006)[1])
    mean, error = series.real_growth(2012, of=("q1", "q2"))
    assert 0.055 < mean < 0.068 and 0.002 < error < 0.02
