"""Lines, scores, rules: boundaries, dates, and that more deprivations or less income never make a household better off."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.codebook import Standing
from sim.law.book import Book
from sim.standards.load import load_standard, read_standard, standard_in_force, standards

OF_RECORD = ["vn_2011", "vn_2011_indexed", "vn_2016", "vn_2022", "vn_2027"]


def stand(standard, income, mask, urban=0, when="2024-07-01"):
    return int(standard.classify(np.array([float(income)]), np.array([urban]), np.array([mask], np.uint16), when)[0])


@pytest.mark.parametrize("key", OF_RECORD)
@given(income=st.integers(0, 4000), less=st.integers(0, 500), mask=st.integers(0, 4095), more=st.integers(0, 4095), urban=st.integers(0, 1))
def test_worse_off_is_never_better_placed(key, income, less, mask, more, urban):
    standard = load_standard(key)
    inside = (1 << len(standard.items)) - 1
    before = stand(standard, income, mask & inside, urban)
    assert stand(standard, income, (mask | more) & inside, urban) >= before
    assert stand(standard, max(0, income - less), mask & inside, urban) >= before
    assert stand(standard, income, mask & inside, 1) >= stand(standard, income, mask & inside, 0)


@given(mask=st.integers(0, 127), more=st.integers(0, 127))
def test_the_index_only_looks_at_deprivations(mask, more):
    mpi = load_standard("mpi")
    assert stand(mpi, 0, mask) == stand(mpi, 9999, mask)
    assert stand(mpi, 0, mask | more) >= stand(mpi, 0, mask)


@pytest.mark.parametrize("key", OF_RECORD)
@pytest.mark.parametrize("area", ["rural", "urban"])
def test_an_income_at_the_line_is_below_it(key, area):
    standard = load_standard(key)
    line = standard.line("poor", area, "2015-07-01")
    everything = (1 << len(standard.items)) - 1
    assert stand(standard, line, everything, int(area == "urban"), "2015-07-01") == Standing.POOR


def test_three_of_twelve_is_the_edge():
    standard = load_standard("vn_2022")
    assert [stand(standard, 1500, mask) for mask in (0b1, 0b11, 0b111, 0b1111)] == [1, 1, 2, 2]
    assert standard.points_of(np.array([0b111, 0, 0xFFF], np.uint16)).tolist() == [30, 0, 120]


def test_scores_stand_for_incomes():
    standard = load_standard("vn_2022")
    rural, urban = standard.score_of(np.array([1500.0, 2000.0]), "2024-07-01")
    assert rural == 140.0
    assert urban == pytest.approx(175, abs=0.2)
    assert standard.threshold_of(np.array([0, 1]), "2024-07-01").tolist() == [140, 175]
    assert standard.threshold_of(np.array([0, 1]), "2024-07-01", "second").tolist() == [140, 175]


def test_thresholds_not_given_follow_from_lines():
    standard = load_standard("vn_2011")
    for which in ("poor", "second"):
        for area in ("rural", "urban"):
            line = np.array([standard.line(which, area, "2012-07-01")])
            assert standard.threshold(which, area, "2012-07-01") == pytest.approx(standard.score_of(line, "2012-07-01")[0])


def test_scores_of_2016_agree_with_their_lines():
    standard = load_standard("vn_2016")
    for which, area in (("second", "rural"), ("poor", "urban"), ("second", "urban")):
        score = standard.score_of(np.array([standard.line(which, area, "2018-07-01")]), "2018-07-01")[0]
        assert score == pytest.approx(standard.threshold(which, area, "2018-07-01"), abs=3)


def test_indexed_lines_rise_with_prices():
    standard = load_standard("vn_2011_indexed")
    assert standard.line("poor", "rural", "2010-07-01") == 400
    assert standard.line("poor", "rural", "2016-07-01") == pytest.approx(400 * Book.load().price_index(2016, 2010))


def test_which_standard_is_in_force():
    days = {"2015-12-31": "vn_2011", "2016-01-01": "vn_2016", "2021-12-31": "vn_2016", "2022-01-01": "vn_2022"}
    days |= {"2026-12-31": "vn_2022", "2027-01-01": "vn_2027"}
    assert {day: standard_in_force(day).key for day in days} == days
    with pytest.raises(LookupError):
        standard_in_force("2005-01-01")


def test_weights_add_up():
    for key in standards():
        standard = load_standard(key)
        if standard.items:
            assert sum(standard.weights) == pytest.approx(1)
    assert load_standard("vn_2022").cutoff == 0.25
    assert load_standard("mpi").cutoff == pytest.approx(1 / 3)


def test_faults_of_a_standard_are_named(tmp_path):
    path = tmp_path / "mine.yaml"
    start = "vi: a\nen: b\ndocument: c\nfrom: 2022-01-01\n"
    for text, words in [
        (start + "rule: lottery\n", "no rule"),
        (start + "rule: income_only\nline: 3\n", "unknown"),
        (start + "rule: income_only\nindicators: [{key: toilet}]\n", "needs a reference"),
        (start + "rule: income_only\nindicators: [{key: toilet, reference: x, depth: 3}]\n", "knows no"),
    ]:
        path.write_text(text, encoding="utf-8")
        read_standard.cache_clear()
        with pytest.raises(ValueError, match=words):
            read_standard(path)
