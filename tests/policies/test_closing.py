"""Random plans: every year's books close to the dong, whatever the sources, rules, weights and levers."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kit.calendar import Quarter
from sim.law.parameters import draw
from sim.policies.closing import faults
from sim.policies.discovery import discover, parameters_of
from sim.policies.programme import Programme
from sim.scenario.plan_money import Allocation, Envelope, Matching, Mix, Revolving
from tests.policies.small import MILLION, SEED, Plan, communes, households, levers_here

SOURCES = ("central", "provincial", "bank", "fund_for_the_poor")
GRANTS = ("livelihood_models", "production_support", "vocational_training", "housing", "infrastructure", "staff_capacity")

matches = st.one_of(st.none(), st.builds(Matching, st.sampled_from(SOURCES), st.sampled_from([0.1, 0.15, 1.0])))
envelopes = st.lists(
    st.builds(
        Envelope,
        source=st.sampled_from(SOURCES),
        kind=st.sampled_from(["recurrent", "investment", "credit"]),
        year=st.sampled_from([2021, 2022, 2023]),
        amount_dong=st.integers(0, 20_000 * MILLION),
        place=st.sampled_from([None, "place 1"]),
        matches=matches,
        only_with=matches,
        goes_over=st.sampled_from([None, True, False]),
    ),
    min_size=1,
    max_size=6,
)
terms = st.one_of(st.none(), st.builds(Revolving, st.sampled_from([0.0, 0.37, 1.0]), st.integers(0, 6), st.integers(1, 5)))
allocations = st.builds(
    Allocation,
    share=st.sampled_from([0.15, 0.07]),
    ceiling=st.sampled_from([None, 5_000, 500]),
    revolving=terms,
)


def live_on_a_little(h, c, year):
    """What a quarter outside the programme does to its columns: some savings, repayments of loans, a course of seeds."""
    luck = np.random.default_rng(year)
    h.savings[...] = np.maximum(h.savings + luck.integers(-4_000, 6_000, len(h)), 0)
    h.repaid[...] = np.minimum(h.loan, luck.integers(0, 3_000, len(h)))
    h.loan[...] -= h.repaid


@settings(max_examples=60, deadline=None)
@given(
    money=envelopes,
    levers=st.dictionaries(st.sampled_from(GRANTS), allocations, max_size=4),
    weight=st.sampled_from([1, 3, 20]),
    delivery=st.sampled_from(["as_planned", "as_delivered"]),
    leave=st.integers(0, 60),
)
def test_every_years_books_close(money, levers, weight, delivery, leave):
    h, c = households(), communes()
    h.loan[::7] = 9_000
    plan = Plan(money, {"plan": Mix("plan", {**levers, "preferential_credit": Allocation(share=0.3)})}, delivery)
    parameters = draw(parameters_of(discover().values()), SEED, 2, {})
    program = Programme(plan, "plan", levers_here(), parameters, SEED, ["place 0", "place 1"], weight)
    appropriated = sum(envelope.amount_dong for envelope in money)
    for year in (2021, 2022, 2023, 2024, 2025):
        program.open_year(Quarter(year, 1), h, c)
        for quarter in (1, 2, 3, 4):
            now = Quarter(year, quarter)
            if quarter == 1:
                (program.choose if year < 2024 else program.lend_again)(now, h, c)
            live_on_a_little(h, c, now.number)
            program.bank_flows(now, h, c)
            program.arrive(now, h, c)
            if year == 2023 and quarter == 2:
                leaving = np.arange(len(h)) < leave
                program.release(h, leaving, now)
                h.loan[leaving] = 0
        program.close_year(Quarter(year, 4), h, c)
        assert list(faults(program, h, c, year)) == []
    ledger = program.ledger
    assert ledger.total("appropriated") == 2 * appropriated
    recovered = ledger.total("repaid", source="revolving_fund")
    left = ledger.total("carried_out", year=2025)
    assert 2 * appropriated + recovered == ledger.total("paid") + ledger.total("returned") + left
    assert left == ledger.total("carried_out", year=2025, source="revolving_fund")
    assert (np.array([row["dong"] for row in ledger.rows()]) >= 0).all()
    assert all(row["dong"] % weight == 0 for row in ledger.rows() if row["entry"] in ("contributed", "lent", "interest"))


@settings(max_examples=30, deadline=None)
@given(weight=st.integers(1, 50), millions=st.integers(0, 2_000))
def test_an_agent_for_many_costs_as_many_do(weight, millions):
    """With as many times the money, one agent for many is served as one household for itself, and the ledger says it so often."""
    found = []
    for times in (1, weight):
        h, c = households(replications=1, places=1), communes(1, 1)
        money = [Envelope("central", "recurrent", 2024, millions * MILLION * times)]
        cows = Allocation(share=1.0, options={"places": 40 * times})
        plan = Plan(money, {"plan": Mix("plan", {"livelihood_models": cows})}, "as_planned")
        parameters = draw(parameters_of(discover().values()), SEED, 1, {})
        program = Programme(plan, "plan", levers_here(), parameters, SEED, ["place 0"], times)
        for quarter in (1, 2, 3, 4):
            if quarter == 1:
                program.open_year(Quarter(2024, 1), h, c)
                program.choose(Quarter(2024, 1), h, c)
            program.arrive(Quarter(2024, quarter), h, c)
        program.close_year(Quarter(2024, 4), h, c)
        assert not list(faults(program, h, c, 2024))
        found.append((h.young_animals.tolist(), program.ledger.total("paid") // times, program.ledger.total("contributed") // times))
    assert found[0] == found[1]
