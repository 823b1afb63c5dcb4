"""Contributions, where what each lever brings is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.engine import Simulation
from sim.kit.complaints import InputError
from sim.scenario.shape import NO_POLICY, Allocation, Envelope, Mix
from sim.studies import contributions as contributing
from sim.studies import run as running
from sim.studies.coalitions import GROWTH, blocks, divided, standing_still, with_levers
from sim.studies.contributions import contributions
from sim.studies.outcomes import CHANCE, ESCAPED, HOUSEHOLDS, POOR, TARGET
from tests.small import small_plan
from tests.studies.planted_levers import ALONE, MONEY, LeverSimulation, planted_levers

SHARES = {"livelihood_models": 6.0, "production_support": 5.0, "nutrition": 5.0, "communication": 0.0, GROWTH: 0.0}
MANY = ("livelihood_models", "production_support", "nutrition", "communication", "vocational_training", "job_matching", "labour_export")


def _divide(scenario=None, **options):
    return contributions(scenario or planted_levers(), threads=1, engine=LeverSimulation, **options)


@pytest.fixture(scope="module")
def found():
    return _divide()


def test_every_lever_gets_what_it_brings(found) -> None:
    for player, share in SHARES.items():
        row = found.one("contributions", name=ESCAPED, player=player)
        assert row.mean == pytest.approx(share) and row.low == pytest.approx(share) == row.high
        assert found.one("contributions", name=POOR, player=player).mean == pytest.approx(-share)
        assert found.one("contributions", kind=TARGET, player=player).mean == pytest.approx(-share)


def test_a_lever_without_effect_gets_exactly_nothing_and_equal_ones_the_same(found) -> None:
    for kind in (HOUSEHOLDS, TARGET, CHANCE):
        rows = {row.player: row for row in found.rows("contributions", kind=kind) if row.name in (ESCAPED, "few")}
        assert rows["communication"].mean == rows[GROWTH].mean == 0.0
        assert rows["production_support"].mean == rows["nutrition"].mean


def test_they_add_up_to_the_whole_less_the_rest(found) -> None:
    assert len(found.totals) > 3
    for total in found.totals.itertuples():
        rows = found.rows("contributions", kind=total.kind, name=total.name, year=total.year)
        assert sum(row.mean for row in rows) == pytest.approx(total.with_all - total.rest, abs=1e-12)
        assert total.total == pytest.approx(total.with_all - total.rest, abs=1e-12)


def test_two_that_help_each_other(found) -> None:
    pairs = {frozenset((row.player, row.other)): row.mean for row in found.rows("interactions", kind=HOUSEHOLDS, name=ESCAPED)}
    assert pairs.pop(frozenset({"production_support", "nutrition"})) == pytest.approx(2.0)
    assert len(pairs) == 9 and all(gain == 0.0 for gain in pairs.values())


def test_households_for_each_billion(found) -> None:
    row = found.one("contributions", name=ESCAPED, player="livelihood_models")
    assert row.grants == 0.2 * MONEY and row.loans == 0.0
    assert row.per_billion == pytest.approx(6.0 / 0.2)
    assert np.isnan(found.one("contributions", name=ESCAPED, player=GROWTH).per_billion)


def test_chances_are_divided_too(found) -> None:
    """50 less 0 to 4 less the sixteen of all levers is at most 40, always; less the best two with seven not always."""
    total = found.one("totals", kind=CHANCE, name="few")
    assert (total.rest, total.with_all) == (0.0, 1.0)
    by_player = {row.player: row.mean for row in found.rows("contributions", kind=CHANCE, name="few")}
    assert sum(by_player.values()) == pytest.approx(1.0)
    assert by_player["livelihood_models"] > by_player["nutrition"] > 0.0


def test_every_coalition_is_told(found) -> None:
    rows = found.rows("coalitions", kind=HOUSEHOLDS, name=ESCAPED)
    assert len(rows) == 2 ** (len(ALONE) + 1)
    means = {(row.levers, row.growth): row.mean for row in rows}
    assert means["", False] == 2.0 and means["production_support+nutrition", True] == 12.0


def test_many_levers_are_sampled_with_an_error() -> None:
    found = _divide(
        planted_levers(MANY, mixes={"plan": Mix("plan", {key: Allocation(share=0.1) for key in MANY}), NO_POLICY: Mix(NO_POLICY)})
    )
    assert found.orders == 8 and len(found.players) == 8
    rows = {row.player: row for row in found.rows("contributions", kind=HOUSEHOLDS, name=ESCAPED)}
    assert rows["livelihood_models"].mean == 6.0 and rows["livelihood_models"].order_error == 0.0
    assert rows["nutrition"].mean + rows["production_support"].mean == pytest.approx(10.0)
    assert rows["nutrition"].mean_low - 1e-9 <= 5.0 <= rows["nutrition"].mean_high + 1e-9
    assert len(found.rows("interactions", kind=HOUSEHOLDS, name=ESCAPED)) == 10
    assert found.interactions["others_there"].all()


def test_threads_and_blocks_change_nothing(found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributing, "MOST_ROWS", 700)
    other = contributions(planted_levers(), threads=2, engine=LeverSimulation)
    for table in ("contributions", "totals", "interactions", "coalitions"):
        assert getattr(found, table).equals(getattr(other, table)), table


def test_blocks_hold_every_replication_once() -> None:
    found = blocks(10, 300, 1000)
    assert [number for block in found for number in block] == list(range(10)) and max(len(block) for block in found) <= 4
    assert len(blocks(10, 1, 1000)) == 2 and blocks(1, 1, 1000) == [range(1)]


def test_levers_keep_their_money_and_the_rest_is_not_spent() -> None:
    """Whole dong come after shares: without the lever that has a share there would be more for them."""
    mix = Mix("plan", {"livelihood_models": Allocation(share=0.7), "production_support": Allocation(amount_dong=500)})
    plan = planted_levers(money=(Envelope("central", "recurrent", 2024, 1000),), mixes={"plan": mix, NO_POLICY: Mix(NO_POLICY)})
    (whole,) = divided(plan, "plan")
    assert whole[1] == {"livelihood_models": 700, "production_support": 300}
    changed = with_levers(plan, "plan", {"a": ("production_support",), "none": ()})
    assert [(envelope.only, envelope.parts) for envelope in changed.money] == [(("a",), {"production_support": 300}), (("none",), {})]
    assert next(iter(divided(changed, "a")))[1] == {"production_support": 300}


def test_a_stop_keeps_whole_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    add, done = contributing._Study.add, []

    def stop(study, block, *rest) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(block)
        add(study, block, *rest)

    monkeypatch.setattr(contributing._Study, "add", stop)
    found = _divide()
    assert found.is_stopped and found.frame.replications == 10
    assert found.one("contributions", name=ESCAPED, player="livelihood_models").mean == 6.0


@pytest.mark.parametrize(("mix", "words"), [("plam", "no such mix"), (NO_POLICY, "no money")])
def test_bad_questions_get_clear_answers(mix: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        _divide(mix=mix)


def test_a_mix_whose_money_is_for_others() -> None:
    plan = planted_levers()
    with pytest.raises(InputError, match="no money"):
        _divide(replace(plan, money=(replace(plan.money[0], only=("other",)),)))


def test_nothing_grows_in_the_world_that_stands_still() -> None:
    """Without levers the outside growth takes back what households gain by themselves: together they stand still."""
    plan = small_plan(follow_years=0)
    begun = Simulation.start(plan, range(3), 5)
    before = begun.society.world.copy()
    simulation = Simulation(begun, NO_POLICY, standing_still(begun.society))
    simulation.run()
    world = simulation.society.world
    assert world.log_growth == pytest.approx(before.log_growth - before.own_growth)
    assert (world.log_jobs == before.log_jobs).all() and (world.log_price != before.log_price).all()
    assert begun.society.parameters["growth"].all()  # the start itself is as it was


def test_without_a_lever_the_world_is_that_of_no_policy_and_with_all_that_of_the_plan() -> None:
    plan = small_plan(follow_years=0)
    found = contributions(plan, "livelihoods_first", replications=4, threads=1)
    usual = running.run(plan, ["livelihoods_first"], replications=4, threads=1)
    ends = {(row.levers, row.growth): row.mean for row in found.rows("coalitions", kind=HOUSEHOLDS, name=POOR)}
    levers = "livelihood_models+production_support+preferential_credit"
    for mix, coalition in ((NO_POLICY, ""), ("livelihoods_first", levers)):
        assert ends[coalition, True] == usual.at(mix, POOR, 2024).mean()
    assert found.one("totals", kind=HOUSEHOLDS, name=POOR).rest == ends["", False]
    paid = usual.ledger["livelihoods_first"].total("paid") / 4
    assert sum(row.grants + row.loans for row in found.rows("contributions", name=POOR) if row.player != GROWTH) == pytest.approx(paid)
