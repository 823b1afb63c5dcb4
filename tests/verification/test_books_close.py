"""Nothing is lost: households, people, loans and money close every year, for every mix of the Hoàng Kim plan."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest

from sim.agents import members as m
from sim.dynamics import family
from sim.engine import Begun, Simulation
from sim.kit.calendar import Quarter
from sim.measures.flows import FROM, TO
from sim.policies.lever import DONG
from sim.studies.results import Results
from sim.studies.run import run
from tests.verification import small

MIXES = ("plan", "plan_as_printed", "credit_only", "no_policy")
REPLICATIONS = 3


@pytest.fixture(scope="module")
def begun() -> Begun:
    """Hoàng Kim at its start."""
    return small.start(small.hoang_kim(), REPLICATIONS)


@pytest.fixture(scope="module")
def results() -> Results:
    """The same run with all mixes, as a study stores it."""
    return run(small.hoang_kim(), MIXES[:-1], replications=REPLICATIONS, seed=small.SEED, threads=1)


class Watch:
    """Follows a simulation quarter by quarter: who is there, what they owe, what was paid to them."""

    def __init__(self, begun: Begun, mix: str):
        self.simulation = Simulation(begun, mix)
        self.start_loans = int(self.simulation.households.loan.sum())
        self.stocks: list[dict[int, tuple[int, int]]] = []  # by year: identity -> (reviewed, loan)
        self.paid_to: Counter = Counter()  # dong by quarter and slot, from the households' and communes' own columns
        self.loans: list[tuple[int, int]] = []
        while not self.simulation.finished:
            self.quarter()

    def quarter(self) -> None:
        """One quarter, seen from both ends."""
        simulation, now = self.simulation, self.simulation.now
        owed: dict[int, np.ndarray] = {}
        arrive = simulation.programme.arrive

        def watched(*where):
            owed[0], owed[1] = simulation.households.owed.copy(), simulation.communes.owed.copy()
            return arrive(*where)

        simulation.programme.arrive = watched
        simulation.quarter()
        simulation.programme.arrive = arrive
        h = simulation.households
        for slot, lever in enumerate(simulation.levers):
            for number, table in enumerate((h, simulation.communes)):
                self.paid_to[now.number, lever.key] += DONG * int(owed[number][slot][table.received[slot] == now.number].sum())
        if now.quarter == 4:
            self.stocks.append(dict(zip(small.identity(h).tolist(), zip(h.reviewed.tolist(), h.loan.tolist(), strict=True), strict=True)))
            self.loans.append((now.year, DONG * int(h.loan.astype(np.int64).sum())))


@pytest.fixture(scope="module")
def watched(begun: Begun) -> dict[str, Watch]:
    """Every mix, followed."""
    return {mix: Watch(begun, mix) for mix in MIXES}


@pytest.mark.parametrize("mix", MIXES)
def test_households_close(watched: dict[str, Watch], results: Results, mix: str) -> None:
    """Households of a year = those of the year before + newly founded - dissolved - moved away; the table of flows says the same
    for every list, counted here anew from the identities of households."""
    stocks, table = watched[mix].stocks, results.flows[mix].sum(axis=(0, 2))
    for year, (before, after) in enumerate(itertools.pairwise(stocks), start=1):
        founded, gone = set(after) - set(before), set(before) - set(after)
        assert all(identity & 0xFFFF == 2024 + year for identity in founded)
        assert len(before) + len(founded) - len(gone) == len(after)
        assert table[year, FROM.index("new_household"), :].sum() == len(founded)
        lost = Counter(before[identity][0] for identity in gone)
        for standing, name in enumerate(("not_listed", "near_poor", "poor")):
            assert table[year, FROM.index(name), TO.index("gone")] == lost[standing]
            assert table[year, :, TO.index(name)].sum() == sum(found == standing for found, _ in after.values())
        assert len(founded) > 0
        assert len(gone) > 0


def test_people_close(begun: Begun) -> None:
    """1 January: people = people before + births - deaths. Who dies is the same whether or not children are born, so a child takes a
    free place and nobody else's; everybody else is a year older and otherwise the same person."""
    h = Simulation(begun, "no_policy").households
    h = h.take(h.others == 0)
    barren, before = h.copy(), h.members.copy()
    childless = begun.society.parameters.copy()
    childless["birth_rate"] = 0.0
    for table, parameters in ((h, begun.society.parameters), (barren, childless)):
        family.grow_older(table, parameters, Quarter(2025, 1).number, small.SEED, (0, len(table)), 80.0)
    was, alive = before & 1 == 1, barren.members & 1 == 1
    assert not (alive & ~was).any()
    assert (h.members[alive] == barren.members[alive]).all()
    assert (m.get(h.members, "age")[alive] == np.minimum(m.get(before, "age")[alive] + 1, 110)).all()
    assert (m.get(h.members, "female")[alive] == m.get(before, "female")[alive]).all()
    newborn = (h.members & 1 == 1) & ~alive
    assert (m.get(h.members, "age")[newborn] == 0).all()
    births = newborn.sum(axis=0) + h.others.astype(np.int64) - barren.others
    assert set(np.unique(births)) == {0, 1}
    assert births.sum() > 20
    assert (was & ~alive).sum() > 20
    assert (h.members & 1).sum() == was.sum() + newborn.sum() - (was & ~alive).sum()


