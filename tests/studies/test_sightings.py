"""Households followed from one mix to another by who they are."""

from __future__ import annotations

import numpy as np

from sim.studies.run import run
from sim.studies.sightings import ABSENT, STANDINGS, Sighting, Watch, transitions
from tests.studies.fake_engine import FakeSimulation, scenario


def _sighting(**standing: int) -> Sighting:
    """Households ``a``, ``b``... of replication 0, capitals of replication 1."""
    numbers = {name: (ord(name.lower()) << 16) | (int(name.isupper()) << 48) for name in standing}
    order = sorted(standing, key=numbers.__getitem__)
    return Sighting(np.array([numbers[n] for n in order], dtype=np.uint64), np.array([standing[n] for n in order], dtype=np.uint8))


def test_a_commune_of_five_households() -> None:
    without = _sighting(a=2, b=2, c=0, d=1, A=2)
    with_plan = _sighting(a=0, b=2, c=0, e=2, A=1)
    table = transitions(without, with_plan, 2)
    assert table[0, 2, 0] == 1  # a: poor without, off the lists with the plan
    assert table[0, 2, 2] == 1 == table[0, 0, 0]
    assert table[0, 1, ABSENT] == 1  # d exists without the plan only
    assert table[0, ABSENT, 2] == 1  # e with it only
    assert table[0].sum() == 5 and table[1].sum() == 1 == table[1, 2, 1]


def test_margins_are_the_lists_of_the_run() -> None:
    plan = scenario(places=2, households=200)
    watch = Watch(FakeSimulation, (2024, 2025))
    results = run(plan, replications=5, threads=2, engine=watch)
    for year in (2024, 2025):
        table = watch.table("plan", watch, "no_policy", year, 5)
        assert table is not None
        for code, measure in ((2, "official_poor_households"), (1, "official_near_poor_households")):
            assert np.array_equal(table[:, :, code].sum(axis=1), results.at("plan", measure, year))
            assert np.array_equal(table[:, code, :].sum(axis=1), results.at("no_policy", measure, year))


def test_a_mix_beside_itself_moves_nobody() -> None:
    watch = Watch(FakeSimulation, (2025,))
    run(scenario(households=200), replications=3, threads=1, engine=watch)
    table = watch.table("plan", watch, "plan", 2025, 3)
    assert table is not None
    assert all(table[:, i, j].sum() == 0 for i in range(len(STANDINGS)) for j in range(len(STANDINGS)) if i != j)
