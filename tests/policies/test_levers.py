"""Each lever: its money alone moves its own state, capacity zero or money zero stop it, and its file is whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.agents.codebook import NEVER
from sim.agents.members import get
from sim.dynamics.kernel import refresh
from sim.kit.calendar import Quarter
from sim.law.parameters import draw
from sim.policies.discovery import discover, parameters_of
from sim.policies.lever import Outcome
from sim.population.frame import as_rates
from sim.scenario.shape import Structure
from sim.start import own_parameters
from tests.policies.small import SIGNED, certain, changed, communes, households, plan_of, programme, run_year, state
from tests.population.start_of import world_of

DEALINGS = {"due", "owed", "received", "outcome"}
MOVES = {
    "livelihood_models": {"young_animals", "quarters_to_calving", "coached_quarters", "savings"},
    "vocational_training": {"members"},
    "preferential_credit": {"loan", "loan_rate", "loan_quarters_left", "venture"},
    "housing": {"solid_parts", "floor_area_m2", "savings", "informal_debt"},
    "health_insurance": {"members"},
}
MONEY = {"preferential_credit": {"kind": "credit", "source": "bank"}}


@pytest.mark.parametrize("lever", MOVES)
def test_its_money_alone_moves_its_state_and_nothing_else(lever):
    h, c = households(), communes()
    before = state(h)
    run_year(programme(plan_of(lever, 3_000, **MONEY.get(lever, {}))), h, c)
    assert changed(before, h) - DEALINGS <= MOVES[lever]
    assert changed(before, h) >= MOVES[lever] - {"informal_debt"}


@pytest.mark.parametrize("lever", MOVES)
@pytest.mark.parametrize("stopped", ["no places", "no money"])
def test_without_capacity_or_money_only_the_outcome_is_told(lever, stopped):
    h, c = households(), communes()
    before = state(h, but=("outcome",))
    options = {"places": 0} if stopped == "no places" else {}
    program = programme(plan_of(lever, 0 if stopped == "no money" else 3_000, **MONEY.get(lever, {}), **options))
    run_year(program, h, c)
    assert changed(before, h) == set()
    reason = Outcome.NO_CAPACITY if stopped == "no places" else Outcome.NO_MONEY
    assert (h.outcome == reason).any() and not (h.outcome == Outcome.SERVED).any()
    assert program.ledger.total("paid") == 0


def test_money_for_n_serves_exactly_n():
    h, c = households(replications=1, places=1), communes(1, 1)
    program = programme(plan_of("livelihood_models", 7 * 26, coaching=True), replications=1, places=1)
    run_year(program, h, c)
    assert h.young_animals.sum() == 7  # 24 million of public money for the animal and 2 for coaching
    assert program.ledger.total("paid") == 7 * 26_000_000


def test_animal_alone_brings_no_coaching():
    h, c = households(), communes()
    run_year(programme(plan_of("livelihood_models", 3_000, coaching=False)), h, c)
    assert h.young_animals.any() and not h.coached_quarters.any()
    mature = h.quarters_to_calving[h.young_animals > 0]
    assert mature.min() >= 4 and mature.max() <= 8


def test_households_pay_their_share_from_savings_and_then_on_credit():
    h, c = households(), communes()
    h.savings[...] = 3_000
    run_year(programme(plan_of("livelihood_models", 3_000, coaching=False), overrides=certain(contribution_credit_months=6.0)), h, c)
    served = h.young_animals > 0
    assert (h.savings[served] == 0).all()
    cost, public = 30_000, np.array([17_500, 21_250, 24_000])[h.standing[served]]
    assert (h.informal_debt[served] == cost - public - 3_000).all()


def test_the_poorest_cannot_pay_their_share():
    h, c = households(), communes()
    h.savings[:] = np.where(h.origin % 2 == 0, 0, 20_000)
    program = programme(plan_of("livelihood_models", 3_000), overrides=certain(contribution_credit_months=0.0))
    run_year(program, h, c)
    assert not h.young_animals[h.savings == 0].any()
    assert (h.outcome[0][(h.savings == 0) & (h.standing > 0)] == Outcome.CANNOT_PAY_SHARE).all()


def test_training_picks_the_youngest_untrained_adult():
    h, c = households(), communes()
    run_year(programme(plan_of("vocational_training", 3_000)), h, c)
    served = h.received[1] > 0
    assert served.any()
    assert not get(h.members[1, served], "searching").any()  # a course makes nobody look for wage work
    for name in ("trained", "certified", "course_fresh"):
        assert (get(h.members[1, served], name) == 1).all()
        assert (get(h.members[0, served], name) == 0).all() and (get(h.members[2, served], name) == 0).all()


def test_a_finished_course_ends_the_lack_of_training_without_a_certificate():
    """As the lever's text says: whether or not a certificate was given."""
    h, c = households(), communes()
    rates = as_rates(draw(own_parameters(), 1, 2, {}))
    refresh(h, c, rates, world_of(2))
    assert (h.young_untrained == 1).all()  # the member of 22 with nine years of school
    run_year(programme(plan_of("vocational_training", 3_000), overrides=certain(course_certificate=0.0)), h, c)
    refresh(h, c, rates, world_of(2))
    served = h.received[1] > 0
    assert served.any() and not h.young_untrained[served].any() and h.young_untrained[~served].all()
    assert not get(h.members[1], "certified").any()


