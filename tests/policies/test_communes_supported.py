"""The three commune levers: each one's money moves its own state, by how much, and what stops it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.codebook import Area
from sim.dynamics.upkeep import turn_support
from sim.kit.calendar import Quarter
from sim.policies.discovery import discover
from sim.policies.lever import Outcome
from sim.population.frame import as_rates
from tests.policies.small import certain, changed, communes, households, plan_of, programme, run_year, state

MOVES = {
    "infrastructure": {"works_to_come", "works_jobs"},
    "communication": {"awareness"},
    "staff_capacity": {"staff_capacity"},
}
KIND = {"infrastructure": "investment"}
DEALINGS = {"due", "owed", "received", "outcome"}
SURE = {
    "works_fail": 0.0, "works_full_gain": 0.04, "works_scale": 6000.0, "works_lag": 2.0, "works_given_by_people": 0.2,
    "awareness_gain": 0.2, "campaign_scale": 40.0, "staff_training_gain": 0.1, "training_scale": 30.0,
}  # fmt: skip


def difficult(count=60):
    """So many households in two especially difficult communes, twice."""
    c = communes()
    c.area[...] = Area.ESPECIALLY_DIFFICULT
    return households(count), c


def spend(lever, millions, h, c, parameters=None, **options):
    """A year of one lever's money; the programme."""
    plan = plan_of(lever, millions, kind=KIND.get(lever, "recurrent"), **options)
    program = programme(plan, overrides=certain(**SURE | (parameters or {})))
    run_year(program, h, c)
    return program


@pytest.mark.parametrize("lever", MOVES)
def test_its_money_alone_moves_its_state_and_nothing_else(lever):
    h, c = difficult(600)
    people, before = state(h), state(c)
    spend(lever, 3_000, h, c)
    assert changed(people, h) == set()
    assert changed(before, c) - DEALINGS == MOVES[lever]


@pytest.mark.parametrize("lever", MOVES)
@pytest.mark.parametrize("stopped", ["no capacity", "no money"])
def test_without_capacity_or_money_only_the_outcome_is_told(lever, stopped):
    h, c = difficult(600)
    before = state(c, but=("outcome",))
    program = spend(lever, 0 if stopped == "no money" else 3_000, h, c, **({"most": 0} if stopped == "no capacity" else {}))
    assert changed(before, c) == set()
    assert not (c.outcome == Outcome.SERVED).any() and program.ledger.total("paid") == 0


@pytest.mark.parametrize("lever", ["infrastructure", "communication"])
def test_without_staff_no_works_and_no_meetings(lever):
    h, c = difficult(600)
    c.staff_capacity[...] = 0
    before = state(c, but=("outcome",))
    spend(lever, 3_000, h, c)
    assert changed(before, c) == set()


def test_works_for_ordinary_communes_only_if_the_plan_says_so():
    h, c = difficult()
    c.area[...] = [Area.ORDINARY, Area.POOR_DISTRICT] * 2
    spend("infrastructure", 3_000, h, c)
    assert (c.works_to_come.sum(axis=0) > 0).tolist() == [False, True, False, True]
    name = discover()["infrastructure"].name_outcome(c.outcome[:, 0].max(), "en")
    assert name == "poor district or especially difficult commune"
    h, c = difficult()
    c.area[...] = Area.ORDINARY
    spend("infrastructure", 3_000, h, c, ordinary_areas=True)
    assert (c.works_to_come.sum(axis=0) > 0).all()


def test_three_hundred_million_a_commune_by_hand():
    """Ten million a household and a fifth more in labour, over six million: 1 - exp(-2) of a gain of 4 % and a half, in two years'
    time; jobs: 15 % of 360 million over 65 days at 250,000 dong, for half a year each."""
    h, c = difficult()
    program = spend("infrastructure", 600, h, c)
    assert (c.owed == 0).all()
    assert c.works_to_come[7] == pytest.approx([0.06 * (1 - np.exp(-2.0))] * 4, rel=1e-5)
    assert not np.delete(c.works_to_come, 7, axis=0).any()
    assert c.works_jobs.tolist() == [round(360_000 * 0.15 / (250 * 65 * 2) * 1000)] * 4
    assert program.ledger.total("paid") == 2 * 600_000_000
    assert program.ledger.total("given_in_kind", source="people") == 2 * 120_000_000


def test_a_second_work_brings_less_and_all_of_them_no_more_than_the_most():
    h, c = difficult()
    gains = []
    for year in range(2024, 2030):
        plan = plan_of("infrastructure", 600, kind="investment")
        plan.money[0] = type(plan.money[0])("central", "investment", year, 600_000_000)
        run_year(programme(plan, overrides=certain(**SURE)), h, c, year)
        gains.append(float(c.works_to_come[:, 0].sum()))
    steps = np.diff([0.0, *gains])
    assert (steps > 0).all() and (np.diff(steps) < 0).all() and gains[-1] < 0.06


