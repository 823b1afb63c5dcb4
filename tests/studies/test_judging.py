"""Targets judged on whole results."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.measures.targets import Target
from sim.studies.judging import jointly, judge_all, judge_one
from tests.studies.fake_engine import finished


def test_the_commune_target_in_households() -> None:
    judged = judge_all(finished())[0]
    assert (judged.target.name, judged.mix) == ("fall", "plan")
    assert judged.start_households == 25
    assert judged.households_allowed == 1
    assert judged.asks == pytest.approx(0.9432, abs=1e-4)
    left = finished().at("plan", "official_poor_households", 2024)
    assert judged.end_households[0] == np.median(left)
    assert judged.shortfall_households_median == np.median(np.maximum(left - 1, 0))


def test_a_target_after_the_end_is_not_followed() -> None:
    target = replace(finished().frame.targets[0], year=2040)
    judged = judge_one(finished(), target, "plan")
    assert not judged.followed
    assert np.isnan(judged.probability)
    assert "not_followed_long_enough" in judged.note


def test_coverage_of_the_poor_is_in_percent_of_people() -> None:
    judged = judge_all(finished())[3]
    assert (judged.target.form, judged.target.value, judged.target.unit) == ("cover", 100.0, "%")
    assert 0 <= judged.median <= 100


def test_all_targets_together_are_no_likelier_than_each() -> None:
    results = finished()
    each = [one.probability for one in judge_all(results) if one.mix == "plan"]
    assert jointly(results, "plan")[0] <= min(each)


def test_a_count_adds_up_the_years() -> None:
    target = Target("moves", "escaped_households", "count", 10.0, "households", 2023, 2025, more_is_better=True)
    judged = judge_one(finished(), target, "plan")
    both = finished().series("plan", "escaped_households")[:, 1:3].sum(axis=1)
    assert judged.probability == np.mean(both >= 10)


def test_households_served_are_counted_and_nobody_is_by_a_lever_that_a_mix_lacks() -> None:
    results = finished()
    served = Target("houses", "beneficiaries:housing", "count", 12.0, "households", 2023, 2024, more_is_better=True)
    plan, nothing = (judge_one(results, served, mix) for mix in ("plan", "no_policy"))
    assert plan.probability == np.mean(results.at("plan", "beneficiaries:housing", 2024) >= 12) > 0
    assert nothing.probability == 0.0
    lacking = replace(served, measure="beneficiaries:health_insurance")
    assert "beneficiaries:health_insurance" not in results.measures["plan"].measures
    assert judge_one(results, lacking, "plan").median == 0.0
    with pytest.raises(ValueError, match="not in"):
        results.series("plan", "beneficiaries:no_such_lever")


def test_money_spent_has_no_shortfall_in_households() -> None:
    spent = Target("houses", "spent:housing", "count", 1e12, "dong", 2023, 2024, more_is_better=True)
    judged = judge_one(finished(), spent, "plan")
    assert judged.probability == 0.0 and np.isnan(judged.shortfall_households_median)
    assert judged.missing_median == 1e12 - judged.median > 0
