"""Money is conserved to the dong, for each envelope and year, whatever the plan."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.policies.ledger import ENTRIES
from sim.policies.money import part_of, proportional_parts, side_by_side
from sim.scenario.shape import Allocation, Envelope, Mix
from tests.policies.small import MILLION, Plan, communes, households, plan_of, programme, run_year

LEVERS = ("livelihood_models", "vocational_training", "preferential_credit", "housing", "health_insurance")


@given(
    amount=st.integers(0, 10**15),
    weights=st.lists(st.lists(st.integers(0, 10**6), min_size=3, max_size=3), min_size=1, max_size=4),
)
def test_a_split_adds_up_and_is_fair_to_a_dong_a_household(amount, weights):
    weights = np.array(weights)
    parts = proportional_parts(amount, weights)
    assert (parts.sum(axis=1) == amount).all() and (parts >= 0).all()
    for row, part in zip(weights, parts, strict=True):
        total = int(row.sum())
        for weight, dong in zip(row, part, strict=True):
            exact = amount * int(weight) / total if total else amount / 3
            assert abs(int(dong) - exact) <= max(weight, 1) + amount * 1e-15


@given(amount=st.integers(0, 10**15), share=st.floats(0, 1))
def test_a_share_is_never_more_than_it_says(amount, share):
    assert 0 <= part_of(amount, share) <= amount


def test_a_share_is_the_decimal_that_was_written():
    assert part_of(1_000, 0.29) == 290  # 0.29 * 1000 is 290.00000000000006 or less in binary


def test_pots_do_not_give_what_they_have_not():
    with pytest.raises(ArithmeticError):
        side_by_side(np.array([[5], [3]]), np.array([9]))


@given(stock=st.lists(st.integers(0, 10**15), min_size=1, max_size=6), share=st.floats(0, 1))
def test_sources_pay_in_proportion_to_what_they_have(stock, share):
    pots, wanted = np.array(stock)[:, None], np.array([int(sum(stock) * share)])
    wanted = np.minimum(wanted, sum(stock))
    taken = side_by_side(pots, wanted)
    assert taken.sum() == wanted[0] and (taken >= 0).all() and (taken <= pots).all()
    for held, gave in zip(stock, taken.ravel().tolist(), strict=True):
        assert abs(gave - int(wanted[0]) * held / max(sum(stock), 1)) <= len(stock) + sum(stock) * 1e-15


def test_half_paid_each_source_has_paid_half():
    assert side_by_side(np.array([[60], [40]]), np.array([50])).ravel().tolist() == [30, 20]


envelopes = st.lists(
    st.builds(
        Envelope,
        source=st.sampled_from(["central", "provincial", "bank"]),
        kind=st.sampled_from(["recurrent", "investment", "credit"]),
        year=st.sampled_from([2024, 2025]),
        amount_dong=st.integers(0, 4_000 * MILLION),
        place=st.sampled_from([None, "place 1"]),
    ),
    min_size=1,
    max_size=5,
)
allocations = st.dictionaries(st.sampled_from(LEVERS), st.sampled_from([0.2, 0.13, 0.07, 5_000_001, 800 * MILLION]), min_size=1)


def allocation_of(number: float) -> Allocation:
    return Allocation(share=number) if isinstance(number, float) else Allocation(amount_dong=number)


def books(program, c):
    """Sums by envelope's source and kind, lever, year, replication and place."""
    sums: dict = defaultdict(lambda: dict.fromkeys(ENTRIES, 0))
    for row in program.ledger.rows():
        key = (row["source"], row["kind"], row["lever"], row["year"], row["replication"], row["place"])
        sums[key][row["entry"]] += int(row["dong"])
    return sums


