"""The same households in another order, in other batches, in other threads: the same lives and the same bytes of results."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.engine import Simulation
from sim.kit.columns import Table
from sim.scenario.shape import Scenario
from sim.studies import run as run_module
from sim.studies import store
from sim.studies.results import Results
from sim.studies.run import run
from tests.policies.small import SIGNED, communes, households, plan_of, programme
from tests.verification import small


def three_communes() -> Scenario:
    """Three communes, all five levers and all couplings, two years."""
    places = [small.place(name, 220, 40, 30) for name in ("A", "B", "C")]
    return small.plan_of_levers(places=places, millions=900.0, follow_years=1)


def shuffled(h: Table) -> np.ndarray:
    """A new order of rows, in disorder within each replication."""
    order = np.random.default_rng(5).permutation(len(h))
    return order[np.argsort(h.replication[order], kind="stable")]


def test_the_order_of_households_matters_to_nobody() -> None:
    """A year with choices, markets, deliveries and review, with all rows in disorder: each household lives the same year.

    The new year then puts the households back in order, and the whole society is the same to the last bit.
    """
    begun = small.start(three_communes(), 2)
    sorted_, mixed = Simulation(begun, "plan"), Simulation(begun, "plan")
    order = shuffled(mixed.households)
    mixed.society.households = mixed.households.take(order)
    assert (mixed.households.cell[1:] < mixed.households.cell[:-1]).any()
    for _ in range(4):
        sorted_.quarter()
        mixed.quarter()
        assert small.differing(sorted_.households.take(order), mixed.households, sorted_.households.columns) == set()
        assert small.differing(sorted_.communes, mixed.communes, sorted_.communes.columns) == set()
    assert (sorted_.programme.ledger.rows() == mixed.programme.ledger.rows()).all()
    assert (sorted_.households.received > 0).sum() > 20
    mixed.society.households = mixed.households.take(np.argsort(order, kind="stable"))
    sorted_.quarter()
    mixed.quarter()
    assert small.differing(sorted_.households, mixed.households, sorted_.households.columns) == set()


def test_equals_stand_in_line_by_their_numbers() -> None:
    """Where all are equally poor, the line is in the order of households' numbers, whatever the order of rows."""
    lines = []
    for order in (np.arange(120), shuffled(small_table())):
        table, places = small_table().take(order), communes()
        policy = programme(plan_of("livelihood_models", 100, places=500))
        policy.open_year(SIGNED, table, places)
        policy.choose(SIGNED, table, places)
        lines.append(set(zip(table.replication[table.owed[0] > 0].tolist(), table.origin[table.owed[0] > 0].tolist(), strict=True)))
    assert lines[0] == lines[1]
    assert 0 < len(lines[0]) < 120


def small_table() -> Table:
    """A hundred and twenty households, all poor and alike."""
    table = households()
    table.standing[...], table.female_head[...], table.lasting_income[...] = 2, 0, 900.0
    return table


@pytest.mark.parametrize("mix", ["plan", "no_policy"])
def test_a_replication_is_the_same_in_any_batch(mix: str) -> None:
    """Replication 2 run alone, in a batch of two and in a batch of four: every column the same, to the last bit."""
    scenario, last = three_communes(), []
    for first, count in ((2, 1), (2, 2), (0, 4)):
        simulation = small.run_years(small.start(scenario, count, first), mix)
        h = simulation.households
        last.append(h.take(h.replication == 2))
    own = [name for name in last[0].columns if name != "cell"]  # numbered within the batch
    assert len(last[0]) > 600
    for other in last[1:]:
        assert small.differing(last[0], other, own) == set()


def files_of(results: Results, folder: Path) -> dict[str, bytes]:
    """The bytes of every table a run writes, by file name."""
    saved = store.save(results, folder).folder
    return {path.name: path.read_bytes() for path in saved.iterdir() if path.suffix in (".parquet", ".csv")}


def test_one_thread_or_two_small_batches_or_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The files of a run are the same bytes on one thread and on two, in batches of five replications and of one."""
    scenario = three_communes()
    whole = files_of(run(scenario, replications=5, threads=1), tmp_path / "one")
    assert {"measures.parquet", "flows.parquet", "ledger.parquet"} <= set(whole)
    monkeypatch.setattr(run_module, "ROWS_AT_A_TIME", 700)
    for threads in (1, 2):
        assert files_of(run(scenario, replications=5, threads=threads), tmp_path / str(threads)) == whole


def test_few_replications_are_the_first_of_many() -> None:
    """Two replications are the first two of four, measure for measure, flow for flow and dong for dong."""
    few, many = (run(three_communes(), replications=count, threads=1) for count in (2, 4))
    for mix in few.frame.mixes:
        assert few.measures[mix].values.tobytes() == np.ascontiguousarray(many.measures[mix].values[:2]).tobytes()
        assert (few.flows[mix] == many.flows[mix][:2]).all()
        first = many.ledger[mix].columns["replication"] < 2
        assert (few.ledger[mix].columns["dong"] == many.ledger[mix].columns["dong"][first]).all()
