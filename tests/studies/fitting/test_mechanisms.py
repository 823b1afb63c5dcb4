"""Trials of levers: their file, the halves, and one small trial."""

import numpy as np
import pytest

from sim.agents.codebook import HOUSEHOLD_COLUMNS
from sim.policies.discovery import discover
from sim.record.tables import table
from sim.start import all_parameters
from sim.studies.fitting.mechanisms import known_trials, scenario, untried
from sim.studies.fitting.trials import _effect, trials

COLUMNS = {column.name for column in HOUSEHOLD_COLUMNS} | {"enrolment"}


def test_every_lever_is_tried_or_named_as_untried():
    tried = {entry["lever"] for entry in known_trials().values()}
    assert tried | set(untried()) == set(discover()) and not tried & set(untried())


@pytest.mark.parametrize("key", known_trials())
def test_a_trial_names_what_there_is(key):
    entry = known_trials()[key]
    assert entry["measure"] in COLUMNS and entry["low"] < entry["high"] and entry["stated"] in ("published", "judged")
    effects = table("effects")
    rows = effects[(effects["lever"] == entry["lever"]) & (effects["en"] == entry["effect"])]
    assert len(rows) == 1
    if entry["stated"] == "published" and rows["low"].notna().all():
        assert (entry["low"], entry["high"]) == pytest.approx((rows["low"].iloc[0], rows["high"].iloc[0]))
    plan = scenario(entry)
    assert set(plan.parameters) <= set(all_parameters(plan))


def test_effects_by_hand():
    sums = np.array([[[110.0], [100.0]], [[10.0], [10.0]]])  # of what (outcome, households), with or without
    assert _effect(sums, "consumption") == pytest.approx([10.0])
    assert _effect(sums / 100.0, "wage_workers") == pytest.approx([100.0])
    assert _effect(np.array([[[8.0], [5.0]], [[10.0], [10.0]]]), "enrolment") == pytest.approx([4.0])


def test_a_small_trial_and_the_same_again():
    one, again = (trials(("production",), replications=2, threads=1).trials for _ in range(2))
    row = one.iloc[0]
    assert one.equals(again) and row["served"] > 100
    assert 0.0 < row["estimate"] < 10.0 and row["low"] <= row["median"] <= row["high"]
