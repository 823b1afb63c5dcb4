"""The best mix of plans whose best division is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.kit.complaints import InputError
from sim.scenario.shape import NO_POLICY, Allocation, Envelope, Mix
from sim.scenario.target import Target
from sim.studies import allocating
from sim.studies.best import BEST, EQUAL, TODAY
from sim.studies.best_mix import best_mix
from sim.studies.divided_runs import DividedRuns
from sim.studies.money_space import money_space
from sim.studies.shares import LEVERS, PLACES, YEARS, equal_of, today_of
from tests.small import small_plan
from tests.studies.planted_levers import CostSimulation, planted_costs

MILLION = 1_000_000


def _search(scenario=None, mix="plan", aims=("escaped",), **options):
    return best_mix(scenario or planted_costs(), mix, aims, threads=1, engine=CostSimulation, **options)


@pytest.fixture(scope="module")
def found():
    return _search()


def test_the_known_best_is_found_and_holds_on_fresh_luck(found) -> None:
    """A hundred households for 100 million and as many for 200, beside 90 + 45 today; 0 to 4 leave by themselves."""
    rows = {row.division: row for row in found.rows("fresh")}
    assert rows[TODAY].mean == 2 + 90 + 45
    assert rows[EQUAL].mean == 2 + 100 + 50
    assert rows[BEST].mean >= 0.98 * (2 + 200) and rows[BEST].gain == rows[BEST].promised >= 61
    shares = {row.member: row.share for row in found.rows("divisions", division=BEST)}
    assert shares["livelihood_models"] == pytest.approx(1 / 3, abs=0.03)
    assert shares["communication"] < 0.04


def test_today_stands_beside_it_in_whole_money(found) -> None:
    dong = {row.member: row.dong for row in found.rows("divisions", division=TODAY)}
    assert dong == {"livelihood_models": 90 * MILLION, "production_support": 90 * MILLION, "communication": 120 * MILLION}
    assert sum(row.dong for row in found.rows("divisions", division=BEST)) == pytest.approx(300 * MILLION)


def test_the_same_question_gets_the_same_answer(found) -> None:
    again = best_mix(planted_costs(), threads=2, engine=CostSimulation)
    for table in ("divisions", "fresh", "tried", "points", "curves"):
        assert getattr(found, table).equals(getattr(again, table)), table
    assert found.run_id == again.run_id


def test_flat_ranges_hold_the_best_and_nothing_worse(found) -> None:
    good = set(found.tried[found.tried["as_good"]]["point"])
    worst = {row.point for row in found.rows("tried") if row.behind > 1.0}
    assert good and not good & worst
    for row in found.rows("divisions", division=BEST):
        assert row.flat_low <= row.share <= row.flat_high


def test_curves_tell_what_each_brings_alone(found) -> None:
    by_member = {(row.member, row.share): row.gain for row in found.rows("curves")}
    assert by_member["livelihood_models", 1.0] == 100 and by_member["production_support", 1.0] == 150
    assert by_member["communication", 1.0] == 0.0


def test_fewer_poor_is_better() -> None:
    found = _search(aims=("poor",), evaluations=60)
    best = found.one("fresh", division=BEST)
    assert found.flips == ("poor",) and best.mean == pytest.approx(400 - 202, abs=4) and best.gain == 400 - 137 - best.mean


def test_the_chance_of_a_target_is_told_apart_by_nearness() -> None:
    """Nobody meets it today; the search finds its way although most points have the same chance."""
    found = _search(aims=("target:few",))
    rows = {row.division: row for row in found.rows("fresh")}
    assert rows[TODAY].mean == 0.0 and rows[BEST].mean == 1.0


def test_an_aim_that_nothing_moves() -> None:
    far = planted_costs(targets=(Target("none", "official_poor_households", "level", 0.0, "count", 2024, 2023),))
    found = _search(far, aims=("all_targets",), evaluations=30)
    assert not found.moved


def test_the_worst_of_several_futures() -> None:
    """With 70 % of the money a hundred households cost 100 of 210 million, and 55 more the rest."""
    found = _search(futures=("budget_cut",))
    assert list(found.futures) == ["usual", "budget_cut"]
    assert found.one("fresh", division=BEST).mean >= 0.98 * (2 + 100 + 55)


def test_two_aims_give_a_front() -> None:
    found = _search(aims=("escaped", "truly_poor"), evaluations=50)
    assert found.bests[0] == "best_1" and {row.aim for row in found.rows("fresh")} == {"escaped", "truly_poor"}


def test_a_stop_keeps_what_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluate, calls = DividedRuns.evaluate, []

    def stop(runs, points):
        calls.append(len(points))
        if len(calls) == 6:
            raise KeyboardInterrupt
        return evaluate(runs, points)

    monkeypatch.setattr(DividedRuns, "evaluate", stop)
    found = _search()
    assert found.is_stopped and found.tried["point"].nunique() == sum(calls[:-1])
    assert not len(found.fresh) and found.rows("divisions", division=BEST)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"aims": ("escapd",)}, "no such aim"),
        ({"aims": ("target:fwe",)}, "no such target"),
        ({"aims": ("kept_out",)}, "needs 3 years"),
        ({"aims": ()}, "no such aim"),
        ({"mix": "plam"}, "no such mix"),
        ({"mix": NO_POLICY}, "no money"),
        ({"mix": "one"}, "nothing to choose"),
        ({"over": ("months",)}, "not divided over"),
        ({"over": (PLACES,)}, "one place"),
        ({"levers": ("sesame",)}, "no such lever"),
        ({"levers": ("preferential_credit",)}, "may buy this lever"),
        ({"futures": ("boom",)}, "no such future"),
    ],
)
def test_bad_questions_get_clear_answers(options, words: str) -> None:
    with pytest.raises(InputError) as fault:
        _search(**options)
    assert words in fault.value.text("en")
    assert "{" not in fault.value.text("vi")


def test_targets_that_cannot_be_judged() -> None:
    plan = planted_costs()
    late = replace(plan, targets=(replace(plan.targets[0], by=2035),))
    for aim in ("target:few", "all_targets"):
        with pytest.raises(InputError):
            _search(late, aims=(aim,))


def _two_years():
    money = tuple(Envelope("central", "recurrent", year, 100 * MILLION) for year in (2024, 2025))
    money += (Envelope("bank", "credit", 2024, 50 * MILLION),)
    mix = Mix(
        "plan",
        {"livelihood_models": Allocation(share=0.5), "nutrition": Allocation(share=0.2), "preferential_credit": Allocation(share=1.0)},
    )
    return planted_costs(places=2, money=money, mixes={"plan": mix, NO_POLICY: Mix(NO_POLICY)}, last_year=2025)


def test_money_may_move_between_years_and_places_but_not_between_kinds() -> None:
    space = money_space(_two_years(), "plan", (LEVERS, YEARS, PLACES))
    levers, years, places = space.blocks
    assert (levers.members, levers.today, levers.dong) == (("livelihood_models", "nutrition"), (0.5, 0.2), 200 * MILLION)
    assert (years.label, years.members, years.today) == ("central/recurrent", ("2024", "2025"), (0.5, 0.5))
    assert places.members == ("Hoàng Kim", "An Phú") and places.today == (0.5, 0.5)
    changed = space.scenario_at({"a": ((1.0, 0.0), (0.8, 0.2), (0.25, 0.75))})
    found = {(one.kind, one.year, one.place): (one.amount_dong, dict(one.parts)) for one in changed.money}
    assert found["recurrent", 2024, "Hoàng Kim"] == (40 * MILLION, {"livelihood_models": 40 * MILLION, "nutrition": 0})
    assert found["recurrent", 2025, "An Phú"][0] == 30 * MILLION
    assert sum(amount for (kind, _, _), (amount, _) in found.items() if kind == "recurrent") == 200 * MILLION
    assert found["credit", 2024, "An Phú"] == (37_500_000, {"preferential_credit": 37_500_000})
    assert set(changed.mixes["a"].levers) == {"livelihood_models", "preferential_credit"}


def test_places_have_today_what_each_envelope_is_divided_by() -> None:
    """200 million by the poor, 10 and 30; 50 million in equal parts."""
    plan = _two_years()
    few, many = (replace(place, poor=poor, near_poor=0) for place, poor in zip(plan.places, (10, 30), strict=True))
    money = tuple(replace(one, divide={"equal": 1.0} if one.kind == "credit" else {"poor": 1.0}) for one in plan.money)
    (block,) = money_space(replace(plan, places=(few, many), money=money), "plan", (PLACES,)).blocks
    assert block.today == pytest.approx(((200 * 0.25 + 25) / 250, (200 * 0.75 + 25) / 250))


def test_the_mix_as_planned_is_the_mix_itself() -> None:
    """None stands for the plan: the same ledger and lists, in the real model."""
    from sim.studies import run as running

    plan = small_plan(follow_years=0)
    space = money_space(plan, "plan", (LEVERS,))
    usual = running.run(plan, ["plan"], replications=2, threads=1, beside_no_policy=False)
    changed = space.scenario_at({"as_planned": None, "too": today_of(space.blocks)})
    other = running.run(changed, ["as_planned", "too"], replications=2, threads=1, beside_no_policy=False)
    for measure in ("official_poor_households", "true_poor_households", "escaped_households"):
        assert (usual.series("plan", measure) == other.series("as_planned", measure)).all()
    assert usual.ledger["plan"].total("paid") == other.ledger["as_planned"].total("paid")
    assert other.ledger["too"].total("paid") == pytest.approx(usual.ledger["plan"].total("paid"), rel=0.02)


def test_money_goes_to_the_places_that_a_division_names() -> None:
    """In the real model: today's shares pay what the plan pays in each place, and all for one place pays nothing in the other."""
    from sim.studies import run as running

    plan = small_plan(follow_years=0)
    large, small = (replace(plan.places[0], name=name, households=8 * n, poor=n, near_poor=n) for name, n in (("Large", 20), ("Small", 10)))
    space = money_space(replace(plan, places=(large, small), targets=()), "plan", (PLACES,))
    changed = space.scenario_at({"as_planned": None, "too": today_of(space.blocks), "all_for_one": ((1.0, 0.0),)})
    ledger = running.run(changed, [*changed.mixes][:3], replications=2, threads=1, beside_no_policy=False).ledger
    paid = {mix: (ledger[mix].total("paid", place="Large"), ledger[mix].total("paid", place="Small")) for mix in ledger}
    assert paid["too"] == pytest.approx(paid["as_planned"], rel=0.02)
    assert paid["all_for_one"][0] > paid["too"][0] and paid["all_for_one"][1] == 0


def test_further_levers_may_be_bought() -> None:
    space = money_space(planted_costs(), "plan", (LEVERS,), ("nutrition",))
    assert "nutrition" in space.blocks[0].members
    assert equal_of(space.blocks)[0] == pytest.approx((0.25,) * 4)
    assert np.isclose(sum(space.blocks[0].today), 1.0)


def test_fewest_is_what_the_curves_take() -> None:
    space = money_space(planted_costs(), "plan", (LEVERS,))
    assert allocating.fewest(space.blocks) == 1 + 4 * 3 + 3 < allocating.usual(space.blocks)
