"""Money for communes: a made-up lever that trains a commune's officers, through the whole machinery."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.law.parameters import draw
from sim.measures.dealings import BENEFICIARY, FAMILIES
from sim.policies.commune_delivery import carry_out
from sim.policies.commune_lever import CommuneLever
from sim.policies.discovery import discover, parameters_of
from sim.policies.effects import AddToCommune, SetCommuneAtLeast
from sim.policies.lever import Outcome
from sim.policies.programme import Programme
from sim.scenario.shape import Allocation, Envelope, Mix
from sim.studies import dealings
from tests.policies.small import MILLION, SEED, Plan, certain, communes, households

FIRST_SLOT = 0


class Officers(CommuneLever):
    """A course for every ten households costs a million; people lend the hall, worth a tenth."""

    def conditions(self, c):
        yield "an ordinary place", c.area == 0

    def wanted(self, c):
        return c.households // 10 * 1000

    def least(self, c):
        return np.full(len(c), 2000, dtype=np.int64)

    def contribution(self, c, public):
        return public // 10

    def effects(self, c, served):
        yield AddToCommune("staff_capacity", c[served].support / 10_000)


def officers(**changes) -> Officers:
    file = discover()["health_insurance"].file
    words = ({"en": "an ordinary place", "vi": "địa bàn thường"},)
    return Officers(replace(file, key="officers", conditions=words, options={}, no_repeat_years=2, first_quarter_after=0, **changes))


def programme(*envelopes: Envelope, delivery: str = "as_planned", weight: int = 1) -> Programme:
    levers = {"officers": officers()}
    plan = Plan(list(envelopes), {"plan": Mix("plan", {"officers": Allocation(share=1.0)})}, delivery)
    parameters = draw(parameters_of(discover().values()), SEED, 2, certain())
    return Programme(plan, "plan", levers, parameters, SEED, ["place 0", "place 1"], weight)


def year(program: Programme, h: Table, c: Table, number: int = 2024, signed: int = 1) -> None:
    program.open_year(Quarter(number, 1), h, c)
    for quarter in (1, 2, 3, 4):
        if quarter == signed:
            program.choose(Quarter(number, quarter), h, c)
        program.arrive(Quarter(number, quarter), h, c)
    program.close_year(Quarter(number, 4), h, c)


def money(millions: float, place: str | None = None, when: int = 2024, kind: str = "recurrent") -> Envelope:
    return Envelope("central", kind, when, int(millions * MILLION), place)


def test_a_commune_takes_what_it_can_use_and_no_more():
    """Thirty households in each of two places: three million each, of ten that there are."""
    h, c = households(), communes()
    program = programme(money(10))
    year(program, h, c)
    assert c.staff_capacity.tolist() == pytest.approx([1.3] * 4) and (c.outcome[FIRST_SLOT] == Outcome.SERVED).all()
    ledger = program.ledger
    assert ledger.total("paid") == 2 * 6 * MILLION and ledger.total("returned") == 2 * 4 * MILLION
    assert ledger.total("given_in_kind", source="people") == 2 * 600_000
    assert not c.owed.any() and not c.due.any() and not h.received.any()


def test_each_place_has_its_own_money():
    h, c = households(), communes()
    year(programme(money(10, "place 1")), h, c)
    assert c.staff_capacity.tolist() == pytest.approx([1.0, 1.3, 1.0, 1.3])
    assert c.outcome[FIRST_SLOT].tolist() == [Outcome.NO_MONEY, Outcome.SERVED] * 2


def test_less_than_the_least_does_nothing_and_goes_back():
    h, c = households(), communes()
    program = programme(money(1.9, "place 0"))
    year(program, h, c)
    assert (c.staff_capacity == 1).all() and program.ledger.total("returned") == 2 * int(1.9 * MILLION)


def test_reasons_why_a_commune_gets_nothing():
    h, c = households(), communes()
    c.area[...] = [1, 0, 0, 0]
    c.received[FIRST_SLOT] = [0, Quarter(2023, 2).number, 0, 0]
    program = programme(money(20))
    program.open_year(Quarter(2024, 1), h, c)
    program.choose(Quarter(2024, 1), h, c)
    assert c.outcome[FIRST_SLOT].tolist() == [Outcome.CONDITION, Outcome.SUPPORTED_BEFORE, Outcome.SERVED, Outcome.SERVED]
    program.choose(Quarter(2024, 2), h, c)
    assert c.outcome[FIRST_SLOT].tolist()[2:] == [Outcome.UNDER_CONTRACT] * 2


def test_late_and_lapsed_works_keep_the_books():
    """As delivered some of forty communes are late and some never finish; every dong is paid or goes back."""
    h, c = households(2400, 2, 40), communes(2, 40)
    envelopes = [money(400, kind="investment"), money(5, "place 3", 2025)]
    levers = {"officers": officers(kinds=("investment", "recurrent"))}
    plan = Plan(envelopes, {"plan": Mix("plan", {"officers": Allocation(share=1.0)})}, "as_delivered")
    parameters = draw(parameters_of(discover().values()), SEED, 2, certain())
    program = Programme(plan, "plan", levers, parameters, SEED, [f"place {n}" for n in range(40)])
    for number, signed in ((2024, 2), (2025, 1), (2026, 0)):
        year(program, h, c, number, signed)
        assert c.owed.sum() * 1000 == program.purse.promised.sum()
    late = (c.received[FIRST_SLOT] >= Quarter(2025, 1).number).sum()
    lapsed = (c.outcome[FIRST_SLOT] == Outcome.LAPSED).sum()
    assert late > 0 and lapsed > 0 and not c.owed.any()
    ledger = program.ledger
    assert ledger.total("appropriated") == ledger.total("paid") + ledger.total("returned")
    assert ledger.total("carried_in") == ledger.total("carried_out") > 0


def test_a_sample_of_households_counts_for_all():
    """Sixty agents that stand for ten households each want ten times the money, and it does the same."""
    h, c = households(), communes()
    program = programme(money(100), weight=10)
    year(program, h, c)
    assert c.staff_capacity.tolist() == pytest.approx([4.0] * 4)  # 30 million each: a tenth point a million
    assert program.ledger.total("paid") == 2 * 60 * MILLION


def test_a_lever_moves_only_what_is_movable():
    c = communes()
    carry_out(c, np.array([1]), SetCommuneAtLeast("staff_capacity", 1.5))
    assert c.staff_capacity.tolist() == [1, 1.5, 1, 1]
    carry_out(c, np.array([0, 1]), AddToCommune("staff_capacity", -9, where=np.array([True, False])))
    assert c.staff_capacity.tolist() == [0, 1.5, 1, 1]
    carry_out(c, np.array([2]), AddToCommune("works_to_come", np.arange(len(c.works_to_come))[:, None]))
    assert c.works_to_come[:, 2].tolist() == list(range(len(c.works_to_come))) and not c.works_to_come[:, [0, 1, 3]].any()
    with pytest.raises(ValueError, match="may not write"):
        carry_out(c, np.array([0]), AddToCommune("productivity", 1))


def test_households_of_a_reached_commune_are_its_beneficiaries():
    h, c = households(), communes()
    program = programme(money(10, "place 1"))
    year(program, h, c)

    class Run:
        households, communes, levers = h, c, program.levers

    now, later = (dealings.dealings(Run, year)["officers"] for year in (2024, 2025))
    assert np.array_equal(now & BENEFICIARY > 0, h.cell % 2 == 1)
    assert np.array_equal(now >> FAMILIES.index("no_money") & 1 == 1, h.cell % 2 == 0)
    assert not (later & BENEFICIARY).any()
