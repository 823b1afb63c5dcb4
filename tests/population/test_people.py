"""Members at the start are whole families, in the shares that the place states."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.members import Work, get
from tests.population.start_of import income_of, place, start_of


@pytest.fixture(scope="module")
def start():
    return start_of([place()], replications=12)


def test_mean_income_is_hit_in_every_replication(start) -> None:
    """Where the mean is known for sure, it is the stated one to a millionth."""
    h, _, parameters = start_of([place(income_sd_log=0.0), place(800, 60, 50, income_sd_log=0.0, income_per_head=2100.0)], 3)
    income, people = income_of(h, parameters), h.members_counted.astype(float)
    mean = np.bincount(h.cell, income * people) / np.bincount(h.cell, people)
    assert mean == pytest.approx([4500.0, 2100.0] * 3, rel=2e-5)


def test_mean_income_is_as_unsure_as_stated(start) -> None:
    h, _, parameters = start_of([place(60, 2, 2)], replications=400)
    income, people = income_of(h, parameters), h.members_counted.astype(float)
    mean = np.bincount(h.cell, income * people) / np.bincount(h.cell, people)
    assert np.log(mean).mean() == pytest.approx(np.log(4500.0), abs=0.02)
    assert np.log(mean).std() == pytest.approx(0.1, abs=0.015)


def test_size_and_ages(start) -> None:
    h, _, _ = start
    size = (h.members & 1).sum(axis=0) + h.others
    assert size.min() == 1
    assert size.mean() == pytest.approx(3.7, abs=0.05)
    ages = get(h.members, "age")[(h.members & 1) == 1]
    assert (ages < 16).mean() == pytest.approx(0.25, abs=0.03)
    assert (ages >= 60).mean() == pytest.approx(0.125, abs=0.025)
    assert ages.max() < 105


def test_every_household_has_one_head_at_home(start) -> None:
    h, _, _ = start
    assert ((get(h.members, "head") * (h.members & 1)).sum(axis=0) == 1).all()
    assert h.members_at_home.min() >= 1


def test_labourless_households(start) -> None:
    """About 4 % of households, about a quarter of the listed poor."""
    h, _, _ = start
    assert h.labourless.mean() == pytest.approx(0.043, abs=0.012)
    assert 0.12 < h.labourless[h.standing == 2].mean() < 0.4


def test_own_work_follows_the_farm_share() -> None:
    for farm in (0.23, 0.7):
        h, _, _ = start_of([place(farm_labour_share=farm)], replications=4)
        own = 1.0 - h.wage_workers.sum() / h.workers.sum()
        assert own == pytest.approx(farm + 0.3 * (1.0 - farm), abs=0.04)


def test_cover_cattle_minority_and_merit_are_the_stated_shares(start) -> None:
    h, _, _ = start
    assert 1.0 - h.uninsured.sum() / h.members_at_home.sum() == pytest.approx(0.9231, abs=0.015)
    assert ((h.grown_animals + h.young_animals) > 0).mean() == pytest.approx(0.25, abs=0.015)
    assert h.merit.mean() == pytest.approx(0.08, abs=0.01)
    assert h.village.max() == 7


def test_words_are_consistent(start) -> None:
    h, _, _ = start
    members = h.members
    present, work, age = (members & 1) == 1, get(members, "work"), get(members, "age")
    assert (members[~present] == 0).all()
    able = present & (age >= 16) & (age <= 64) & (get(members, "disability") == 0) & (get(members, "in_school") == 0)
    assert (work[present & ~able] == Work.NOT_WORKING).all()
    assert (get(members, "certified") <= get(members, "trained")).all()
    assert (get(members, "undernourished")[age >= 16] == 0).all()
    assert (h.calves[h.grown_animals == 0] == 0).all()
    assert ((h.quarters_to_calving > 0) == (h.young_animals > 0)).all()