def test_without_couplings_staff_still_count_and_neighbours_do_not():
    h, c = households(replications=1, places=1), communes(1, 1)
    c.staff_capacity[...], c.confidence[...] = 0.5, 0.6
    for couplings, wanted in ((True, 0.8 * 0.5 * 0.6), (False, 0.8 * 0.5)):
        plan = plan_of("livelihood_models", 3_000)
        plan.structure = Structure(couplings=couplings)
        program = programme(plan, replications=1, places=1, overrides=certain(livelihood_take_up=0.8))
        program.open_year(SIGNED, h, c)
        chance = program.claims[0].lever.take_up(program.desks[0].applicants(h, c))
        assert np.allclose(chance, wanted)


def test_loans_follow_standing_and_date():
    h, c = households(), communes()
    run_year(programme(plan_of("preferential_credit", 100_000, kind="credit", source="bank")), h, c)
    for standing, rate in ((2, 0.066), (1, 0.0792), (0, 0.0825)):
        lent = (h.standing == standing) & (h.loan > 0)
        assert lent.any() and np.allclose(h.loan_rate[lent], rate)
    assert h.loan.max() <= 100_000 and (h.loan % 1_000 == 0).all()
    assert (h.loan_quarters_left[h.loan > 0] == 16).all()
    assert (h.venture == h.loan).all()


@pytest.mark.parametrize(("year", "standings"), [(2012, {2}), (2014, {2, 1}), (2016, {2, 1, 0})])
def test_a_standing_without_a_loan_programme_yet_cannot_borrow(year, standings):
    """The bank lent to the near-poor from 2013 on, to the newly escaped from September 2015."""
    h, c = households(), communes()
    plan = plan_of("preferential_credit", 100_000, kind="credit", source="bank")
    plan.money[0] = replace(plan.money[0], year=year)
    run_year(programme(plan), h, c, year=year)
    assert set(h.standing[h.loan > 0].tolist()) == standings
    lever = discover()["preferential_credit"]
    asked = (h.standing > 0) | (h.quarters_since_poor < NEVER)
    refused = asked & ~np.isin(h.standing, list(standings))
    assert {lever.name_outcome(code, "en") for code in h.outcome[2][refused]} <= {"loan programme for its standing"}


def test_a_loan_that_arrives_after_the_standing_changed_has_terms():
    """Chosen as poor, off the lists when the money comes, before there was a programme for the newly escaped."""
    h, c = households(), communes()
    plan = plan_of("preferential_credit", 100_000, kind="credit", source="bank")
    plan.money[0] = replace(plan.money[0], year=2012)
    program = programme(plan)
    program.open_year(Quarter(2012, 1), h, c)
    program.choose(Quarter(2012, 1), h, c)
    h.standing[...] = 0
    for quarter in (1, 2, 3, 4):
        program.arrive(Quarter(2012, quarter), h, c)
    lent = h.loan > 0
    assert lent.any() and np.allclose(h.loan_rate[lent], 0.078) and (h.loan_quarters_left[lent] == 16).all()