def test_a_failed_work_gives_jobs_and_no_gain():
    h, c = difficult()
    spend("infrastructure", 600, h, c, {"works_fail": 1.0})
    assert not c.works_to_come.any() and (c.works_jobs > 0).all()


def test_no_local_hire_no_labour_given():
    h, c = difficult()
    program = spend("infrastructure", 600, h, c, local_hire=False, people_contribute=False)
    assert not c.works_jobs.any() and program.ledger.total("given_in_kind") == 0
    assert c.works_to_come[7] == pytest.approx([0.06 * (1 - np.exp(-10 / 6))] * 4, rel=1e-5)


def test_upkeep_is_kept_back_and_opens_the_lever_to_recurrent_money():
    lever = discover()["infrastructure"]
    assert not lever.pays_with("recurrent", "central", 2024, {}) and lever.pays_with("recurrent", "central", 2024, {"maintenance": True})
    assert lever.pays_with("investment", "district", 2024, {}) and not lever.pays_with("credit", "bank", 2024, {"maintenance": True})
    h, c = difficult()
    spend("infrastructure", 600, h, c, maintenance=True, people_contribute=False)
    assert (c.works_upkeep == 4).all()
    assert c.works_to_come[7] == pytest.approx([0.06 * (1 - np.exp(-10 * 0.937 / 6))] * 4, rel=1e-5)


def test_too_little_for_a_work_goes_back():
    h, c = difficult()
    program = spend("infrastructure", 390, h, c)
    assert not c.works_to_come.any() and program.ledger.total("returned") == 2 * 390_000_000


def test_campaigns_and_courses_by_hand():
    """Twelve million dong a commune of 300 households are 40,000 each; eighteen are 60,000."""
    h, c = difficult()
    spend("communication", 10, h, c)  # a full campaign for thirty households is three million, and a round of meetings costs five
    assert (c.awareness == 1).all()
    h, c = households(600), communes()
    c.staff_capacity[...] = c.usual_staff_capacity[...] = 0.8
    spend("communication", 24, h, c)
    assert c.awareness == pytest.approx([1 + 0.2 * (1 - np.exp(-1.0))] * 4, rel=1e-6)
    spend("staff_capacity", 36, h, c)
    assert c.staff_capacity == pytest.approx([0.8 + 0.08 * (1 - np.exp(-2.0))] * 4, rel=1e-6)


def test_more_campaigns_cannot_pass_the_most_that_telling_does():
    h, c = households(600), communes()
    for _ in range(8):
        spend("communication", 60, h, c)
    assert (c.awareness <= np.float32(1.2)).all() and (c.awareness > 1.19).all()


def test_a_sample_hires_its_part_of_the_hands():
    """Each agent stands for ten households: ten times the money for the same gain, and the same jobs for each agent."""
    h, c = difficult()
    whole = spend("infrastructure", 600, h, c)
    jobs, gain = c.works_jobs.copy(), c.works_to_come.copy()
    h, c = difficult()
    plan = plan_of("infrastructure", 6_000, kind="investment")
    program = type(whole)(plan, "plan", whole.levers, whole.books.moment.parameters, 7, ["place 0", "place 1"], 10)
    run_year(program, h, c)
    assert np.array_equal(c.works_jobs, jobs) and c.works_to_come == pytest.approx(gain)


def test_told_and_taught_fade_and_works_come_into_use():
    h, c = households(600), communes()
    c.area[...] = Area.POOR_DISTRICT
    for lever, millions in (("communication", 60), ("staff_capacity", 60), ("infrastructure", 6_000)):
        program = spend(lever, millions, h, c)
    aware, staff = c.awareness.copy(), c.staff_capacity.copy()
    p = as_rates(program.books.moment.parameters)[c.replication]
    for _ in range(8):
        turn_support(c, p)
    assert (c.awareness < aware).all() and (c.staff_capacity < staff).all()
    assert (c.productivity > 1.01).all() and not c.works_to_come.any()


@pytest.mark.parametrize("lever", MOVES)
def test_it_is_for_communes_and_named_in_both_languages(lever):
    one = discover()[lever]
    assert one.level == "commune" and not one.file.priority and not one.file.take_up
    assert one.name_outcome(Outcome.SERVED, "vi") and set(one.file.what_it_does) == {"vi", "en"}


def test_works_wait_for_the_year_after_where_money_is_late():
    """As delivered, part of the communes are served in the year after or never; none before the contract's quarter."""
    h, c = households(2400, 2, 40), communes(2, 40)
    c.area[...] = Area.POOR_DISTRICT
    plan = plan_of("infrastructure", 40_000, kind="investment", delivery="as_delivered")
    program = programme(plan, places=40, overrides=certain(**SURE))
    run_year(program, h, c)
    first = (c.works_to_come > 0).any(axis=0)
    assert 0.2 < first.mean() < 0.9
    assert (c.received[c.received > 0] >= Quarter(2024, 3).number).all()
