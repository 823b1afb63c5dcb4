"""Mixes beside a reference, as an official could check them by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kit.complaints import InputError
from sim.studies.compare import compare
from sim.studies.comparison import ALL_TARGETS, GROUP, KEPT_OUT, LIFTED, MEASURE, TARGET
from tests.studies.fake_engine import FakeSimulation, scenario


def _compare(scenarios=None, **options):
    return compare(scenarios or scenario(households=300, poor=30, replications=20), engine=FakeSimulation, **options)


@pytest.fixture(scope="module")
def found():
    return _compare(threads=1)


def test_all_mixes_beside_no_policy(found) -> None:
    assert found.against == "no_policy"
    assert found.mixes == ("plan", "plan.as_planned")
    assert set(found.differences["mix"]) == set(found.mixes)


def test_the_difference_is_the_lists(found) -> None:
    """Poor households more or fewer under the plan are those whom the transitions tell of."""
    for mix in found.mixes:
        row = found.one("differences", mix=mix, kind=MEASURE, name="official_poor_households", year=2027)
        table = found.transitions[(found.transitions["mix"] == mix) & (found.transitions["year"] == 2027)]
        lifted = table[(table["without"] == "poor") & (table["with"] != "poor")]["households"].sum()
        pushed = table[(table["without"] != "poor") & (table["with"] == "poor")]["households"].sum()
        assert row.mean == pytest.approx(pushed - lifted)


def test_the_plan_helps_in_the_stand_in(found) -> None:
    row = found.one("differences", mix="plan.as_planned", kind=MEASURE, name="official_poor_households", year=2024)
    assert row.mean_high < 0 and row.better > 0.8 and row.variance_ratio < 0.7


def test_targets_and_all_of_them(found) -> None:
    rows = found.rows("differences", mix="plan", kind=TARGET)
    assert [row.name for row in rows] == ["fall", "insured", ALL_TARGETS]
    assert rows[2].probability <= min(row.probability for row in rows[:2])
    assert rows[2].mean == pytest.approx(rows[2].probability - rows[2].probability_against)


def test_groups_are_compared(found) -> None:
    groups = {row.group for row in found.rows("differences", mix="plan", kind=GROUP)}
    assert groups == {"all", "minority", "female_head", "disabled", "merit"}


def test_remote_places_are_put_together_by_households() -> None:
    from dataclasses import replace

    plan = scenario(places=3, households=200, replications=6)
    areas = ("ordinary", "especially_difficult", "especially_difficult")
    plan = replace(plan, places=tuple(replace(place, area=area) for place, area in zip(plan.places, areas, strict=True)))
    found = compare(plan, engine=FakeSimulation)
    row = found.one("differences", mix="plan", kind=GROUP, group="remote", name="official_poor_rate", year=2024)
    assert row.runs == 6 and row.value > 0


def test_cost_is_money_over_households(found) -> None:
    paid = 15 * 60_000_000  # half of thirty poor at sixty million
    for gain in (LIFTED, KEPT_OUT):
        year = 2027
        row = next(r for r in found.costs.itertuples() if (r.mix, r.gain, r.year, r.money) == ("plan", gain, year, "grants"))
        assert row.paid == pytest.approx(paid)
        assert row.defined == (row.households_low > 0)
        if row.defined:
            assert row.cost == pytest.approx(paid / row.households)
            assert row.cost_low < row.cost < row.cost_high


def test_a_cost_is_not_defined_where_the_gain_may_be_nothing(found) -> None:
    """The stand-in's plan, paid late, does nothing in its own year."""
    row = next(r for r in found.costs.itertuples() if (r.mix, r.gain, r.year) == ("plan", LIFTED, 2024))
    assert row.households == 0 and not row.defined and np.isnan(row.cost)


def test_another_reference_turns_the_signs() -> None:
    one, other = _compare(mixes=["plan"]), _compare(mixes=["no_policy"], against="plan")
    about = {"kind": MEASURE, "name": "official_poor_households", "year": 2027}
    ours, theirs = (study.one("differences", mix=study.mixes[0], **about) for study in (one, other))
    assert ours.mean == pytest.approx(-theirs.mean) and ours.variance_ratio == pytest.approx(theirs.variance_ratio)


def test_several_files_are_told_apart() -> None:
    plan = scenario(households=300, poor=30, replications=10)
    late = scenario(households=300, poor=30, replications=10, key="late")
    found = compare([plan, late], engine=FakeSimulation)
    assert found.against == "hoang_kim_2024:no_policy"
    assert found.mixes == ("hoang_kim_2024:plan", "late:plan")
    pairs = [found.one("differences", mix=mix, kind=MEASURE, name="official_poor_households", year=2027).mean for mix in found.mixes]
    assert pairs[0] == pairs[1]
    assert len(found.transitions[found.transitions["mix"] == "late:plan"]) > 0


def test_households_of_other_places_are_not_followed() -> None:
    plans = [scenario(households=rows, replications=4, key=f"of_{rows}") for rows in (300, 250)]
    found = compare(plans, engine=FakeSimulation)
    assert set(found.transitions["mix"]) == {"of_300:plan"}


@pytest.mark.parametrize("options", [{"mixes": ["plam"]}, {"against": "nothing"}, {"mixes": ["no_policy"]}])
def test_bad_questions_get_clear_answers(options) -> None:
    with pytest.raises(InputError) as fault:
        _compare(**options)
    assert "plan" in str(fault.value) and "{" not in fault.value.text("vi")


def test_threads_change_nothing(found) -> None:
    other = _compare(threads=2)
    assert found.differences.equals(other.differences) and found.transitions.equals(other.transitions)


def test_an_interruption_keeps_whole_replications() -> None:
    def stop(done: int, total: int) -> None:
        if done == total - 1:
            raise KeyboardInterrupt

    found = _compare(threads=1, progress=stop)
    assert found.is_stopped and 0 < found.frame.replications < 20 == found.asked
    assert set(found.differences["runs"]) == {found.frame.replications}
