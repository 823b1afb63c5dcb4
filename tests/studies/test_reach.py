"""Reach, where the answers are known in closed form."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim.kit.complaints import InputError
from sim.scenario.shape import Allocation, Mix
from sim.studies.answer import ADDED, ALONE, BY_MONEY, BY_PLAN, CHANCES, NO_AMOUNT, NO_NEED, REMAINING, REMEDIES
from sim.studies.reach import reach
from sim.studies.reach_rows import Tables
from tests.studies.planted import BUDGET, PlantedSimulation, least_factor, planted


def _reach(scenario=None, **options):
    return reach(scenario or planted(), threads=1, engine=PlantedSimulation, **options)


def _with_places(places: int):
    plan = planted()
    return replace(plan, mixes={**plan.mixes, "plan": Mix("plan", {"housing": Allocation(share=1.0, options={"places": places})})})


@pytest.fixture(scope="module")
def found():
    return _reach()


def test_least_money_of_a_planted_plan_is_found_within_two_percent(found) -> None:
    for row in found.rows("money"):
        assert row.status == BY_MONEY
        assert row.money == pytest.approx(least_factor(row.chance) * BUDGET, rel=0.02)
        assert row.money >= least_factor(row.chance) * BUDGET * (1 - 1e-9)
        assert row.money_low <= row.money <= row.money_high


def test_the_target_as_it_stands(found) -> None:
    one = found.rows("targets")[0]
    assert (one.probability, one.no_policy) == (0.0, 0.0)
    assert one.shortfall_households_median == 40 - 10 - 5 - 4.5  # five are paid for in time, 4.5 leave by themselves
    assert (one.would_50, one.would_80, one.would_90) == (30.0, 33.0, 34.0)


def test_reasons_are_told_in_households(found) -> None:
    alone = {row.remedy: row for row in found.rows("reasons", how=ALONE)}
    assert alone["in_time"].gained == pytest.approx(5.0)
    assert alone["places"].gained == 0.0
    assert alone["money"].probability == 1.0
    assert {row.remedy for row in found.rows("reasons", how=ADDED)} == set(REMEDIES[1:])


def test_no_amount_of_money_where_places_bind() -> None:
    found = _reach(_with_places(20))
    assert all(row.status == NO_AMOUNT and math.isinf(row.money) for row in found.rows("money"))
    places = found.rows("reasons", remedy="places", how=ADDED)[0]
    assert places.probability == 1.0
    assert found.rows("reasons", remedy="places", how=ALONE)[0].probability == 0.0


def test_a_plan_with_money_to_spare_is_told_what_would_do() -> None:
    plan = planted()
    rich = replace(plan, money=tuple(replace(envelope, amount_dong=10 * BUDGET) for envelope in plan.money))
    found = _reach(rich)
    assert {row.status for row in found.rows("money")} == {BY_PLAN}
    for row in found.rows("money"):
        assert row.money == pytest.approx(least_factor(row.chance) * BUDGET, rel=0.02)


def test_no_need_of_money() -> None:
    plan = planted()
    easy = replace(plan, targets=(replace(plan.targets[0], value=60.0),))
    assert {row.status for row in _reach(easy).rows("money")} == {NO_NEED}


def test_the_date_is_the_first_year_with_that_chance() -> None:
    found = _reach(planted(follow=3))
    years = {row.year: row.probability for row in found.rows("years")}
    one = found.rows("targets")[0]
    assert years[2024] == 0.0
    for chance in CHANCES:
        date = getattr(one, f"date_{round(100 * chance)}")
        assert date == next((year for year, p in sorted(years.items()) if p >= chance), 0)


def test_remainder_counts_the_poor_who_are_left(found) -> None:
    """Nobody is left where all are served in time."""
    assert {row.why: row.households for row in found.rows("remainder")} == dict.fromkeys(REMAINING, 0.0)


def test_threads_and_batches_change_nothing(found) -> None:
    other = reach(planted(), threads=2, engine=PlantedSimulation)
    for table in ("targets", "money", "reasons", "remainder"):
        assert getattr(found, table).equals(getattr(other, table)), table


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"target": "fwe"}, "no such target"),
        ({"mix": "plam"}, "no such mix"),
        ({"mix": "no_policy"}, "no money"),
        ({"mix": "without_money"}, "no money"),
    ],
)
def test_bad_questions_get_clear_answers(options, words) -> None:
    with pytest.raises(InputError) as fault:
        _reach(replace(planted(), money=tuple(replace(e, only=("plan",)) for e in planted().money)), **options)
    assert words in str(fault.value)
    assert "{" not in fault.value.text("vi")


def test_the_nearest_name_is_told() -> None:
    with pytest.raises(InputError, match="few"):
        _reach(target="fwe")


def test_targets_that_cannot_be_judged() -> None:
    plan = planted()
    late = replace(plan, targets=(replace(plan.targets[0], by=2035),))
    with pytest.raises(InputError, match="cannot judge"):
        _reach(late, target="few")
    with pytest.raises(InputError, match="no target"):
        _reach(replace(plan, targets=()))


def test_an_interruption_keeps_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def stop(tables, remedy, *rest) -> None:
        told.append(remedy)
        if len(told) == 3:
            raise KeyboardInterrupt
        reason(tables, remedy, *rest)

    reason = Tables.reason
    monkeypatch.setattr(Tables, "reason", stop)
    found = _reach()
    assert found.is_stopped
    assert len(found.rows("money")) == len(CHANCES) and len(found.reasons) == 2
