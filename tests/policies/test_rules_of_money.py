"""Rules of money: matching, ceilings, no double support, carry-over by kind and date, the books of a year."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kit.calendar import Quarter
from sim.policies.calendar import goes_over
from sim.policies.closing import faults
from sim.policies.contracts import Contracts, by_layer_and_cell, keys_of, shares_of_layers
from sim.policies.lever import Outcome
from sim.scenario.plan_money import Allocation, Envelope, Matching, Mix
from tests.policies.small import MILLION, Plan, certain, communes, households, levers_here, plan_of, programme, run_year, slot_of

CENTRAL = Matching("central", 0.15)
COWS = {"livelihood_models": Allocation(share=1.0)}


def one_place(envelopes, levers=None, year=2024, **options):
    """A year of a plan in one place: households, communes and the programme."""
    h, c = households(replications=1, places=1), communes(1, 1)
    plan = Plan(list(envelopes), {"plan": Mix("plan", levers or COWS)}, options.pop("delivery", "as_planned"))
    program = programme(plan, replications=1, places=1, overrides=certain(**options))
    run_year(program, h, c, year)
    return h, c, program


def money(source: str, millions: float, **rules) -> Envelope:
    return Envelope(source, rules.pop("kind", "recurrent"), rules.pop("year", 2024), int(millions * MILLION), **rules)


# matching


def test_matching_money_pays_its_share_beside_the_other_and_no_more():
    """Fifteen of provincial money beside a hundred of central; of twenty, five find no match and go back."""
    _, _, program = one_place([money("central", 100), money("provincial", 20, matches=CENTRAL)])
    ledger = program.ledger
    assert ledger.total("returned", source="provincial", lever="unallocated") == 5 * MILLION
    central, provincial = (ledger.total("paid", source=source) for source in ("central", "provincial"))
    assert central > 0 and provincial == pytest.approx(0.15 * central, abs=2)


def test_money_that_needs_a_match_waits_for_it():
    """Central money for which the province gives a third of what is asked: a third of it may be used."""
    needy = money("central", 300, only_with=Matching("provincial", 0.15))
    _, _, program = one_place([needy, money("provincial", 15)])
    assert program.ledger.total("returned", source="central", lever="unallocated") == 200 * MILLION
    _, _, program = one_place([needy])
    assert program.ledger.total("paid") == 0 and program.ledger.total("returned") == 300 * MILLION


def test_a_match_is_of_the_same_kind_and_year():
    _, _, program = one_place([money("central", 100, kind="investment"), money("provincial", 20, matches=CENTRAL)])
    assert program.ledger.total("paid", source="provincial") == 0


# contracts and what pays them


def test_layers_pay_what_lies_between_those_before_and_oneself():
    free = np.array([[10], [20]])
    spent, dong = np.array([8, 16, 30]), np.array([8, 8, 14])
    parts = shares_of_layers(free, np.zeros(3, dtype=np.int64), spent, dong)
    assert parts.tolist() == [[8, 2, 0], [0, 6, 14]]
    keys = keys_of(np.zeros(3), np.array([5, 6, 7]), np.array([0, 0, 2025]))
    contracts = Contracts()
    contracts.add(keys, np.zeros(3, dtype=np.int64), parts)
    assert contracts.paid_from(keys, np.array([0])).tolist() == [True, True, False]
    assert contracts.take(keys[1:2], (2, 1)).ravel().tolist() == [2, 6]
    assert contracts.take(keys, (2, 1)).ravel().tolist() == [8, 14]
    assert by_layer_and_cell(parts, np.zeros(3, dtype=np.int64), (2, 1)).ravel().tolist() == [10, 20]


class ByKind:
    """A calendar on which recurrent money is out in the third quarter and investment in the fourth."""

    def cumulative(self, moment, communes, kind, first_after, may_go_over):
        return [Quarter(2024, 3 if kind == "recurrent" else 4).number], np.ones((1, len(communes)))


def test_money_pays_the_contracts_it_was_promised_to():
    """The investment stands first and comes last: what is paid in the third quarter is recurrent all the same."""
    h, c = households(replications=1, places=1), communes(1, 1)
    envelopes = [money("central", 100, kind="investment"), money("central", 320)]
    program = programme(Plan(envelopes, {"plan": Mix("plan", {"housing": Allocation(share=1.0)})}), replications=1, places=1)
    program.books.calendar = ByKind()
    run_year(program, h, c)
    paid = [(row["quarter"], row["kind"], row["dong"] // MILLION) for row in program.ledger.rows() if row["entry"] == "paid"]
    assert paid == [(3, "investment", 10), (3, "recurrent", 320), (4, "investment", 90)]  # the house at the border is of both


def test_a_house_paid_by_credit_is_a_loan_when_it_comes_later():
    """Chosen in 2021 as a loan, built in 2022 when housing is a grant: the loan is owed all the same."""
    h, c = households(replications=1, places=1), communes(1, 1)
    h.savings[...] = 60_000
    plan = plan_of("housing", 1)
    plan.money[0] = Envelope("bank", "credit", 2021, 2_000 * MILLION)
    plan.delivery = "as_delivered"
    program = programme(plan, replications=1, places=1)
    for year, signed in ((2021, 4), (2022, 0)):
        run_year(program, h, c, year, signed)
        assert not list(faults(program, h, c, year))
    built = h.received[slot_of("housing")] >= Quarter(2022, 1).number
    assert built.any() and (h.loan[built] > 0).all()


# ceilings and double support


def test_a_ceiling_leaves_the_rest_to_the_household():
    """A cow of 30 million: the public part would be 24, the plan gives ten, the household adds twenty."""
    levers = {"livelihood_models": Allocation(share=1.0, ceiling=10_000, options={"coaching": False})}
    h, _, program = one_place([money("central", 100)], levers)
    assert program.ledger.total("paid") == 100 * MILLION and h.young_animals.sum() == 10
    assert program.ledger.total("contributed") == 10 * 20 * MILLION


def test_who_cannot_find_what_the_ceiling_leaves_is_not_served():
    """A course of the full norm above a ceiling of a million: the household must find the rest, though training asks for no share."""
    levers = {"vocational_training": Allocation(share=1.0, ceiling=1_000)}
    h, c = households(replications=1, places=1), communes(1, 1)
    h.savings[...] = np.where(h.origin % 2 == 0, 0, 20_000)
    plan = Plan([money("central", 100)], {"plan": Mix("plan", levers)})
    program = programme(plan, replications=1, places=1, overrides=certain(contribution_credit_months=0.0))
    run_year(program, h, c)
    outcome, listed = h.outcome[slot_of("vocational_training")], h.standing > 0
    assert (outcome[listed & (h.savings == 0)] == Outcome.CANNOT_PAY_SHARE).all()
    served = outcome == Outcome.SERVED
    assert served.any() and (h.savings[served] < 20_000).all()


def test_nobody_has_the_same_thing_from_two_levers_in_a_year():
    levers = {key: Allocation(share=0.5) for key in ("livelihood_models", "production_support")}
    h, _, _ = one_place([money("central", 4_000)], levers)
    cows, package = (h.outcome[slot_of(key)] for key in levers)
    both = (cows == Outcome.SERVED) & (package == Outcome.SERVED)
    assert (cows == Outcome.SERVED).any() and (package == Outcome.OTHER_SUPPORT).any() and not both.any()
    lever = programme(Plan([], {"plan": Mix("plan", levers)})).levers[slot_of("production_support")]
    assert "cùng nội dung" in lever.name_outcome(Outcome.OTHER_SUPPORT) and "same thing" in lever.name_outcome(Outcome.OTHER_SUPPORT, "en")


def test_next_year_the_other_lever_may_come():
    h, c = households(replications=1, places=1), communes(1, 1)
    levers = {"livelihood_models": Allocation(amount_dong=100 * MILLION), "production_support": Allocation(amount_dong=600 * MILLION)}
    plan = Plan([money("central", 700), money("central", 700, year=2025)], {"plan": Mix("plan", levers)})
    program = programme(plan, replications=1, places=1)
    run_year(program, h, c)
    had = h.received[slot_of("livelihood_models")] > 0
    run_year(program, h, c, 2025, signed=1)
    assert had.any() and (h.outcome[slot_of("production_support")][had] != Outcome.OTHER_SUPPORT).all()


# carry-over


@pytest.mark.parametrize(
    ("kind", "source", "year", "over"),
    [
        ("investment", "central", 2017, True),
        ("recurrent", "central", 2017, False),
        ("recurrent", "provincial", 2021, False),
        ("recurrent", "central", 2024, True),
        ("recurrent", "fund_for_the_poor", 2017, True),
        ("credit", "bank", 2017, True),
    ],
)
def test_what_goes_over_by_kind_source_and_year(kind, source, year, over):
    assert goes_over(kind, source, year) is over


def late(year: int, **rules) -> tuple[int, int, int]:
    """Dong returned in the year, carried into the next, and paid then: cows chosen in the second quarter as delivered."""
    h, c = households(replications=1, places=1), communes(1, 1)
    plan = plan_of("livelihood_models", 1)
    plan.money[0] = money("central", 1_500, year=year, **rules)
    plan.delivery = "as_delivered"
    program = programme(plan, replications=1, places=1)
    run_year(program, h, c, year)
    lapsed = h.outcome[0] == Outcome.LAPSED
    run_year(program, h, c, year + 1, signed=0)
    returned, carried, paid = (program.ledger.total(*entry) for entry in (("returned",), ("carried_in",), ("paid",)))
    assert lapsed.any() == (carried == 0)
    return returned, carried, paid


def test_recurrent_money_of_2017_goes_back_and_that_of_2024_over():
    assert late(2017)[1] == 0 and late(2017)[0] > 0
    assert late(2024)[1] > 0


def test_a_plan_may_say_otherwise_of_an_envelope():
    assert late(2017, goes_over=True)[1] > 0
    assert late(2024, goes_over=False)[1] == 0


# the books


def test_books_that_do_not_close_are_told():
    h, c, program = one_place([money("central", 100)])
    assert not list(faults(program, h, c, 2024))
    h.owed[0, 3] += 1
    (fault,) = faults(program, h, c, 2024)
    assert fault.startswith("livelihood_models") and "-1000 dong" in fault
    h.owed[0, 3] -= 1
    h.loan[5] += 2
    assert any("bank: -2000 dong of loans" in fault for fault in faults(program, h, c, 2024))
    h.loan[5] -= 2
    program.ledger.post(Quarter(2024, 4), program.purse.pots[0].account, "paid", np.array([7]))
    assert any("-7 dong came in and went nowhere" in fault for fault in faults(program, h, c, 2024))


def test_who_is_no_lender_gives_no_credit():
    lever = levers_here()["labour_export"]
    assert lever.pays_with("credit", "bank", 2024, {"loan": True}) and lever.pays_with("credit", "provincial", 2024, {"loan": True})
    assert not lever.pays_with("credit", "donors", 2024, {"loan": True})
