"""The page on the fit is what its script makes of the stored results, and these belong to the shipped posteriors."""

from __future__ import annotations

from sim.law.posterior import USUAL, shipped, usual
from sim.start import own_parameters
from sim.studies.fitting.mechanisms import known_trials
from sim.studies.fitting.statistics import record_digest
from tests.doc_scripts import DOCS, script


def test_page_is_that_of_the_script():
    """Refresh it with ``python docs/fit.py``."""
    assert (DOCS / "fit.md").read_text(encoding="utf-8") == script("fit").page()


def test_the_shipped_posterior_is_of_this_model_and_record():
    assert USUAL in shipped()
    posterior = usual()
    assert set(posterior.names) <= set(own_parameters())
    assert posterior.made["record"] == record_digest()


def test_every_stored_trial_lies_where_it_should_or_says_why_not():
    rows = script("fit").stored_trials().trials
    assert set(rows["trial"]) == set(known_trials())
    for row in rows[~rows["inside"]].itertuples():
        assert set(known_trials()[row.trial]["outside"]) == {"vi", "en"}
