"""Job matching, labour export, education, nutrition, legal aid, social assistance: what their money alone moves, and what stops it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.codebook import Area, Shock
from sim.agents.members import Work, get, pack, put
from sim.kit.calendar import Quarter
from sim.policies.discovery import discover
from sim.policies.lever import Outcome
from sim.policies.people import aged, is_entitled_to_assistance, traveller
from tests.policies.small import certain, changed, communes, households, plan_of, programme, run_year, slot_of, state

DEALINGS = {"due", "owed", "received", "outcome"}
MOVES = {
    "job_matching": {"matching"},
    "labour_export": {"members", "remittance", "informal_debt"},
    "education_support": {"school_support", "savings"},
    "nutrition": {"nutrition_support"},
    "legal_aid": {"claims"},
    "social_assistance": {"claims"},
}
SURE = {
    "departure_failure": 0.0,
    "high_wage_destination": 1.0,
    "going_abroad_cost": 90_000.0,
    "going_abroad_cost_spread": 0.0,
    "sent_home_in_a_year": 100_000.0,
    "sent_home_spread": 0.0,
    "migration_credit_months": 1_000.0,
    "school_support_drawn": 0.0,
    "legal_case_won": 1.0,
    "assistance_recognised": 1.0,
    "matching_cost_per_person": 600.0,
    "nutrition_cost_per_child": 1_000.0,
}
LOAN = {"kind": "credit", "source": "bank", "loan": True}
GRANDMOTHER = pack(present=1, age=82, female=1)


def families(**tallies):
    """The usual small society with a grandmother in every household, who draws nothing."""
    h = households()
    h.members[3] = GRANDMOTHER
    h.children[...] = 1
    h.elderly[...] = 1
    for name, value in tallies.items():
        h[name][...] = value
    return h


def year_of(lever, h=None, millions=30_000, sure=None, **options):
    """Households, programme and what they were, after a year of one lever alone."""
    h, c = families() if h is None else h, communes()
    before = state(h)
    program = programme(plan_of(lever, millions, **options), overrides=certain(**SURE | (sure or {})))
    run_year(program, h, c)
    return h, program, before


def served(h, lever):
    """Households that have had the lever."""
    return h.received[slot_of(lever)] > 0


def refusals(h, lever, some):
    """What those of a mask were told, in English."""
    return {discover()[lever].name_outcome(code, "en") for code in np.unique(h.outcome[slot_of(lever)][some])}


@pytest.mark.parametrize("lever", MOVES)
def test_its_money_alone_moves_its_state_and_nothing_else(lever):
    h, program, before = year_of(lever)
    assert changed(before, h) - DEALINGS == MOVES[lever]
    assert program.ledger.total("paid") > 0


@pytest.mark.parametrize("lever", MOVES)
@pytest.mark.parametrize("stopped", ["no places", "no money"])
def test_without_capacity_or_money_only_the_outcome_is_told(lever, stopped):
    options = {"places": 0} if stopped == "no places" else {}
    h, program, before = year_of(lever, millions=0 if stopped == "no money" else 30_000, **options)
    assert changed(before, h) == {"outcome"}
    told = h.outcome[slot_of(lever)]
    assert (told == (Outcome.NO_CAPACITY if stopped == "no places" else Outcome.NO_MONEY)).any() and not (told == Outcome.SERVED).any()
    assert program.ledger.total("paid") == 0


def test_who_lives_in_a_household():
    words = np.array([[pack(present=1, age=19, in_school=1), pack(present=1, age=30, chronic=1), pack(present=1, age=41)],
                      [pack(present=1, age=24), pack(present=1, age=79), pack(present=1, age=3, disability=1)],
                      [pack(present=1, age=20, work=int(Work.ABROAD)), pack(age=90), pack(present=1, age=0)]])
    slot, exists = traveller(words)
    assert list(exists) == [True, False, False] and slot[0] == 1
    assert list(is_entitled_to_assistance(words, Quarter(2025, 2))) == [False, False, True]
    assert list(is_entitled_to_assistance(words, Quarter(2025, 3))) == [False, True, True]  # the old from 75 on, by then
    assert list(aged(words, 0, 5)) == [0, 0, 2] and list(aged(words, 16, 128)) == [2, 2, 1]


def test_matching_is_for_who_has_no_contract_and_paid_by_the_person():
    h = families()
    h.wage_workers[...] = np.where(h.origin % 2 == 0, 2, 0)
    h.without_contract[...] = np.where(h.origin % 4 == 0, 1, 0)
    h.seekers[...] = h.origin % 3
    h, program, _ = year_of("job_matching", h)
    got = served(h, "job_matching")
    assert got.any() and not got[(h.wage_workers == 2) & (h.without_contract == 0)].any()
    assert got[(h.standing > 0) & (h.without_contract == 1)].all() and (h.matching[got] == 4).all()
    assert program.ledger.total("paid") == 600_000 * int(np.maximum(h.seekers[got], 1).sum())


def test_nutrition_costs_less_for_older_children():
    h = families(children=2)
    h.members[1] = pack(present=1, age=3)
    h, program, _ = year_of("nutrition", h)
    got = served(h, "nutrition")
    assert got.sum() == (h.outcome[slot_of("nutrition")] == Outcome.SERVED).sum() > 0 and (h.nutrition_support[got] == 4).all()
    assert program.ledger.total("paid") == 1_400_000 * int(got.sum())


def test_undernourished_and_small_children_come_first():
    h = families(standing=2)
    h.undernourished[...] = h.origin % 5 == 0
    h.members[2, h.origin % 5 == 1] = pack(present=1, age=2)
    h, _, _ = year_of("nutrition", h, places=10)
    got = served(h, "nutrition")
    first, second = h.origin % 5 == 0, h.origin % 5 == 1
    assert got.sum() == 4 * 10 and got[first].all() and got[second].any() and not got[~first & ~second].any()


@pytest.mark.parametrize(
    ("standing", "age", "due"),
    [(2, 9, 150 * 9), (2, 12, (150 + 70) * 9), (2, 4, (150 + 160 + 70) * 9), (1, 4, (160 + 35) * 9), (1, 12, 35 * 9)],
)
def test_school_support_is_what_the_law_gives(standing, age, due):
    """Decree 81/2021: 150 thousand dong a month for nine months, fees waived in whole or half; lunches by decree 105/2020."""
    h = families(standing=standing)
    h.members[2] = pack(present=1, age=age, in_school=1)
    h, program, before = year_of("education_support", h)
    got = served(h, "education_support")
    assert got.all() and (h.savings - before["savings"] == np.floor(due + 0.5)).all() and (h.school_support == 4).all()
    assert program.ledger.total("paid") == 1_000 * int(np.floor(due + 0.5)) * len(h)


def test_nothing_is_due_to_the_near_poor_for_free_primary_school():
    h, _, _ = year_of("education_support")
    assert refusals(h, "education_support", h.standing == 1) == {"support due by law"}
    assert served(h, "education_support")[h.standing == 2].all()


def test_who_draws_school_support_anyway_is_left_out():
    h, _, _ = year_of("education_support", sure={"school_support_drawn": 0.5})
    got = served(h, "education_support")[h.standing == 2]
    assert 0.2 < got.mean() < 0.8
    assert refusals(h, "education_support", (h.standing == 2) & ~served(h, "education_support")) == {"not drawn without the plan"}


def test_board_is_paid_in_especially_difficult_communes():
    for area, board in ((Area.ORDINARY, 0.0), (Area.ESPECIALLY_DIFFICULT, 0.4 * 1_800)):
        h, c = families(standing=2), communes()
        h.members[2] = pack(present=1, age=12, in_school=1)
        c.area[...] = area
        before = h.savings.copy()
        run_year(programme(plan_of("education_support", 30_000, boarding=True), overrides=certain(**SURE)), h, c)
        assert (h.savings - before == (150 + 70 + board) * 9).all()


def test_a_case_is_paid_by_the_session_won_or_lost():
    for won in (1.0, 0.0):
        h, program, _ = year_of("legal_aid", sure={"legal_case_won": won})
        got = served(h, "legal_aid")
        assert got.sum() == 2 * 2 * 10 and (h.claims == (got if won else 0)).all()
        assert program.ledger.total("paid") == 2_736_000 * int(got.sum())  # four sessions at 0.38 of 1.8 million


@pytest.mark.parametrize("lever", ["legal_aid", "social_assistance"])
def test_nobody_claims_what_is_not_due_or_drawn_already(lever):
    h = families()
    h.members[3, h.origin % 2 == 0] = 0
    h.claims[...] = h.origin % 3 == 0
    h, _, before = year_of(lever, h)
    newly = h.claims > before["claims"]
    assert newly.any() and not newly[(h.origin % 2 == 0) | (before["claims"] == 1)].any() and (newly == served(h, lever)).all()


def test_relief_goes_to_listed_households_that_were_hit():
    h = families(claims=1)
    h.recent_shocks[...] = np.where(h.origin % 2 == 0, int(Shock.STORM), int(Shock.CALF_SOLD))
    h, program, before = year_of("social_assistance", h, source="fund_for_the_poor", relief=2_000)
    hit = (h.origin % 2 == 0) & (h.standing > 0)
    assert (h.savings - before["savings"] == np.where(hit, 2_000, 0)).all()
    assert program.ledger.total("paid") == 2_200_000 * int(hit.sum())


def test_the_youngest_fit_adult_goes_and_the_rest_is_borrowed():
    h, program, before = year_of("labour_export", places=60)
    got = served(h, "labour_export")
    assert got[h.standing > 0].all()
    assert (get(h.members[1, got], "work") == Work.ABROAD).all() and (get(h.members[1, got], "quarters_in_state") == 0).all()
    assert np.array_equal(h.members[[0, 2, 3]], before["members"][[0, 2, 3]])
    support = 3_000 + 530 + 60 * 40 + 200 + 750 + 1_200
    assert (h.informal_debt[got] == 90_000 - support).all()
    assert np.allclose(h.remittance[got], 25_000) and not h.remittance[~got].any()
    assert program.ledger.total("paid") == 1_000 * support * int(got.sum())


def test_cheaper_destinations_pay_less():
    h, _, _ = year_of("labour_export", sure={"high_wage_destination": 0.0, "low_wage_destination_ratio": 0.4})
    assert np.allclose(h.remittance[served(h, "labour_export")], 10_000)


def test_who_fails_to_leave_owes_all_the_same():
    h, _, before = year_of("labour_export", sure={"departure_failure": 1.0})
    got = served(h, "labour_export")
    assert got.any() and (h.informal_debt[got] > 80_000).all()
    assert np.array_equal(h.members, before["members"]) and not h.remittance.any()


def test_the_bank_lends_the_cost_up_to_its_ceiling():
    for cost in (90_000, 120_000):
        h, program, _ = year_of("labour_export", sure={"going_abroad_cost": float(cost)}, **LOAN)
        got = served(h, "labour_export")
        assert got.any() and (h.loan[got] == min(cost, 100_000)).all() and (h.informal_debt[got] == max(cost - 100_000, 0)).all()
        assert np.allclose(h.loan_rate[got], 0.066) and (h.loan_quarters_left[got] == 12).all() and not h.venture.any()
        assert program.ledger.total("paid") == 1_000 * int(h.loan.sum())


def test_poor_districts_have_the_lower_rate():
    h, c = families(), communes()
    c.area[...] = Area.POOR_DISTRICT
    run_year(programme(plan_of("labour_export", 30_000, **LOAN), overrides=certain(**SURE)), h, c)
    first = (h.loan > 0) & ((h.standing == 2) | (h.minority == 1))
    assert first.any() and np.allclose(h.loan_rate[first], 0.033) and np.allclose(h.loan_rate[(h.loan > 0) & ~first], 0.066)


def test_who_cannot_go_stays():
    h = families()
    h.members[0, h.origin % 6 < 3] = put(h.members[0, 0], "present", 0)
    h.members[3, h.origin % 6 < 3] = 0  # nobody stays with the child
    h.members[1, h.origin % 6 == 4] = pack(present=1, age=50)
    h, _, _ = year_of("labour_export", h)
    assert refusals(h, "labour_export", (h.origin % 6 < 2)) == {"another adult stays"}
    assert refusals(h, "labour_export", (h.origin % 6 == 4)) == {"someone of 18 to 40 able to go"}


def test_the_poorest_find_no_lender_and_with_the_bank_need_none():
    few = {"migration_credit_months": 1.0}
    h, _, _ = year_of("labour_export", sure=few)
    assert refusals(h, "labour_export", h.standing > 0) == {"lenders for the rest of the cost"}
    h, _, _ = year_of("labour_export", sure=few, **LOAN)
    assert served(h, "labour_export").any()


def test_credit_buys_it_as_a_loan_and_other_money_as_support():
    lever = discover()["labour_export"]
    assert lever.pays_with("credit", "bank", 2024, {"loan": True}) and not lever.pays_with("recurrent", "central", 2024, {"loan": True})
    assert lever.pays_with("recurrent", "central", 2024) and not lever.pays_with("credit", "bank", 2024)
