"""Revolving support: part of it comes back out of households' cash and goes out again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.kit.calendar import Quarter
from sim.policies.closing import faults
from sim.policies.lever import Outcome
from sim.scenario.plan_money import Allocation, Envelope, Mix, Revolving
from tests.policies.small import MILLION, Plan, certain, communes, households, programme

TERMS = Revolving(share=0.5, after_quarters=8, instalments=4)


def plan_with(terms: Revolving, millions: int = 240) -> Plan:
    allocation = Allocation(share=1.0, options={"coaching": False}, revolving=terms)
    return Plan([Envelope("central", "recurrent", 2024, millions * MILLION)], {"plan": Mix("plan", {"livelihood_models": allocation})})


def live(program, h, c, years, first=2024, chooses=True) -> None:
    """Years of the programme alone, chosen in the first quarter of each."""
    for year in range(first, first + years):
        program.open_year(Quarter(year, 1), h, c)
        for quarter in (1, 2, 3, 4):
            now = Quarter(year, quarter)
            if quarter == 1 and year == 2024:
                program.choose(now, h, c)
            elif quarter == 1 and chooses:
                program.lend_again(now, h, c)
            program.bank_flows(now, h, c)
            program.arrive(now, h, c)
        program.close_year(Quarter(year, 4), h, c)
        assert not list(faults(program, h, c, year))


def start(terms: Revolving = TERMS, **overrides):
    h, c = households(replications=1, places=1), communes(1, 1)
    sure = certain(**{"revolving_unwilling": 0.0, **overrides})
    return h, c, programme(plan_with(terms), replications=1, places=1, overrides=sure)


def test_half_of_the_support_comes_back_in_four_instalments_after_two_years():
    """Ten cows at 24 million; each household owes twelve and pays three a quarter from the ninth quarter on."""
    h, c, program = start()
    live(program, h, c, 1)
    got = h.received[0] > 0
    assert got.sum() == 10 and (h.revolving_debt[0, got] == 12_000).all()
    savings = h.savings.copy()
    live(program, h, c, 1, 2025, chooses=False)
    assert (h.savings == savings).all()
    live(program, h, c, 2, 2026, chooses=False)
    ledger = program.ledger
    assert not h.revolving_debt.any() and (savings - h.savings)[got].tolist() == [12_000] * 10
    assert ledger.total("lent") == ledger.total("repaid") == 120 * MILLION
    assert ledger.total("carried_out", source="revolving_fund", year=2027) == 120 * MILLION  # the fund stays with its commune


def test_what_came_back_goes_out_again():
    h, c, program = start()
    live(program, h, c, 6)
    again = program.ledger.total("paid", source="revolving_fund")
    assert again >= 96 * MILLION and (h.received[0] > 0).sum() >= 14  # five more cows of 24 million out of 120, at most
    assert program.ledger.total("paid", source="central") == 240 * MILLION


def test_who_cannot_pay_pays_later_or_never():
    h, c, program = start()
    live(program, h, c, 2)
    debtors = np.flatnonzero(h.revolving_debt[0])
    h.savings[debtors[:3]] = 1_000
    live(program, h, c, 2, 2026, chooses=False)
    assert h.revolving_debt[0, debtors].tolist() == [11_000] * 3 + [0] * 7
    h.savings[debtors[0]] = 50_000
    live(program, h, c, 1, 2028, chooses=False)
    assert h.revolving_debt[0, debtors[:3]].tolist() == [0, 11_000, 11_000]
    live(program, h, c, 2, 2029, chooses=False)
    assert not h.revolving_debt.any() and program.ledger.total("written_off", source="revolving_fund") == 22 * MILLION


def test_the_unwilling_never_pay_and_get_no_second_cow_while_they_owe():
    h, c, program = start(revolving_unwilling=1.0)
    live(program, h, c, 4)
    owing = h.revolving_debt[0] > 0
    assert owing.sum() == 10 and program.ledger.total("repaid") == 0
    program.books.begin(Quarter(2028, 1), c)
    program.desks[0].choose(h, c)
    assert (h.outcome[0][owing] == Outcome.SUPPORTED_BEFORE).all()


def test_a_household_that_leaves_takes_its_debt_out_of_the_books():
    h, c, program = start()
    live(program, h, c, 1)
    leaving = h.revolving_debt[0] > 0
    program.release(h, leaving, Quarter(2025, 1))
    assert program.ledger.total("written_off", source="revolving_fund") == 120 * MILLION and not h.revolving_debt.any()


@pytest.mark.parametrize("share", [0.0, 0.333, 1.0])
def test_any_share_keeps_the_books(share):
    h, c, program = start(replace(TERMS, share=share))
    live(program, h, c, 5)
    lent, repaid = program.ledger.total("lent"), program.ledger.total("repaid")
    assert lent == repaid + program.ledger.total("written_off", source="revolving_fund") + h.revolving_debt.sum() * 1_000
    assert (lent > 0) == (share > 0)
