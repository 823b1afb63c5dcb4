"""Support to communes: works come into use in their quarter and wear, jobs at works are taken back, what was learnt fades."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.codebook import COMMUNE_COLUMNS
from sim.dynamics import applying
from sim.dynamics.upkeep import gained_capacity, turn_support, works_vacancies
from sim.kit.columns import Table
from sim.law.parameters import ByRow
from sim.standards.review import left_of_error


def communes(count: int = 1) -> Table:
    """Communes that no programme has supported."""
    table = Table.zeros(COMMUNE_COLUMNS, count)
    for column in ("staff_capacity", "usual_staff_capacity", "awareness", "productivity"):
        table[column][...] = 1.0
    return table


def rates(count: int = 1, **others: float) -> np.ndarray:
    """Quarterly numbers by commune."""
    known = {"works_wear": 0.02, "upkeep_saves": 0.5, "works_jobs_end": 0.5, "awareness_fade": 0.2, "staff_turnover": 0.1} | others
    table = np.zeros(count, dtype=[(name, np.float32) for name in known])
    for name, value in known.items():
        table[name] = value
    return table


def yearly(count: int = 1, **values: float) -> ByRow:
    """Yearly numbers by commune."""
    return ByRow(rates(1, **values), np.zeros(count, dtype=np.int64))


def test_nothing_moves_where_nobody_was_supported():
    c = communes(3)
    c.staff_capacity[...] = c.usual_staff_capacity[...] = [0.83, 1.0, 1.27]
    before = {name: array.copy() for name, array in c.arrays().items()}
    for _ in range(20):
        turn_support(c, rates(3))
        assert (works_vacancies(c, rates(3), np.full(3, 700), np.full(3, 9000)) == 0).all()
    assert all(array.tobytes() == before[name].tobytes() for name, array in c.arrays().items())
    assert (left_of_error(gained_capacity(c), yearly(3, error_corrected_by_staff=0.4)) == 1.0).all()
    assert (applying.readiness(c, yearly(3, apply_by_staff=0.7)) == 1.0).all()


def test_a_work_comes_into_use_in_its_quarter_and_then_wears():
    c = communes()
    c.works_to_come[2] = 0.1
    gains = []
    for _ in range(4):
        turn_support(c, rates())
        gains.append(float(c.infrastructure[0]))
    assert gains == pytest.approx([0, 0, 0.1, 0.1 * 0.98])
    assert float(c.productivity[0]) == pytest.approx(np.exp(gains[-1]))


def test_upkeep_halves_wear_while_it_is_paid():
    c = communes()
    c.infrastructure[...] = 0.1
    c.works_upkeep[...] = 2
    for left in (0.99, 0.99**2, 0.99**2 * 0.98):
        turn_support(c, rates())
        assert float(c.infrastructure[0]) == pytest.approx(0.1 * left)
    assert c.works_upkeep[0] == 0


def test_what_was_learnt_and_told_fades_to_the_usual():
    c = communes()
    c.staff_capacity[...], c.usual_staff_capacity[...], c.awareness[...] = 1.0, 0.8, 1.5
    turn_support(c, rates())
    assert float(c.staff_capacity[0]) == pytest.approx(0.8 + 0.2 * 0.9)
    assert float(c.awareness[0]) == pytest.approx(1.4)
    for _ in range(200):
        turn_support(c, rates())
    assert float(c.staff_capacity[0]) == pytest.approx(0.8) and float(c.awareness[0]) == pytest.approx(1.0)


def test_every_job_that_works_filled_is_taken_back():
    c = communes()
    c.works_jobs[...] = 10_000
    more = [int(works_vacancies(c, rates(), np.array([2_000]), np.array([50_000]))[0]) for _ in range(40)]
    assert more[0] == 10_000 and min(more) == -2_000  # no more than all who leave a job are not replaced
    assert sum(more) == 0 and c.works_jobs_running[0] == 0


def test_jobs_that_nobody_can_take_are_not_taken_back():
    c = communes()
    c.works_jobs[...] = 10_000
    works_vacancies(c, rates(), np.array([2_000]), np.array([5_000]))
    assert c.works_jobs_running[0] == 3_000


def test_awareness_and_staff_bring_applications():
    c = communes(2)
    c.awareness[...] = [1.5, 1.0]
    c.staff_capacity[...] = [1.0, 1.21]
    above, below = applying.readiness(c, yearly(2, apply_by_staff=0.5))
    assert above == pytest.approx([1.5, 1.0]) and below == pytest.approx([1.5, 1.1])


def test_better_staff_leave_less_of_the_error():
    c = communes(2)
    c.staff_capacity[...] = [1.0, 1.21]
    assert left_of_error(gained_capacity(c), yearly(2, error_corrected_by_staff=0.5)) == pytest.approx([1.0, 1 / 1.1])