@settings(max_examples=40, deadline=None)
@given(envelopes=envelopes, allocations=allocations, delivery=st.sampled_from(["as_planned", "as_delivered"]), leave=st.integers(0, 120))
def test_every_dong_is_followed(envelopes, allocations, delivery, leave):
    h, c = households(), communes()
    h.savings[...] = 30_000
    plan = Plan(envelopes, {"plan": Mix("plan", {key: allocation_of(number) for key, number in allocations.items()})}, delivery)
    program = programme(plan)
    savings, debt = int(h.savings.sum()), int(h.informal_debt.sum())
    for year, signed in ((2024, 2), (2025, 1), (2026, 0), (2027, 0)):
        leaving = np.arange(len(h)) >= len(h) - leave if year == 2025 else None
        run_year(program, h, c, year, signed, leaving)
        waiting = np.array([np.bincount(h.cell, weights=owed, minlength=len(c)).sum() * 1_000 for owed in h.owed]).sum()
        assert waiting == program.purse.promised.sum()
    carried: dict = {}
    for key, entries in sorted(books(program, c).items(), key=lambda item: item[0][3]):
        if key[0] == "people" or (key[2] == "preferential_credit" and entries["written_off"]):
            continue
        coming = entries["appropriated"] + entries["carried_in"]
        assert coming == entries["paid"] + entries["carried_out"] + entries["returned"]
        place = (*key[:3], *key[4:])
        assert entries["carried_in"] == carried.get((*place, key[3] - 1), 0)
        carried[*place, key[3]] = entries["carried_out"]
    assert not (h.due != 0).any() and not h.owed.any() and not program.purse.promised.any()
    appropriated = {replication: sum(e.amount_dong for e in envelopes) for replication in (0, 1)}
    for replication, amount in appropriated.items():
        rows = program.ledger.rows()
        assert rows["dong"][(rows["replication"] == replication) & (rows["entry"] == "appropriated")].sum() == amount
    contributed = program.ledger.total("contributed") // 1_000
    assert savings - int(h.savings.sum()) + int(h.informal_debt.sum()) - debt == contributed


def test_loans_lent_are_outstanding_repaid_or_written_off():
    h, c = households(), communes()
    h.loan[h.standing == 0] = 10_000
    opening = int(h.loan.sum())
    program = programme(plan_of("preferential_credit", 3_000, kind="credit", source="bank"))
    run_year(program, h, c)
    h.repaid[...] = h.loan // 4
    h.loan[...] -= h.repaid
    h.interest_paid[...] = 7
    run_year(program, h, c, 2025, signed=0, leaving=np.arange(len(h)) % 10 == 0)
    h.loan[np.arange(len(h)) % 10 == 0] = 0
    ledger = program.ledger
    assert 4 * h.repaid.sum() * 1_000 == ledger.total("repaid")  # booked in each of four quarters
    lent = ledger.total("paid", source="bank")
    assert opening * 1_000 + lent == int(h.loan.sum() + h.repaid.sum()) * 1_000 + ledger.total("written_off")
    assert ledger.total("interest") == 4 * 7 * len(h) * 1_000


def test_several_sources_pay_one_lever():
    h, c = households(replications=1, places=1), communes(1, 1)
    plan = plan_of("livelihood_models", 13)
    plan.money.append(Envelope("provincial", "recurrent", 2024, 13 * MILLION))
    program = programme(plan, replications=1, places=1)
    run_year(program, h, c)
    assert h.young_animals.sum() == 1  # one cow of 26 million from two halves
    assert program.ledger.total("paid", source="central") == program.ledger.total("paid", source="provincial") == 13 * MILLION


def test_envelopes_of_other_mixes_stay_closed():
    h, c = households(), communes()
    plan = plan_of("livelihood_models", 100)
    plan.money[0] = Envelope("central", "recurrent", 2024, 100 * MILLION, only=("another",))
    program = programme(plan)
    run_year(program, h, c)
    assert len(program.ledger.rows()) == 0 and not h.young_animals.any()


def test_a_mix_without_levers_touches_nothing():
    h, c = households(), communes()
    plan = plan_of("livelihood_models", 100)
    plan.mixes["no_policy"] = Mix("no_policy")
    before = h.copy()
    program = programme(plan, "no_policy")
    run_year(program, h, c)
    assert all(np.array_equal(before[name], h[name]) for name in h.arrays()) and len(program.ledger.rows()) == 0


def test_more_than_the_whole_is_refused():
    h, c = households(), communes()
    plan = Plan(
        [Envelope("central", "recurrent", 2024, MILLION)],
        {"plan": Mix("plan", {"livelihood_models": Allocation(share=0.6), "vocational_training": Allocation(share=0.6)})},
    )
    with pytest.raises(ValueError, match="more than the whole"):
        run_year(programme(plan), h, c)


def test_what_no_lever_takes_goes_back():
    h, c = households(), communes()
    plan = plan_of("livelihood_models", 100)
    plan.mixes["plan"] = Mix("plan", {"livelihood_models": Allocation(share=0.25)})
    program = programme(plan)
    run_year(program, h, c)
    assert program.ledger.total("returned", lever="unallocated") == 2 * 75 * MILLION
