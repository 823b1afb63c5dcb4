"""The validation page is what its script makes of the stored results; stored results hold together and can be drawn."""

from __future__ import annotations

import pytest

from sim.charts import forecasts, scores
from sim.report.backtest_text import backtest_text, verdict
from sim.report.study_words import StudyWords
from sim.studies.backtest import load
from sim.studies.score_tables import chance_table, score_table
from tests.doc_scripts import DOCS, script

STORED = DOCS / "validation" / "backtest"


def test_page_is_that_of_the_script():
    """Refresh it with ``python docs/validation.py``."""
    assert (DOCS / "validation.md").read_text(encoding="utf-8") == script("validation").page()


def test_stored_scores_are_those_of_the_stored_forecasts():
    study = load(STORED)
    for table, made in ((study.scores, score_table(study.forecasts)), (study.chances, chance_table(study.forecasts))):
        assert len(table) == len(made)
        for column in made.columns:
            values = made[column].tolist()
            assert table[column].tolist() == (values if isinstance(values[0], str) else pytest.approx(values))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_stored_results_in_words_and_charts(lang, tmp_path):
    study, words = load(STORED), StudyWords(lang)
    assert verdict(study, "survey", words) in backtest_text(study, lang).markdown()
    for chart in (forecasts, scores):
        assert all(path.stat().st_size > 5000 for path in chart.write(study, words, tmp_path))