def test_a_group_in_arrears_is_refused():
    h, c = households(), communes()
    debtor = int(np.flatnonzero(h.village == 1)[0])
    h.loan[debtor], h.overdue[debtor] = 40_000, 30_000
    run_year(programme(plan_of("preferential_credit", 100_000, kind="credit", source="bank")), h, c)
    lever = discover()["preferential_credit"]
    same_group = (h.village == 1) & (h.cell == h.cell[debtor]) & (h.standing > 0)
    same_group[debtor] = False
    assert {lever.name_outcome(code, "en") for code in h.outcome[2][same_group]} == {"loan group pays its debts"}
    assert (h.loan[(h.village != 1) & (h.standing > 0)] > 0).all()


def test_new_houses_and_repairs():
    h, c = households(), communes()
    h.savings[...] = 0
    before = h.solid_parts.copy()
    run_year(programme(plan_of("housing", 30_000, kind="investment"), overrides=certain(contribution_credit_months=0.0)), h, c)
    listed = h.standing > 0
    assert (h.solid_parts[listed & (before == 0)] == 3).all() and (h.solid_parts[listed & (before == 1)] == 2).all()
    assert (h.floor_area_m2[listed & (before == 0)] == 30).all() and (h.floor_area_m2[before == 1] == 20).all()
    assert not h.informal_debt.any()


def test_housing_support_was_a_loan_under_decision_33():
    lever = discover()["housing"]
    assert lever.pays_with("credit", "bank", 2018) and not lever.pays_with("recurrent", "central", 2018)
    assert lever.pays_with("investment", "central", 2024) and not lever.pays_with("credit", "bank", 2024)


def test_insurance_pays_what_law_leaves_to_the_household():
    h, c = households(replications=1, places=1), communes(1, 1)
    program = programme(plan_of("health_insurance", 500, newly_escaped=False), replications=1, places=1)
    run_year(program, h, c)
    near_poor = h.standing == 1
    assert (get(h.members[:3, near_poor], "insured") == 1).all() and (get(h.members[:3, ~near_poor], "insured") == 0).all()
    yearly = 0.3 * 0.045 * 1_800 * 12 * 3  # three members, premium of April 2024, 70 % paid by law
    assert program.ledger.total("paid") == int(near_poor.sum()) * round(yearly) * 1_000


@pytest.mark.parametrize("lever", MOVES)
def test_every_word_is_said_in_both_languages(lever):
    file = discover()[lever].file
    for words in (file.what_it_does, *file.conditions, *file.outcomes.values(), *file.options.values()):
        assert words["vi"].strip() and words["en"].strip()
    for figure in (*file.figures.values(), *file.parameters.values()):
        assert figure.vi and figure.en and figure.unit


def test_parameter_names_do_not_meet():
    assert set(parameters_of(discover().values())) >= {"livelihood_household_share", "credit_take_up"}


def test_nobody_is_served_twice_within_the_years_of_the_rule():
    h, c = households(), communes()
    plan = plan_of("livelihood_models", 3_000)
    plan.money.append(type(plan.money[0])("central", "recurrent", 2025, 3_000_000_000))
    program = programme(plan)
    run_year(program, h, c)
    first = h.received[0].copy()
    run_year(program, h, c, 2025, signed=1)
    assert (h.outcome[0][first > 0] == Outcome.SUPPORTED_BEFORE).all() and (h.young_animals <= 1).all()


def test_queue_ranks_follow_standing_priority_and_need():
    h, c = households(), communes()
    plan = plan_of("livelihood_models", 60)
    program = programme(plan)
    program.open_year(Quarter(2024, 1), h, c)
    program.choose(SIGNED, h, c)
    rank = program.last_queue("livelihood_models")
    first_cell = np.flatnonzero((h.cell == 0) & (rank > 0))
    line = first_cell[np.argsort(rank[first_cell])]
    keys = [(2 - h.standing[i], h.female_head[i] == 0, h.lasting_income[i], h.origin[i]) for i in line]
    assert keys == sorted(keys) and list(rank[line]) == list(range(1, len(line) + 1))
