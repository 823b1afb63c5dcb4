"""Mixes over futures, where the answers are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.kit.calendar import Quarter
from sim.kit.complaints import InputError
from sim.scenario.future import Future, Shock, shipped
from sim.scenario.shape import Allocation, Envelope, Mix
from sim.studies.futures import futures_of, quarters_of, scenario_in, society_in
from sim.studies.robust import robust
from sim.studies.robustness import is_as_good
from tests.studies.fake_engine import scenario
from tests.studies.planted import BUDGET, COST, PlantedSimulation, planted

CUT = Future("cut", {"vi": "cắt", "en": "cut"}, money={"investment": 0.4}, assumption="a test")


def _plan():
    """The plan has places for all that money buys, the other mix for two households; both have the same money."""
    plan = planted(futures={"cut": CUT})
    mixes = {**plan.mixes, "few": Mix("few", {"housing": Allocation(share=1.0, options={"places": 2})})}
    mixes.pop("without_money")
    return replace(plan, mixes=mixes)


def _robust(plan=None, **options):
    return robust(plan or _plan(), threads=1, engine=PlantedSimulation, **options)


@pytest.fixture(scope="module")
def found():
    return _robust(futures=["cut"])


def test_regret_is_counted_in_households_against_the_best_of_each_future(found) -> None:
    """Half of the money comes in time: five households as usual, two when only 40 % comes; ``few`` serves two in both."""
    regret = {(row.future, row.mix): row.regret for row in found.rows("outcomes")}
    assert regret["usual", "plan"] == 0.0 and regret["usual", "few"] == 3.0 and regret["usual", "no_policy"] == 5.0
    assert regret["cut", "plan"] == regret["cut", "few"] == 0.0 and regret["cut", "no_policy"] == 2.0
    over = {row.mix: row for row in found.rows("mixes_over_futures")}
    assert (over["few"].max_regret, over["few"].worst_future, over["few"].mean_regret) == (3.0, "usual", 1.5)
    assert all(is_as_good(row) for row in found.rows("outcomes", mix="plan"))


def test_means_are_those_of_the_plan_worked_by_hand(found) -> None:
    mean = {(row.future, row.mix): row.mean for row in found.rows("outcomes")}
    assert mean["usual", "no_policy"] == 40 - 4.5
    assert mean["cut", "plan"] == 40 - 4.5 - round(0.4 * BUDGET) // (2 * COST)


def test_satisficing_counts_every_future_alike() -> None:
    rich = replace(_plan(), money=(Envelope("central", "investment", 2024, 5 * BUDGET),))
    row = _robust(rich, futures=["cut"]).rows("satisficing", mix="plan")[0]
    # Thirty must go. As usual 25 are served, and in half of the runs five or more leave by themselves; cut, ten are served.
    assert (row.share, row.least, row.least_in, row.even_in) == (0.25, 0.0, "cut", 1)


def test_the_usual_future_is_always_there_and_first(found) -> None:
    assert list(found.futures) == ["usual", "cut"]
    assert list(futures_of(_plan())) == ["usual", *shipped(), "cut"]


def test_threads_change_nothing(found) -> None:
    other = robust(_plan(), futures=["cut"], threads=2, engine=PlantedSimulation)
    for table in ("outcomes", "targets", "satisficing"):
        assert getattr(found, table).equals(getattr(other, table)), table


def test_an_interruption_keeps_the_futures_that_are_done() -> None:
    def stop(done: int, total: int) -> None:
        if done > 0.7 * total:
            raise KeyboardInterrupt

    found = _robust(futures=["cut"], progress=stop)
    assert found.is_stopped and list(found.futures) == ["usual"]
    assert set(found.outcomes["future"]) == {"usual"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"futures": ["draught_year"]}, "drought_year"),
        ({"mixes": ["plam"]}, "no such mix"),
        ({"mix": "plam"}, "no such mix"),
        ({"measure": "fgt1"}, "fewer are better"),
        ({"measure": "escaped_households"}, "fewer are better"),
        ({"year": 2035}, "does not run"),
    ],
)
def test_bad_questions_get_clear_answers(options, words) -> None:
    with pytest.raises(InputError) as fault:
        _robust(**options)
    assert words in str(fault.value)
    assert "{" not in fault.value.text("vi")


def test_money_comes_less_later_and_not_after_the_plan() -> None:
    plan = replace(planted(), last_year=2025, money=tuple(Envelope("central", "investment", year, 1000) for year in (2024, 2025)))
    late = Future("late", {}, money={"investment": 0.8}, next_year={"investment": 0.5}, late=2)
    changed = scenario_in(plan, late)
    assert [(one.year, one.amount_dong) for one in changed.money] == [(2024, 400), (2025, 400), (2025, 800)]
    assert changed.signed == plan.signed.plus(2)
    assert scenario_in(plan, Future("very_late", {}, late=8)).signed == Quarter(2025, 4)


def test_a_shock_has_its_year() -> None:
    plan = replace(scenario(), first_year=2021, last_year=2025)
    years = {year: quarters_of(plan, Shock(0.1, year, (1,))) for year in ("first", "middle", "last")}
    assert years == {name: frozenset({Quarter(year, 1).number}) for name, year in (("first", 2021), ("middle", 2023), ("last", 2025))}


@pytest.fixture(scope="module")
def society():
    from sim import load, start

    plan = load("scenarios/hoang_kim_2024.yaml")
    small = replace(plan, places=(replace(plan.places[0], households=120, poor=8, near_poor=8),), posterior=None)
    return small, start.build(small, range(3), 5)


def test_the_usual_future_changes_nothing(society) -> None:
    plan, start = society
    usual = society_in(start, plan, Future("usual", {}))
    assert usual.parameters is start.parameters and usual.rates is start.rates


def test_parameters_are_replaced_multiplied_and_felt_by_the_rates(society) -> None:
    plan, start = society
    changed = society_in(start, plan, Future("f", {}, parameters={"growth": 0.01}, times={"calf_price": 0.5}, structure={"trap": True}))
    assert np.all(changed.parameters["growth"] == np.float32(0.01)) and np.all(changed.parameters["trap"] == 1.0)
    assert np.allclose(changed.rates["calf_price"], 0.5 * start.rates["calf_price"])
    assert np.array_equal(changed.world.parameters["growth"], changed.parameters["growth"])
    assert not np.any(start.parameters["trap"])


def test_a_prior_of_its_own_is_drawn_by_the_usual_quantiles(society) -> None:
    plan, start = society
    same = society_in(start, plan, Future("f", {}, parameters={"growth": {"normal": [0.055, 0.02]}}))
    assert np.array_equal(same.parameters["growth"], start.parameters["growth"])


def test_a_drought_takes_its_share_of_a_years_production_and_no_other_quarters(society) -> None:
    plan, start = society
    dry = society_in(start, plan, Future("dry", {}, shock=Shock(0.2, "last", (2,)))).copy()
    usual = start.copy()
    lost = []
    for number in (1, 2, 3):
        for one in (dry, usual):
            one.live(Quarter(2024, number))
        lost.append((dry.communes.covariate_loss.copy(), usual.communes.covariate_loss.copy()))
    assert np.array_equal(*lost[0]) and np.array_equal(*lost[2])
    assert np.all(lost[1][0] > 0.0)
    assert 0.2 < lost[1][0].mean() < 0.95  # four times the loss of a year, all of it in one quarter, give or take
    assert np.array_equal(start.world.parameters["covariate_shock"], usual.world.parameters["covariate_shock"])
