"""A run: the same figures for any threads and batches, replication r the same however many there are."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kit.complaints import InputError
from sim.studies import run as run_module
from sim.studies.executors import batches, in_order
from sim.studies.frame import Frame
from sim.studies.run import run
from tests.studies.fake_engine import FakeSimulation, finished, scenario


def _equal(one, other, replications: slice = slice(None)) -> bool:
    return all(
        np.array_equal(one.measures[mix].values[replications], other.measures[mix].values, equal_nan=True)
        and np.array_equal(one.flows[mix][replications], other.flows[mix])
        for mix in one.frame.mixes
    )


def test_no_policy_is_always_run_and_last() -> None:
    results = run(scenario(households=200), mixes=["plan"], replications=2, engine=FakeSimulation)
    assert results.frame.mixes == ("plan", "no_policy")


def test_unknown_mix_is_named() -> None:
    with pytest.raises(KeyError, match="plam"):
        run(scenario(households=200), mixes=["plam"], engine=FakeSimulation)


def test_years_begin_with_the_starting_list() -> None:
    results = finished()
    assert results.frame.years == (2023, 2024, 2025, 2026, 2027)
    assert (results.at("plan", "official_poor_households", 2023) == 25).all()


def test_threads_and_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run(scenario(households=200), replications=7, threads=1, engine=FakeSimulation)
    monkeypatch.setattr(run_module, "ROWS_AT_A_TIME", 400)
    assert _equal(whole, run(scenario(households=200), replications=7, threads=2, engine=FakeSimulation))


def test_fifty_replications_are_the_first_of_more() -> None:
    one = scenario(places=2, households=150)
    assert _equal(run(one, replications=6, engine=FakeSimulation), run(one, replications=3, engine=FakeSimulation), slice(0, 3))


def test_poor_at_start_stay_the_same_households() -> None:
    series = finished().series("plan", "households", group="poor_at_start")
    assert (series == 25).all()


def test_money_in_measures_is_money_in_the_ledger() -> None:
    results = finished()
    spent = float(np.nansum(results.series("plan", "spent:housing")))
    assert spent == results.ledger["plan"].total("paid") > 0
    assert "spent:housing" in results.measures["no_policy"].measures or len(results.ledger["no_policy"]) == 0


def test_places_add_up_to_the_whole() -> None:
    results = finished(3, 2, 200)
    for measure in ("households", "official_poor_households", "escaped_households", "people"):
        parts = sum(results.series("plan", measure, place=place) for place in results.frame.places)
        assert np.array_equal(parts, results.series("plan", measure))


def test_progress_counts_to_its_end() -> None:
    seen: list[tuple[int, int]] = []
    run(scenario(households=100), replications=4, threads=2, progress=lambda done, total: seen.append((done, total)), engine=FakeSimulation)
    assert max(seen) == (seen[0][1], seen[0][1])


def test_frame_survives_json() -> None:
    import json

    frame = finished().frame
    assert Frame.from_dict(json.loads(json.dumps(frame.to_dict()))) == frame


def test_work_comes_back_in_order_and_errors_come_through() -> None:
    assert batches(7, 3) == [range(0, 3), range(3, 6), range(6, 7)]
    assert list(in_order(lambda x, step: x * x, [3, 1, 2], 2, lambda: None)) == [9, 1, 4]
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda x, step: 1 // x, [1, 0, 2], 2, lambda: None))


def test_the_first_mix_has_its_other_reading_beside_it() -> None:
    assert finished().frame.mixes == ("plan", "plan.as_planned", "no_policy")
    assert finished().frame.planned_and_delivered("plan") == ("plan.as_planned", "plan")
    planned = run(scenario(households=200, delivery="as_planned"), replications=2, engine=FakeSimulation)
    assert planned.frame.mixes == ("plan", "plan.as_delivered", "no_policy")
    assert planned.frame.planned_and_delivered("plan") == ("plan", "plan.as_delivered")
    asked = run(scenario(households=200), mixes=["plan.as_planned"], replications=2, engine=FakeSimulation)
    assert asked.frame.mixes == ("plan.as_planned", "no_policy") and asked.frame.levers == ("housing",)


@pytest.mark.parametrize("replications", [0, -3, 2.5])
def test_a_number_of_replications_that_is_none_is_refused(replications) -> None:
    with pytest.raises(InputError) as told:
        run(scenario(), engine=FakeSimulation, replications=replications)
    assert f"value `{replications}`: replications must be a whole number" in str(told.value)