def test_a_place_that_falls_free_is_taken_by_one_beyond_the_eighth(begun: Begun) -> None:
    """One a year, a child: the household counts as many as before. Where nobody else is left, nobody comes."""
    h = Simulation(begun, "no_policy").households
    h = h.take(np.flatnonzero(h.members[0] & h.members[2] & 1 == 1)[:200])
    h.members[1], h.others[...] = 0, 2
    h.members[:, 0] = 0
    still = begun.society.parameters.copy()
    for name in ("birth_rate", "death_at_20", "infant_death"):
        still[name] = 0.0
    family.grow_older(h, still, Quarter(2025, 1).number, small.SEED, (0, len(h)), 80.0)
    come = h.members[1, 1:]
    assert (h.others[1:] == 1).all() and (come & 1 == 1).all()
    assert (m.get(come, "age") < 16).all() and (m.get(come, "work") == 0).all() and (m.get(come, "head") == 0).all()
    assert len(np.unique(m.get(come, "age"))) == 16
    assert h.others[0] == 2 and not h.members[:, 0].any()


@pytest.mark.parametrize("mix", ["plan", "plan_as_printed", "credit_only"])
def test_loans_close(watched: dict[str, Watch], mix: str) -> None:
    """Every year: lent so far = repaid + written off + what the households' own columns say is outstanding, to the dong."""
    watch = watched[mix]
    ledger = watch.simulation.programme.ledger
    assert not watch.start_loans
    lent = repaid = written = 0
    for year, outstanding in watch.loans:
        lent += ledger.total("paid", year=year, lever="preferential_credit")
        repaid += ledger.total("repaid", year=year)
        written += ledger.total("written_off", year=year)
        assert lent == repaid + written + outstanding
    assert lent > 0
    assert repaid > 0


@pytest.mark.parametrize("mix", ["plan", "plan_as_printed", "credit_only"])
def test_money_closes(watched: dict[str, Watch], mix: str) -> None:
    """For every source, kind, lever, commune and year: appropriated + carried in = paid + carried out + returned; what is carried out
    is carried in a year later; what was appropriated is what the plan says; what was paid is what households were owed."""
    simulation = watched[mix].simulation
    rows = simulation.programme.ledger.rows()
    kept: dict[tuple, Counter] = {}
    for row in rows:
        account = tuple(row[name].item() for name in ("replication", "place", "source", "kind", "lever"))
        kept.setdefault(account, Counter())[int(row["year"]), str(row["entry"])] += int(row["dong"])
    years = range(2024, 2028)
    for account, books in kept.items():
        for year in years:
            came = books[year, "appropriated"] + books[year, "carried_in"]
            assert came == books[year, "paid"] + books[year, "carried_out"] + books[year, "returned"], account
            assert books[year, "carried_out"] == books[year + 1, "carried_in"], account
        promised = sum(books[year, "contracted"] - books[year, "paid"] - books[year, "released"] for year in years)
        assert promised == 0, account
    planned = sum(envelope.amount_dong for envelope in simulation.scenario.money if envelope.open_to(mix))
    assert simulation.programme.ledger.total("appropriated") == REPLICATIONS * planned
    for (quarter, lever), dong in watched[mix].paid_to.items():
        now = Quarter.from_number(quarter)
        then = (rows["year"] == now.year) & (rows["quarter"] == now.quarter)
        assert rows["dong"][then & (rows["lever"] == lever) & (rows["entry"] == "paid")].sum() == dong


def test_money_promised_to_who_leaves_is_free_again() -> None:
    """A fifth of households moves away every year, many with a contract or a loan: money and loans close all the same."""
    begun = small.start(small.plan_of_levers(millions=900.0, parameters={"move_rate": 0.2}))
    watch = Watch(begun, "plan")
    ledger = watch.simulation.programme.ledger
    assert ledger.total("released") > 0
    assert ledger.total("written_off") > 0
    assert ledger.total("contracted") == ledger.total("paid") + ledger.total("released")
    assert ledger.total("appropriated") == ledger.total("paid") + ledger.total("returned")
    lent = ledger.total("paid", lever="preferential_credit")
    assert lent == ledger.total("repaid") + ledger.total("written_off") + watch.loans[-1][1]


def test_a_run_as_stored_holds_the_same_money(watched: dict[str, Watch], results: Results) -> None:
    """The stored ledger of each mix has the totals of the simulation's own."""
    for mix in MIXES:
        for entry in ("appropriated", "paid", "returned", "repaid"):
            assert results.ledger[mix].total(entry) == watched[mix].simulation.programme.ledger.total(entry)
