"""A commune's jobs: what is overfilled comes off the quarters after, what is left open stays open."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from sim.agents.codebook import COMMUNE_COLUMNS
from sim.dynamics.world import MILLI, _open_jobs
from sim.kit.columns import Table

NO_WORKS = np.zeros(1, dtype=[("works_jobs_end", np.float32)])


def commune(held: int, seekers: int, jobs: int = 100) -> Table:
    """A commune with ``jobs`` wage jobs, of which so many are held."""
    table = Table.zeros(COMMUNE_COLUMNS, 1)
    table.usual_jobs[...], table.jobs_held[...], table.seekers[...], table.usual_vacancies[...] = jobs * MILLI, held, seekers, 3 * MILLI
    return table


def opened(table: Table, growth: float = 0.0, couplings: bool = True) -> tuple[int, float]:
    """Vacancies in whole jobs, and a seeker's chance."""
    world = SimpleNamespace(log_jobs=np.full(1, growth), first=0)
    _open_jobs(table, NO_WORKS, world, couplings)  # type: ignore[arg-type]
    return int(table.vacancies[0]) // MILLI, float(table.find_chance[0])


def test_vacancies_are_the_jobs_that_nobody_holds():
    assert opened(commune(96, 8)) == (4, 0.5)
    assert opened(commune(96, 2)) == (4, 1.0)
    assert opened(commune(96, 0)) == (4, 1.0)


def test_who_is_hired_beyond_the_vacancies_closes_those_of_the_quarters_after():
    """January's 30 school leavers find 15 jobs where 4 were open: none opens until 11 have left theirs."""
    table = commune(111, 10)
    assert opened(table) == (0, 0.0)
    table.jobs_held[...] = 103
    assert opened(table) == (0, 0.0)
    table.jobs_held[...] = 98
    assert opened(table)[0] == 2


def test_jobs_grow_and_without_couplings_the_usual_number_is_open():
    assert opened(commune(96, 8), growth=np.log(1.1))[0] == 14
    assert opened(commune(111, 10), couplings=False)[0] == 3
