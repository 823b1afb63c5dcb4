"""A replication in pieces gives the very bytes of the whole, however it is cut and whoever does the pieces."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.policies.discovery import discover
from sim.scenario.resolved import resolve
from sim.scenario.shape import Allocation, Envelope, Mix, Scenario
from sim.studies import framing, pieces
from sim.studies.results import Results
from sim.studies.run import run, simulation_class
from sim.studies.run_into import run_into
from sim.studies.starts import Starts
from sim.studies.store import SAME_FILES
from tests.verification import small

SIZES = ((310, 60, 40), (150, 10, 20), (420, 90, 30), (90, 5, 5), (260, 12, 9), (200, 44, 40))
YEARS = (2024, 2025)


@cache
def plan(settled: bool = True) -> Scenario:
    """Six places in two districts and one outside, some of them of several communes, and all levers with money of four kinds."""
    named = [small.place(f"P{number}", *size) for number, size in enumerate(SIZES)]
    districts = ("A", "A", "B", "B", "B", None)
    places = tuple(
        replace(place, district=district, communes=1 + number % 3, poor_district=number == 2, income_of="")
        for number, (place, district) in enumerate(zip(named, districts, strict=True))
    )
    kinds = {"investment": "central", "recurrent": "central", "credit": "bank"}
    money = [Envelope(source, kind, year, 400_000_000, settled=settled) for year in YEARS for kind, source in kinds.items()]
    money += [Envelope("provincial", "recurrent", year, 90_000_001, divide={"poor": 0.6, "equal": 0.4}, settled=settled) for year in YEARS]
    money += [Envelope("district", "recurrent", year, 30_000_000, place="P2") for year in YEARS]
    shares = {key: Allocation(share=0.95 if key == "preferential_credit" else 0.05) for key in discover()}
    mixes = {"plan": Mix("plan", shares), "credit_only": Mix("credit_only", {"preferential_credit": Allocation(share=1.0)})}
    made = small.plan(places, money=money, last_year=2025, follow_years=1)
    made = replace(made, mixes={**mixes, **made.mixes})
    return replace(made, resolved=resolve(made))


def go(scenario: Scenario, replications: int = 2, **options: object) -> Results:
    return run(scenario, replications=replications, **{"threads": 1, **options})  # type: ignore[arg-type]


def same(one: Results, other: Results) -> bool:
    """Every figure, flow and dong, to the last bit."""
    for mix in one.frame.mixes:
        cubes = one.measures[mix], other.measures[mix]
        assert cubes[0].measures == cubes[1].measures and cubes[0].groups == cubes[1].groups
        differing = {
            name for at, name in enumerate(cubes[0].measures) if cubes[0].values[..., at].tobytes() != cubes[1].values[..., at].tobytes()
        }
        assert not differing
        assert one.flows[mix].tobytes() == other.flows[mix].tobytes()
        for name, column in one.ledger[mix].columns.items():
            assert column.tolist() == other.ledger[mix].columns[name].tolist()
    return True


@pytest.fixture(scope="module")
def whole() -> Results:
    """All places at once."""
    return go(plan())


@pytest.mark.parametrize(("rows", "threads"), [(1, 1), (400, 2), (800, 1)])
def test_pieces_of_any_size_by_any_threads_give_the_same_bytes(
    whole: Results, rows: int, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "ROWS_OF_A_PIECE", rows)
    assert len(pieces.cut(plan())) == {1: 6, 400: 5, 800: 3}[rows]
    assert same(whole, go(plan(), threads=threads))
    assert same(whole, go(plan(), threads=threads, processes=True))


def test_they_do_so_where_incomes_are_looked_at_by_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = go(plan(), 1).measures["plan"]
    monkeypatch.setattr(framing, "IN_CLASSES", 100)
    whole = go(plan(), 1)
    monkeypatch.setattr(pieces, "ROWS_OF_A_PIECE", 400)
    assert same(whole, go(plan(), 1))
    for at, name in enumerate(exact.measures):
        coarse = whole.measures["plan"].values[..., at]
        np.testing.assert_allclose(coarse, exact.values[..., at], rtol=0, atol=1e-3 if name == "gini" else 0)  # a group of five here


def test_a_sample_may_be_cut_too(monkeypatch: pytest.MonkeyPatch) -> None:
    larger = replace(plan(), places=tuple(replace(place, households=9 * place.households) for place in plan().places), one_for=9)
    whole = go(larger, 1)
    monkeypatch.setattr(pieces, "ROWS_OF_A_PIECE", 300)
    assert len(pieces.cut(larger)) > 3
    assert same(whole, go(larger, 1))


def test_money_that_couples_places_keeps_them_together() -> None:
    coupled = plan(settled=False)
    assert pieces.cut(coupled, 1) == (range(6),)
    of_districts = replace(coupled, money=tuple(replace(one, place="B") for one in coupled.money))
    assert pieces.cut(of_districts, 1) == (range(1), range(1, 2), range(2, 5), range(5, 6))
    poor = replace(coupled, money=tuple(replace(one, place="poor_districts") for one in coupled.money))
    assert len(pieces.cut(poor, 1)) == 6
    assert pieces.cut(replace(plan(), roster=object()), 1) == (range(6),)


def test_an_engine_that_keeps_starts_works_on_whole_replications(whole: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "ROWS_OF_A_PIECE", 400)
    assert same(whole, go(plan(), engine=Starts(simulation_class())))


def test_a_stopped_run_goes_on_from_its_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "ROWS_OF_A_PIECE", 400)
    unbroken = run_into(plan(), tmp_path / "unbroken", threads=1, replications=1)
    steps = []

    def stop(done: int, total: int) -> None:
        steps.append(total)
        if done == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_into(plan(), tmp_path / "out", threads=1, replications=1, progress=stop)
    kept = sorted(path.name for path in (tmp_path / "out").rglob("*.block"))
    assert kept == ["0-1.0-1.block", "0-1.1-2.block"] and set(steps) == {15}
    resumed = run_into(plan(), tmp_path / "out", resume=True, threads=1, replications=1)
    assert resumed.manifest["resumed"] == 1
    assert unbroken.folder is not None and resumed.folder is not None
    assert all((unbroken.folder / name).read_bytes() == (resumed.folder / name).read_bytes() for name in SAME_FILES)


def test_stock_of_few_rows_is_that_of_all() -> None:
    """After every quarter with deliveries, taking stock of all households changes nothing."""
    simulation = small.run_years(small.start(plan()), "plan", 1)
    served = 0
    for _ in range(6):
        simulation.quarter()
        before = simulation.households.copy()
        simulation.society.take_stock()
        assert small.differing(before, simulation.households) == set()
        served += int((before.received == simulation.now.number - 1).sum())
    assert served > 20
